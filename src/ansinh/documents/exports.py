"""The register as a workbook and as PDF: all columns of the book of the decree, ready to be printed and bound."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.utils.translation import override

from ansinh.access.models import Office
from ansinh.documents.letterhead import full_name
from ansinh.documents.models import OutgoingEntry
from ansinh.rendering.pdf import PLAIN, signing_sheet
from ansinh.rendering.sheets import Column, Sheet, SignBlock, one_group
from ansinh.rendering.workbooks import write_workbook

_BOOK = (
    Column("symbol", "Số, ký hiệu văn bản", 18, "code"),
    Column("dated_on", "Ngày tháng văn bản", 12, "date"),
    Column("summary", "Tên loại và trích yếu nội dung văn bản", 46),
    Column("signer", "Người ký", 20),
    Column("recipients", "Nơi nhận văn bản", 24),
    Column("kept_by", "Đơn vị, người nhận bản lưu", 14),
    Column("copies", "Số lượng bản", 8, "number"),
    Column("note", "Ghi chú", 28),
)


@override("vi")
def register_workbook(office: Office, entries: Iterable[OutgoingEntry], *, now: datetime) -> bytes:
    """The register as a workbook."""
    target = BytesIO()
    write_workbook(target, [_sheet(office, entries)], made_at=now.replace(tzinfo=None))
    return target.getvalue()


@override("vi")
def register_pdf(office: Office, entries: Iterable[OutgoingEntry], *, now: datetime) -> bytes:
    """The register to be printed and bound."""
    return signing_sheet([_sheet(office, entries)], look=PLAIN, made_at=now)


def _sheet(office: Office, entries: Iterable[OutgoingEntry]) -> Sheet:
    """Every line in the order of its numbers; one given back says so with its reason."""
    rows = (
        {
            "symbol": entry.symbol, "dated_on": entry.dated_on, "summary": entry.summary, "signer": entry.signer,
            "recipients": entry.recipients, "kept_by": entry.kept_by, "copies": entry.copies,
            "note": f"Đã bỏ số: {entry.void_reason}" if entry.voided_at else entry.note,
        }
        for entry in entries
    )  # fmt: skip
    return Sheet(
        "Sổ văn bản đi", _BOOK, one_group(rows), title_lines=("SỔ ĐĂNG KÝ VĂN BẢN ĐI",), number_columns=True,
        letterhead=((full_name(office).upper(),), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")),
        sign_blocks=(SignBlock("VĂN THƯ"), SignBlock("THỦ TRƯỞNG CƠ QUAN", "(Ký tên, đóng dấu)")),
    )  # fmt: skip
