"""The list as a workbook. It names no ground of anybody, so that a missing word tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import override

from ansinh.kernel.periods import month_text
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook
from ansinh.watch.models import WatchItem
from ansinh.watch.queries import article_of

_COLUMNS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã", 14, "code"),
    Column("name", "Họ và tên", 26),
    Column("commune", "Xã, phường", 20),
    Column("kind", "Loại", 28),
    Column("reason", "Vì sao cần xem", 60),
    Column("article", "Căn cứ", 30),
    Column("month", "Từ tháng", 10, "code"),
    Column("proposed", "Việc đề nghị", 24),
    Column("state", "Trạng thái", 14),
    Column("note", "Lý do bỏ qua", 30),
    Column("reminded", "Đã nhắc", 12, "code"),
    Column("seen", "Phát hiện", 12, "code"),
)


@override("vi")
def items_workbook(items: Iterable[WatchItem]) -> bytes:
    """The list as it is filtered, in its order."""
    rows = (
        {
            "code": one.code,
            "name": one.person.full_name,
            "commune": one.unit.name,
            "kind": one.get_kind_display(),
            "reason": one.reason,
            "article": article_of(one, tells=False),
            "month": month_text(one.month),
            "proposed": str(one.proposed),
            "state": one.get_state_display(),
            "note": one.note,
            "reminded": f"{one.reminded_on:%d/%m/%Y}" if one.reminded_on else "",
            "seen": f"{one.first_seen_at:%d/%m/%Y}",
        }
        for one in items
    )
    target = BytesIO()
    write_workbook(target, [Sheet("Cần rà soát", _COLUMNS, one_group(rows), title_lines=("DANH SÁCH CẦN RÀ SOÁT",))])
    return target.getvalue()
