"""The office's heavy days: a list of a hundred thousand rows, the month of the whole province, its files."""

from __future__ import annotations

from ansinh.access.acting import as_post
from ansinh.demo.typed import typed_list
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import law_for
from ansinh.imports import operations as imports
from ansinh.imports.models import Batch
from ansinh.payments import operations as payments
from ansinh.payments.exports import payer_workbook
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.queries import comparison
from ansinh.project.bench.figures import Figure, clocked, taken_back
from ansinh.project.bench.province import DAY, LAST_PAID, MONTH, Province

_LISTS, _LINES, _FILES = 15, 300, 5


def measure_import(province: Province, rows: int) -> list[Figure]:
    """Check and commit of a long list; the yardstick brings every row as a list of its own."""
    text = typed_list(rows=rows, seed=1)
    with clocked() as check:
        batch = _take(province, text, "11/QĐ-UBND")
    _say_who_is_new(province, batch)
    with clocked() as commit:
        _commit(province, batch)
    head, *lines = typed_list(rows=_LISTS, seed=2).replace("\t038", "\t031").split("\n")
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
               one_check / _LISTS * rows, told, *check.memory),
        Figure("import_commit", f"Nhập {rows} dòng: ghi vào sổ", "giây", commit.seconds, "từng dòng một",
               one_commit / _LISTS * rows, told, *commit.memory),
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
    """The month of the whole province: proposed and compared with the month before; apart from that the files for payers."""
    division = province.posts["tỉnh"]
    with as_post(division, on=DAY), clocked() as proposed:
        payments.prepare_run(benefit_month=MONTH, units=province.units, by=division, now=province.now)
    with as_post(division, on=DAY):
        lists = list(PaymentList.objects.filter(run__benefit_month=MONTH).select_related("run", "unit", "previous__run"))
        lines = PaymentLine.objects.filter(list__in=lists).count()
        with clocked() as compared:
            for found in lists:
                comparison(found)
        some = lists[:: max(1, len(lists) // _FILES)]
        with clocked() as written:
            rows = sum(_write_file(found) for found in some)
    with as_post(province.officer, on=DAY):
        keys = list(
            PaymentLine.objects.filter(list__run__benefit_month=MONTH).order_by("id").values_list("id", flat=True)[:_LINES]
        )
        with taken_back() as alone:
            for key in keys:
                _line_alone(key)
        with clocked() as looked:
            for key in keys:
                line = PaymentLine.objects.select_related("person").get(id=key)
                PaymentLine.objects.filter(person=line.person, benefit_month=LAST_PAID).first()
    each = lines / max(1, len(keys))
    return [
        Figure("run", f"Tháng của cả tỉnh: {len(lists)} danh sách, {lines} dòng, lập từ sổ hưởng và lịch sử", "giây", proposed.seconds,
               "từng dòng qua ORM: sổ hưởng, luật, dòng cũ, ghi", alone.seconds * each, f"{len(keys)} dòng", *proposed.memory),
        Figure("run_compared", "So với tháng trước, cả tỉnh", "giây", compared.seconds, "từng người qua ORM", looked.seconds * each,
               f"{len(keys)} người", *compared.memory),
        Figure("run_files", f"Tệp cho tổ chức chi trả, {rows} dòng ({len(some)} xã)", "giây", written.seconds,
               "lập và so các dòng ấy", (proposed.seconds + compared.seconds) * rows / max(1, lines), "theo tỷ lệ", *written.memory),
    ]  # fmt: skip


def _write_file(found: PaymentList) -> int:
    lines = list(found.lines.order_by("village_name", "sort_key", "person_id", "id"))
    payer_workbook(found, lines, method="Tiền mặt")
    return len(lines)


def _line_alone(key: int) -> None:
    """One line as it would be made by itself: the entry, the law, last month's line, and saved."""
    line = PaymentLine.objects.select_related("person").get(id=key)
    Entitlement.objects.filter(id=line.entitlement_id).first()
    law_for(line.person, MONTH)
    PaymentLine.objects.filter(person=line.person, benefit_month=LAST_PAID).first()
    line.delete()
    line.save(force_insert=True)
