"""The desk, the load and a posted list as workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils.translation import override

from ansinh.dossiers.models import Dossier, Posting, PostingLine
from ansinh.dossiers.queries import Load, Share
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook

_COLUMNS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã hồ sơ", 24, "code"),
    Column("name", "Họ và tên", 26),
    Column("procedure", "Thủ tục", 38),
    Column("commune", "Xã, phường", 20),
    Column("state", "Bước", 18),
    Column("received", "Ngày nhận", 12, "code"),
    Column("due", "Hạn trả", 12, "code"),
    Column("holder", "Người xử lý", 24),
    Column("answer", "Số văn bản trả lời", 20, "code"),
    Column("answered", "Ngày ký", 12, "code"),
)


@override("vi")
def desk_workbook(dossiers: Iterable[Dossier]) -> bytes:
    """The list as it is filtered, in its order."""
    rows = (
        {
            "code": one.shown_code,
            "name": one.person_name,
            "procedure": one.sheet.label,
            "commune": one.unit.name,
            "state": one.get_state_display(),
            "received": _day(one.received_on),
            "due": _day(one.due_on),
            "holder": one.holder.user.full_name if one.holder and one.holder.user else "",
            "answer": one.answer_number,
            "answered": _day(one.answered_on),
        }
        for one in dossiers
    )
    target = BytesIO()
    write_workbook(target, [Sheet("Hồ sơ", _COLUMNS, one_group(rows), title_lines=("DANH SÁCH HỒ SƠ",))])
    return target.getvalue()


def _day(day) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


_LOADS = (
    Column("index", "STT", 6, "index"),
    Column("holder", "Người xử lý", 28),
    Column("office", "Cơ quan", 30),
    Column("open", "Đang xử lý", 12, "number"),
    Column("late", "Quá hạn", 10, "number"),
    Column("soon", "Hạn trong 3 ngày", 12, "number"),
    Column("waiting", "Chờ bổ sung", 12, "number"),
)
_SHARES = (
    Column("index", "STT", 6, "index"),
    Column("commune", "Xã, phường", 24),
    Column("procedure", "Thủ tục", 44),
    Column("answered", "Đã trả lời", 12, "number"),
    Column("on_time", "Đúng hạn", 12, "number"),
    Column("percent", "Tỷ lệ đúng hạn (%)", 12, "code"),
    Column("late_open", "Đang quá hạn", 12, "number"),
)


@override("vi")
def load_workbook(loads: Iterable[Load], shares: Iterable[Share], *, first: date, last: date) -> bytes:
    """Who carries how much, and what was answered on time, one sheet each."""
    carried = (
        {
            "holder": one.holder or "Chưa ai nhận", "office": one.office, "open": one.open, "late": one.late, "soon": one.soon,
            "waiting": one.waiting,
        }
        for one in loads
    )  # fmt: skip
    answered = (
        {
            "commune": one.commune, "procedure": one.procedure.label, "answered": one.answered, "on_time": one.on_time,
            "percent": "" if one.percent is None else str(one.percent), "late_open": one.late_open,
        }
        for one in shares
    )  # fmt: skip
    days = f"Văn bản trả lời ký từ {_day(first)} đến {_day(last)}"
    target = BytesIO()
    sheets = [
        Sheet("Khối lượng", _LOADS, one_group(carried), title_lines=("HỒ SƠ ĐANG XỬ LÝ THEO NGƯỜI",)),
        Sheet("Đúng hạn", _SHARES, one_group(answered), title_lines=("TRẢ LỜI ĐÚNG HẠN", days)),
    ]
    write_workbook(target, sheets)
    return target.getvalue()


_POSTED = (
    Column("index", "STT", 6, "index"),
    Column("name", "Họ và tên", 28),
    Column("born", "Năm sinh", 10, "code"),
    Column("village", "Thôn, tổ dân phố", 24),
    Column("asked", "Nội dung đề nghị", 44),
)


@override("vi")
def posting_workbook(posting: Posting, lines: Iterable[PostingLine]) -> bytes:
    """What hangs on the board, and nothing more."""
    rows = ({"name": one.name, "born": str(one.birth_year or ""), "village": one.village, "asked": one.asked} for one in lines)
    days = f"Từ {_day(posting.posted_on)} đến hết {_day(posting.until)}, tại {posting.place}"
    target = BytesIO()
    write_workbook(target, [Sheet("Niêm yết", _POSTED, one_group(rows), title_lines=("DANH SÁCH NIÊM YẾT", days))])
    return target.getvalue()
