"""Signatures within a PDF: what they are, against the issuers trusted on a day, and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.database.columns import on_day
from ansinh.documents.models import PaperPrint, TrustRoot
from ansinh.kernel.errors import InvalidInput
from ansinh.rendering.signed_pdf import ENCRYPTED, UNREADABLE, Reading, Seen, read_apart

DOUBTS = {
    "text": gettext_lazy("Không tự đối chiếu được nội dung tệp với văn bản này."),
    "number": gettext_lazy("Trong tệp không thấy số, ký hiệu đã ghi."),
    "name": gettext_lazy("Tên trên chứng thư số khác người ký đã ghi."),
    "day": gettext_lazy("Chữ ký số đầu tiên đặt sau ngày văn bản."),
    "stripped": gettext_lazy("Tệp có ô chữ ký số bỏ trống hoặc dấu vết chữ ký số đã bị gỡ, nhưng không có chữ ký nào."),
}


_TROUBLES = {
    ENCRYPTED: gettext_lazy("Tệp PDF có mật khẩu nên không kiểm tra được chữ ký số. Hãy gửi tệp không đặt mật khẩu."),
    UNREADABLE: gettext_lazy("Không đọc được chữ ký số trong tệp PDF: tệp hỏng hoặc thiếu phần cuối. Hãy xin lại tệp gốc."),
}
_HEAVY = gettext_lazy("Tệp PDF này mất quá nhiều thời gian hoặc bộ nhớ để kiểm tra chữ ký số. Hãy xin lại tệp gốc.")


def roots_on(on: date) -> list[TrustRoot]:
    """Issuers trusted on a day."""
    return list(TrustRoot.objects.filter(on_day(on)).order_by("id"))


def look_at(data: bytes, *, on: datetime, prints: Sequence[PaperPrint] = ()) -> Reading:
    """What signatures a PDF holds, against the roots trusted on the day."""
    known = [(one.pdf.size, one.pdf.sha256) for one in prints if one.pdf]
    found = read_apart(data, roots=[root.pem for root in roots_on(localdate(on))], now=on, known=known)
    if found.trouble:
        raise InvalidInput(str(_TROUBLES.get(found.trouble, _HEAVY)), field="scan")
    return found


def fault_of(found: Reading) -> str:
    """Why the signatures of a file do not hold, in a sentence; empty when they do."""
    for one in found.signatures:
        who = {"name": one.name}
        if not one.intact:
            return _("Chữ ký số “%(name)s” không khớp nội dung: tệp đã bị sửa hoặc hỏng. Hãy xin lại tệp gốc.") % who
        if one.covers == "part":
            return _("Chữ ký số “%(name)s” không bao hết tệp tại lúc ký. Hãy xin lại tệp gốc.") % who
        if one.changes == "changed":
            return _("Tệp đã bị sửa sau khi “%(name)s” ký số. Hãy xin lại tệp gốc.") % who
        if not one.is_stamp and (words := _certificate_fault(one)):
            return words
    last = found.signatures[-1]
    if last.changes == "signed":
        return _("Tệp có phần điền thêm sau chữ ký số cuối cùng (“%(name)s”). Hãy xin lại tệp gốc.") % {"name": last.name}
    return ""


def _certificate_fault(one: Seen) -> str:
    who = {"name": one.name, "start": _day(one.valid_from), "end": _day(one.valid_to)}
    return {
        "expired": _("Chứng thư số của “%(name)s” đã hết hạn ngày %(end)s, trước lúc ký.") % who,
        "early": _("Chứng thư số của “%(name)s” chưa có hiệu lực lúc ký (từ ngày %(start)s).") % who,
        "revoked": _("Chứng thư số của “%(name)s” đã bị thu hồi.") % who,
    }.get(one.trust, "")


def _day(moment: str) -> str:
    return f"{day_of(moment):%d/%m/%Y}"


def day_of(moment: str) -> date:
    """The day of a moment as it is told, where we live."""
    told = parse_datetime(moment)
    assert told is not None  # written by ourselves
    return localdate(told)
