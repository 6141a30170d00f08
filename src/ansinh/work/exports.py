"""Tasks and the week as workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils.translation import override

from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook
from ansinh.work.models import Task
from ansinh.work.queries import DutyDay

_TASKS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã", 14, "code"),
    Column("title", "Công việc", 46),
    Column("product", "Sản phẩm", 24),
    Column("source", "Theo văn bản", 24),
    Column("giver", "Người giao", 24),
    Column("doer", "Người thực hiện", 24),
    Column("given", "Ngày giao", 12, "code"),
    Column("due", "Hạn", 12, "code"),
    Column("state", "Trạng thái", 16),
    Column("late", "Quá hạn", 10),
)
_WEEK = (
    Column("day", "Ngày", 14, "code"),
    Column("session", "Buổi", 10),
    Column("kind", "Việc", 16),
    Column("who", "Ai", 28),
    Column("content", "Nội dung", 44),
    Column("place", "Địa điểm", 26),
)


@override("vi")
def tasks_workbook(tasks: Iterable[Task], *, on: date) -> bytes:
    """The list as it is filtered, in its order."""
    rows = (
        {
            "code": one.code, "title": one.title, "product": one.product, "source": one.source,
            "giver": one.giver.holder_name, "doer": one.doer.holder_name, "given": f"{one.given_at:%d/%m/%Y}",
            "due": f"{one.due_on:%d/%m/%Y}", "state": one.get_state_display(), "late": "quá hạn" if one.is_late(on) else "",
        }
        for one in tasks
    )  # fmt: skip
    return _written(Sheet("Công việc", _TASKS, one_group(rows), title_lines=("DANH SÁCH CÔNG VIỆC ĐƯỢC GIAO",)))


@override("vi")
def week_workbook(days: Iterable[DutyDay], *, office: str) -> bytes:
    """The calendar of a week, line by line."""
    rows = (
        {
            "day": f"{one.day:%d/%m/%Y}", "session": entry.get_session_display(), "kind": entry.get_kind_display(),
            "who": entry.post.holder_name, "content": entry.content, "place": entry.place,
        }
        for one in days
        for entry in one.entries
    )  # fmt: skip
    return _written(Sheet("Lịch", _WEEK, one_group(rows), title_lines=("LỊCH TRỰC, CÔNG TÁC", office)))


def _written(sheet: Sheet) -> bytes:
    target = BytesIO()
    write_workbook(target, [sheet])
    return target.getvalue()
