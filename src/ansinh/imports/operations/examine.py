"""Examine staged rows: the reader's problems first, then the owning room's, then the state of each row."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.workflow import BATCH
from ansinh.journal import operations as journal

# Words a room uses for problems it found itself; they are made anew on each examination.
FOUND_BY_ROOM = "room"
MONTH = "month"


def examine(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """Set problems, candidates and state of `rows` (not saved). Rows set aside, dropped or committed are left alone."""
    open_rows = [row for row in rows if row.state in ("ready", "problem", "unsure")]
    for row in open_rows:
        row.problems = [p for p in row.problems if p.get("by") != FOUND_BY_ROOM]
        row.candidates = []
    kind_of(batch.layout).examine(batch=batch, rows=open_rows, by=by, now=now)
    for row in open_rows:
        row.state = state_of(row)


def state_of(row: Row) -> str:
    """`problem` before `unsure` before `ready`: an officer mends what is wrong before choosing a person."""
    if any(problem["level"] == "error" for problem in row.problems):
        return "problem"
    if row.candidates and row.person_key is None and not row.is_new:
        return "unsure"
    return "ready"


def without_month(batch: Batch) -> bool:
    """Whether the list as a whole waits for its month: said once beside the list, not in each row."""
    return any(problem.get("kind") == MONTH for problem in batch.problems)


def ask_month(batch: Batch, label: str) -> None:
    """Say once that no row has a month and the list has none (not saved here)."""
    message = f"Không dòng nào ghi “{label}”, danh sách cũng không ghi tính theo tháng nào. Hãy ghi tháng cho cả danh sách."
    problem = room_problem(
        column=label, level="error", found="ô trống", expected="tháng/năm, ví dụ 07/2025", message=message, kind=MONTH
    )
    batch.problems = [*(p for p in batch.problems if p.get("kind") != MONTH), problem]


@transaction.atomic
def set_month(*, batch: Batch, month: date, by: Post, now: datetime) -> Batch:
    """Say which month a list is for that names none, and examine its rows under the law of that month."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    BATCH.find("check", batch.state, by.role)
    batch.month, batch.problems = month, [p for p in batch.problems if p.get("kind") != MONTH]
    batch.save(update_fields=["month", "problems"])
    _examine_open_rows(batch, by=by, now=now)
    journal.record(by=by.actor, act="set_month", noun="batch", key=batch.code, detail={"month": month.isoformat()}, at=now)
    return batch


def room_problem(*, column: str, level: str, found: str, expected: str, message: str, kind: str = "") -> dict:
    """A problem as the rooms write it: which field, what was found, what was expected. `kind` "law": the law says otherwise."""
    return {
        "kind": kind,
        "by": FOUND_BY_ROOM,
        "row": 0,
        "suggestion": "",
        "column": column,
        "level": level,
        "found": found,
        "expected": expected,
        "message": message,
    }


@transaction.atomic
def recheck_batch(*, batch: Batch, by: Post, now: datetime) -> Batch:
    """Examine the open rows anew: the register may have changed since the list was taken in.

    Of a list committed before, those that were set aside. Raises NotAllowed, MoveNotAllowed for a list thrown away.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    BATCH.find("check", "checked" if batch.state == "committed" else batch.state, by.role)
    count = _examine_open_rows(batch, by=by, now=now)
    journal.record(by=by.actor, act="recheck_list", noun="batch", key=batch.code, detail={"rows": count}, at=now)
    return batch


def _examine_open_rows(batch: Batch, *, by: Post, now: datetime) -> int:
    rows = list(batch.rows.filter(state__in=["ready", "problem", "unsure"]))
    examine(batch=batch, rows=rows, by=by, now=now)
    update_rows(rows, ["state", "person_key", "is_new", "problems", "candidates", "result"])
    return len(rows)
