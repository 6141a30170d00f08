"""The register as a workbook. Sender and content of a denunciation stand in no file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils.translation import override

from ansinh.petitions.models import Petition
from ansinh.petitions.queries import told_about
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook

_COLUMNS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã đơn", 14, "code"),
    Column("received", "Ngày nhận", 12, "code"),
    Column("kind", "Loại đơn", 14),
    Column("sender", "Người gửi", 26),
    Column("content", "Nội dung", 50),
    Column("about", "Về việc", 30),
    Column("state", "Trạng thái", 16),
    Column("holder", "Người giải quyết", 24),
    Column("admitted", "Ngày thụ lý", 12, "code"),
    Column("due", "Hạn giải quyết", 14, "code"),
    Column("outcome", "Kết luận", 18),
    Column("number", "Văn bản trả lời", 18, "code"),
    Column("answered", "Ngày trả lời", 12, "code"),
    Column("late", "Quá hạn", 10),
)
HIDDEN = "(giữ bí mật)"


@override("vi")
def register_workbook(petitions: Iterable[Petition], *, on: date) -> bytes:
    """The register as it is filtered, in its order. Needs `sender` loaded."""
    rows = (
        {
            "code": one.code, "received": _day(one.received_on), "kind": one.get_kind_display(),
            "sender": HIDDEN if one.is_guarded else one.sender.name, "content": HIDDEN if one.is_guarded else one.content,
            "about": "" if one.is_guarded else told_about(one), "state": one.get_state_display(),
            "holder": one.holder.holder_name if one.holder else "", "admitted": _day(one.admitted_on),
            "due": _day(one.answer_due_on), "outcome": "" if one.is_guarded else one.get_outcome_display(),
            "number": one.answer_number, "answered": _day(one.answered_on), "late": "quá hạn" if one.is_late(on) else "",
        }
        for one in petitions
    )  # fmt: skip
    target = BytesIO()
    write_workbook(target, [Sheet("Đơn thư", _COLUMNS, one_group(rows), title_lines=("SỔ TIẾP NHẬN, GIẢI QUYẾT ĐƠN",))])
    return target.getvalue()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
