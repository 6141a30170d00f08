"""The office's heavy days: a list of ten thousand rows, the month of all communes up to the written files."""

from __future__ import annotations

from datetime import date

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.demo.posts import post_of
from ansinh.demo.typed import typed_list
from ansinh.imports import operations as imports
from ansinh.imports.models import Batch
from ansinh.payments import operations as payments
from ansinh.payments.exports import payer_workbook
from ansinh.payments.models import PaymentLine
from ansinh.project.bench.figures import Figure, clocked, taken_back
from ansinh.project.bench.province import DAY, Province

_MONTH = date(2026, 12, 1)
_LISTS, _LINES = 15, 300


def measure_import(province: Province, rows: int) -> list[Figure]:
    """Check and commit of a long list; the yardstick brings every row as a list of its own."""
    text = typed_list(rows=rows, seed=1)
    with clocked() as check:
        batch = _take(province, text, "11/QĐ-UBND")
    _say_who_is_new(province, batch)
    with clocked() as commit:
        _commit(province, batch)
    head, *lines = typed_list(rows=_LISTS, seed=2).replace("\t0330", "\t0310").replace("\t0331", "\t0311").split("\n")
    one_check = one_commit = 0.0
    for number, line in enumerate(lines):
        with clocked() as clock:
            single = _take(province, f"{head}\n{line}", f"1{number}/QĐ-ĐO")
        one_check += clock.seconds
        _say_who_is_new(province, single)
        with clocked() as clock:
            _commit(province, single)
        one_commit += clock.seconds
    told = f"{_LISTS} danh sách một dòng"
    return [
        Figure("import_check", f"Nhập {rows} dòng: đọc và kiểm tra", "giây", check.seconds, "từng dòng một",
               one_check / _LISTS * rows, told, check.peak_mb),
        Figure("import_commit", f"Nhập {rows} dòng: ghi vào sổ", "giây", commit.seconds, "từng dòng một",
               one_commit / _LISTS * rows, told, commit.peak_mb),
    ]  # fmt: skip


def _take(province: Province, text: str, number: str) -> Batch:
    officer = province.officer
    with as_post(officer, on=DAY):
        batch = imports.take_paste(
            text=text, layout="assistance.enrolment", unit=officer.office.unit, month=None, by=officer, now=province.now
        )
        return imports.describe_paper(
            batch=batch,
            number=number,
            signed_on=DAY,
            signer_name="Phạm Văn Ký",
            signer_title="Chủ tịch",
            by=officer,
            now=province.now,
        )


def _say_who_is_new(province: Province, batch: Batch) -> None:
    """Some newcomers share name and birth year with somebody known: the officer's answer, not measured."""
    with as_post(province.officer, on=DAY):
        batch.rows.filter(state="unsure").update(state="ready", is_new=True)


def _commit(province: Province, batch: Batch) -> None:
    with as_post(province.officer, on=DAY):
        imports.commit_batch(batch=batch, by=province.officer, now=province.now)


def measure_run(province: Province) -> list[Figure]:
    """Propose every commune's list and write its payer's file; the yardstick saves line by line."""
    lines = 0
    with clocked() as clock:
        for place in province.places:
            officer = post_of(place.unit.code, Role.COMMUNE_OFFICER)
            with as_post(officer, on=DAY):
                run = payments.prepare_run(benefit_month=_MONTH, units=[place.unit], by=officer, now=province.now)
                found = run.lists.get(unit=place.unit)
                proposed = list(found.lines.order_by("village_name", "sort_key", "person_id", "id"))
                payer_workbook(found, proposed, method="Tiền mặt")
                lines += len(proposed)
    return [
        Figure("run", f"Đợt chi trả {len(province.places)} xã, {lines} dòng, đến tệp Excel", "giây", clock.seconds,
               "ghi từng dòng qua ORM (chưa tính tìm và viết tệp)", _line_by_line(province) * lines, f"{_LINES} dòng", clock.peak_mb),
    ]  # fmt: skip


def _line_by_line(province: Province) -> float:
    """Seconds a line when each is looked up and saved by itself, taken back afterwards."""
    with as_post(province.officer, on=DAY):
        keys = list(PaymentLine.objects.order_by("id").values_list("id", flat=True)[:_LINES])
        with taken_back() as clock:
            for key in keys:
                line = PaymentLine.objects.select_related("person", "entitlement").get(id=key)
                line.delete()
                line.save(force_insert=True)
    return clock.seconds / max(1, len(keys))
