"""Whom a form names beside the person it is about: who organises a burial. Kept with the dossier as declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.folding import tidy


@dataclass(frozen=True)
class Detail:
    """One thing asked. `type` is text or day; `needed`: no proposal without it."""

    key: str
    label: Any
    type: str = "text"
    needed: bool = False
    hint: Any = ""


ORGANISER = (
    Detail("died_on", _("Ngày mất"), "day", True, _("Theo trích lục khai tử. Ngày mất đã ghi trong sổ được điền sẵn.")),
    Detail("name", _("Người (hộ, cơ quan, tổ chức) đứng ra mai táng"), "text", True, _("Người này nhận tiền hỗ trợ.")),
    Detail("relation", _("Quan hệ với người mất"), "text", True, _("Ví dụ: con, vợ, chồng, cháu, cơ quan đứng ra mai táng.")),
    Detail("number", _("Số định danh của người nhận"), "text", False, _("12 chữ số; cơ quan, tổ chức thì bỏ trống.")),
    Detail("telephone", _("Điện thoại của người nhận")),
    Detail("account", _("Số tài khoản của người nhận"), "text", False, _("Bỏ trống: nhận tiền mặt.")),
    Detail("bank", _("Ngân hàng")),
)
DETAILS: dict[str, tuple[Detail, ...]] = {"": (), "organiser": ORGANISER}


def told(tells: str, details: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """(label, what was declared) in words, of what was told."""
    rows = [(one.label, _words(one, details.get(one.key))) for one in DETAILS[tells]]
    return [(label, words) for label, words in rows if words]


def missing(tells: str, details: Mapping[str, Any]) -> list[str]:
    """Labels of what nobody told yet and no proposal can do without."""
    return [str(one.label) for one in DETAILS[tells] if one.needed and not details.get(one.key)]


def checked(tells: str, details: Mapping[str, Any]) -> dict[str, str]:
    """The details as they are kept: known keys alone, text tidied, days in ISO form. Raises ValueError for a day that is none."""
    found = {}
    for one in DETAILS[tells]:
        value = details.get(one.key)
        text = tidy(value.isoformat() if isinstance(value, date) else str(value or ""))
        if one.type == "day" and text:
            date.fromisoformat(text)
        if text:
            found[one.key] = text
    return found


def _words(one: Detail, value: Any) -> str:
    if one.type == "day" and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value or "")
