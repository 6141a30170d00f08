"""Mend one row: correct a cell, choose the person, set aside, drop."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import examine
from ansinh.imports.reading.lists import ReadRow, read_pasted
from ansinh.imports.workflow import ROW
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed


def _lock(row: Row) -> Row:
    """The row and its batch as they are now; only a list still open may change. Raises MoveNotAllowed."""
    locked = Row.objects.select_related("batch").select_for_update(of=("self",)).get(pk=row.pk)
    _must_be_open(locked.batch)
    return locked


def _must_be_open(batch: Batch) -> None:
    """Rows that were set aside outlive the commit of the rest: they can be mended until none is left."""
    if batch.state not in ("checked", "committed"):
        raise MoveNotAllowed(_("Danh sách này không còn mở để sửa."))


def _examine_and_save(row: Row, act: str, *, by: Post, now: datetime) -> Row:
    if row.state == "set_aside":
        row.state = "ready"
    examine(batch=row.batch, rows=[row], by=by, now=now)
    row.save()
    journal.record(by=by.actor, act=act, noun="batch", key=row.batch.code, detail={"row": row.number}, at=now)
    return row


@transaction.atomic
def correct_row(*, row: Row, cells: dict[str, str], by: Post, now: datetime) -> Row:
    """Replace cells of a row by what the officer typed, and read the row again. The cells as first typed stay in the file."""
    row = _lock(row)
    ROW.find("clear", row.state, by.role)
    before = _identity(row)
    row.raw = {**row.raw, **cells}
    read = _read_again(row, on=now.date())
    row.values = {**_group_of(row), **read.values_as_json()}
    row.problems = [{**problem.as_json(), "row": row.number} for problem in read.problems]
    row.set_aside_reason = ""
    if _identity(row) != before:
        row.person_key, row.is_new = None, False
    return _examine_and_save(row, "correct_row", by=by, now=now)


def _identity(row: Row) -> list:
    """What a row says of who it is about. When it changes, a choice made before no longer stands."""
    return [row.values.get(key) for key in ("name", "born", "personal_number", "old_number", "code", "book")]


def _read_again(row: Row, *, on: date) -> ReadRow:
    """The row read anew, under the headings of its layout."""
    layout = kind_of(row.batch.layout).layout
    cells = [" ".join(str(row.raw.get(column.key, "")).split()) for column in layout.columns]
    heading = "\t".join(column.label for column in layout.columns)
    return read_pasted(f"{heading}\n" + "\t".join(cells), [layout], on=on).rows[0]


def _group_of(row: Row) -> dict[str, str]:
    """The village stood above the rows, not in them: keep it when no cell says another."""
    return {"village": row.values["village"]} if row.values.get("village") and not row.raw.get("village") else {}


@transaction.atomic
def choose_person(*, row: Row, person_key: int | None, by: Post, now: datetime) -> Row:
    """Say who the row is about: one of the candidates, or (None) someone new. Raises InvalidInput for anybody else."""
    row = _lock(row)
    _choose(row, person_key, by)
    return _examine_and_save(row, "choose_people", by=by, now=now)


@transaction.atomic
def choose_people(*, batch: Batch, choices: dict[int, int | None], by: Post, now: datetime) -> int:
    """The same for many rows at once, by row number. Rows that are no longer unsure are left alone. Returns how many were chosen."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    _must_be_open(batch)
    rows = list(batch.rows.select_for_update().filter(number__in=choices, state="unsure"))
    for row in rows:
        _choose(row, choices[row.number], by)
    examine(batch=batch, rows=rows, by=by, now=now)
    update_rows(rows, ["state", "person_key", "is_new", "problems", "candidates", "result"])
    journal.record(by=by.actor, act="choose_people", noun="batch", key=batch.code, detail={"rows": len(rows)}, at=now)
    return len(rows)


def _choose(row: Row, person_key: int | None, by: Post) -> None:
    ROW.find("clear", row.state, by.role)
    chosen = next((c for c in row.candidates if c["person_id"] == person_key), None)
    if person_key is not None and chosen is None:
        raise InvalidInput(_("Người được chọn không có trong danh sách gợi ý của dòng này."))
    if chosen and not chosen["in_scope"]:
        raise InvalidInput(
            _("%(name)s đang ở %(commune)s. Hãy làm thủ tục chuyển nơi cư trú trước, rồi kiểm tra lại dòng này.")
            % {"name": chosen["name"], "commune": chosen["commune"]}
        )
    if person_key is None and row.result.get("known_only"):
        raise InvalidInput(_("Dòng này phải là người đã có trong sổ. Chọn người, sửa dòng, hoặc để chờ bổ sung."))
    row.person_key, row.is_new = person_key, person_key is None


@transaction.atomic
def set_aside(*, rows: list[Row], reason: str, by: Post, now: datetime) -> int:
    """Put rows aside (chờ bổ sung) so that the rest can be committed. Returns how many. The reason is needed."""
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do để dòng này chờ bổ sung."), field="reason")
    if not rows:
        return 0
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=rows[0].batch_id)
    locked = list(batch.rows.select_for_update().filter(pk__in=[row.pk for row in rows]))
    _must_be_open(batch)
    for row in locked:
        ROW.find("set_aside", row.state, by.role)
        row.state, row.set_aside_reason = "set_aside", reason.strip()
    update_rows(locked, ["state", "set_aside_reason"])
    journal.record(by=by.actor, act="set_aside", noun="batch", key=batch.code, detail={"rows": len(locked)}, at=now)
    return len(rows)


@transaction.atomic
def bring_back(*, row: Row, by: Post, now: datetime) -> Row:
    """Take a row back from those set aside and read it again."""
    row = _lock(row)
    ROW.find("clear", row.state, by.role)
    row.set_aside_reason = ""
    return _examine_and_save(row, "bring_back", by=by, now=now)


@transaction.atomic
def drop_row(*, row: Row, reason: str, by: Post, now: datetime) -> Row:
    """Leave a row out for good, with the reason; it stays readable."""
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do bỏ dòng này."), field="reason")
    row = _lock(row)
    ROW.find("drop", row.state, by.role)
    row.state, row.set_aside_reason = "dropped", reason.strip()
    row.save(update_fields=["state", "set_aside_reason"])
    journal.record(by=by.actor, act="drop_row", noun="batch", key=row.batch.code, detail={"row": row.number}, at=now)
    return row
