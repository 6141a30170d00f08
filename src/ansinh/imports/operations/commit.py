"""Bring a checked list into the register, all or nothing; or discard it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import examine, without_month
from ansinh.imports.workflow import BATCH
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput


def _lock(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("unit", "file").get(pk=batch.pk)


@transaction.atomic
def commit_batch(*, batch: Batch, by: Post, now: datetime, progress: Callable[[int, int, str], None] | None = None) -> Batch:
    """Commit every ready row. Rows set aside wait; a row with an error or without a chosen person stops the whole.

    A list committed before takes in rows that were set aside and mended since. `progress` hears of each step.
    Raises InvalidInput naming how many rows stop it.
    """
    say = progress or _unheard
    batch = _lock(batch)
    if batch.state != "committed":
        BATCH.find("commit", batch.state, by.role)
    rows = list(batch.rows.select_for_update().filter(state__in=["ready", "problem", "unsure"]))
    say(0, 3, _("Đang kiểm tra lại"))
    examine(batch=batch, rows=rows, by=by, now=now)
    if without_month(batch):
        raise InvalidInput(_("Chưa nạp được: chưa rõ danh sách tính theo tháng nào."))
    _refuse_open_rows(rows)
    say(1, 3, _("Đang ghi vào sổ"))
    outcome = kind_of(batch.layout).commit(batch=batch, rows=rows, by=by, now=now)
    say(2, 3, _("Đang ghi kết quả từng dòng"))
    for row in rows:
        row.state = "committed"
    update_rows(rows, ["state", "person_key", "is_new", "problems", "result"])
    batch.state, batch.committed_at = "committed", now
    batch.result = {**outcome, "rows": batch.rows.filter(state="committed").count()}
    batch.save(update_fields=["state", "committed_at", "result"])
    journal.record(
        by=by.actor, act="commit_list", noun="batch", key=batch.code, detail={"rows": len(rows), "layout": batch.layout}, at=now
    )
    return batch


def _unheard(done: int, total: int, message: str) -> None:
    """Nobody waits for this work."""


def _refuse_open_rows(rows: list[Row]) -> None:
    broken = sum(row.state == "problem" for row in rows)
    unsure = sum(row.state == "unsure" for row in rows)
    if broken or unsure:
        raise InvalidInput(
            _(
                "Chưa nạp được: %(broken)d dòng có lỗi, %(unsure)d dòng cần chọn người. "
                "Hãy kiểm tra lại danh sách rồi sửa, chọn, hoặc để chờ bổ sung."
            )
            % {"broken": broken, "unsure": unsure}
        )
    if not rows:
        raise InvalidInput(_("Không còn dòng nào sẵn sàng để nạp."))


@transaction.atomic
def discard_batch(*, batch: Batch, by: Post, now: datetime) -> None:
    """Throw a list away before it was committed. The file and its rows stay readable."""
    batch = _lock(batch)
    batch.state = BATCH.find("discard", batch.state, by.role).target
    batch.save(update_fields=["state"])
    journal.record(by=by.actor, act="discard_list", noun="batch", key=batch.code, at=now)
