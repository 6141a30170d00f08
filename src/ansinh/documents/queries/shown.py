"""Signatures in the words of the office: who, when, whether anything was changed, whether the issuer is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ansinh.rendering.signed_pdf import Seen


@dataclass(frozen=True)
class Shown:
    """One signature as an officer reads it. `tone`: how its tag looks."""

    seen: Seen
    signed_at: datetime | None
    valid_from: datetime | None
    valid_to: datetime | None
    told: str
    whole: str
    trust: str
    tone: str


def shown(signatures: Iterable[Seen]) -> list[Shown]:
    """Each signature in words."""
    return [
        Shown(
            one, parse_datetime(one.signed_at) if one.signed_at else None, parse_datetime(one.valid_from),
            parse_datetime(one.valid_to), _told_by(one), _whole(one), *_trust(one),
        )
        for one in signatures
    ]  # fmt: skip


def _told_by(one: Seen) -> str:
    if not one.signed_at:
        return _("tệp không ghi lúc ký")
    if one.told_by == "stamp":
        return _("theo dấu thời gian")
    return _("theo đồng hồ máy người ký, không có dấu thời gian tin cậy")


def _whole(one: Seen) -> str:
    if not one.intact:
        return _("Không khớp nội dung: tệp đã bị sửa hoặc hỏng")
    if one.covers == "part":
        return _("Không bao hết tệp tại lúc ký")
    return {
        "none": _("Nguyên vẹn, bao toàn bộ tệp"),
        "kept": _("Nguyên vẹn; sau khi ký chỉ thêm thông tin lưu giữ chữ ký"),
        "signed": _("Nguyên vẹn; sau khi ký chỉ thêm chữ ký khác"),
        "changed": _("Tệp đã bị sửa sau khi ký"),
    }[one.changes]


def _trust(one: Seen) -> tuple[str, str]:
    """In words, and the tone of the tag."""
    return {
        "root": (_("Chuỗi chứng thư dẫn tới gốc tin cậy: %(root)s") % {"root": one.root}, "done"),
        "unknown": (_("Chưa xác định được nơi cấp"), "due"),
        "expired": (_("Chứng thư hết hạn lúc ký"), "late"),
        "early": (_("Chứng thư chưa có hiệu lực lúc ký"), "late"),
        "revoked": (_("Chứng thư đã bị thu hồi"), "late"),
    }[one.trust]


def verdict(signatures: Iterable[Seen]) -> tuple[str, str]:
    """All signatures in one sentence, and its tone. Asked of a file whose signatures hold."""
    persons = [one for one in signatures if not one.is_stamp]
    if all(one.trust == "root" for one in persons):
        return _("Chữ ký nguyên vẹn, nơi cấp tin cậy."), "done"
    return _("Chữ ký nguyên vẹn, chưa xác định được nơi cấp."), "due"
