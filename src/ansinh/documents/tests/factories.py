"""Papers, numberings and templates for tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from docx import Document

from ansinh.access.models import Office, Post, Role
from ansinh.access.tests.factories import NOW, QUYNH_PHU, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations
from ansinh.documents.letterhead import letterhead
from ansinh.documents.models import Numbering, OutgoingEntry, PaperPrint, Source
from ansinh.documents.operations import Content

SINCE = date(2026, 1, 1)


def clerk() -> Post:
    return post(Role.CLERK)


def office(code: str = f"UBND-{QUYNH_PHU}") -> Office:
    return Office.objects.select_related("unit", "parent").get(code=code)


def numbers_itself(*, per_kind: bool = True, since: date = SINCE) -> Numbering:
    """Quỳnh Phụ takes its numbers from its own register."""
    with as_maintenance():
        return operations.set_numbering(office=office(), source=Source.OWN, per_kind=per_kind, since=since, by=clerk(), now=NOW)


def take(symbol: str = "QĐ", on: date = date(2026, 11, 20), **known) -> OutgoingEntry:
    given = {"office": office(), "kind": "Quyết định", "summary": "Về việc thử", "by": clerk(), "now": NOW, **known}
    with as_maintenance():
        return operations.take_number(symbol=symbol, on=on, **given)


def notice(text: str = "Không đủ điều kiện.", *, is_sensitive: bool = False, about: str = "HS00000001") -> Content:
    """A refusal to one person."""
    head = letterhead(office=office(), symbol="TB", number=None, dated_on=None, on=NOW.date())
    values = {
        **head, "trich_yeu": "Về việc không đủ điều kiện", "noi_nhan": ["Lưu: VT."], "quyen_ky": ["CHỦ TỊCH"], "nguoi_ky": "Phạm Văn Ký",
        "kinh_gui": "bà Nguyễn Thị Tư", "cac_doan": [text],
    }  # fmt: skip
    return Content(
        kind="notice", office=office(), noun="decision", about=about, summary="Thông báo về việc thử", values=values,
        is_sensitive=is_sensitive,
    )  # fmt: skip


def printed(content: Content | None = None, *, paper=None, by: Post | None = None) -> PaperPrint:
    with as_maintenance():
        return operations.print_paper(paper=paper, content=content or notice(), by=by or post(), on=NOW.date(), now=NOW)


def word(*lines: str) -> bytes:
    """A Word file with these lines."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
