"""Whom a form names beside the person it is about: who organises a burial, who cares. Kept with the dossier as declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.folding import tidy
from ansinh.law.benefits.carer_money.carers import OF_ADULTS, OF_CHILDREN


@dataclass(frozen=True)
class Detail:
    """One thing asked. `type` is text, day, person (a code), flag or letters; `needed`: no proposal without it.

    `cases`: asked in these alone; `choices`: of letters, each with its condition.
    """

    key: str
    label: Any
    type: str = "text"
    needed: bool = False
    hint: Any = ""
    cases: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


ORGANISER = (
    Detail("died_on", _("Ngày mất"), "day", True, _("Theo trích lục khai tử. Ngày mất đã ghi trong sổ được điền sẵn.")),
    Detail("name", _("Người (hộ, cơ quan, tổ chức) đứng ra mai táng"), "text", True, _("Người này nhận tiền hỗ trợ.")),
    Detail("relation", _("Quan hệ với người mất"), "text", True, _("Ví dụ: con, vợ, chồng, cháu, cơ quan đứng ra mai táng.")),
    Detail("number", _("Số định danh của người nhận"), "text", False, _("12 chữ số; cơ quan, tổ chức thì bỏ trống.")),
    Detail("telephone", _("Điện thoại của người nhận")),
    Detail("account", _("Số tài khoản của người nhận"), "text", False, _("Bỏ trống: nhận tiền mặt.")),
    Detail("bank", _("Ngân hàng")),
)
_FOSTERING = ("foster_child", "foster_disabled", "foster_elder")
# What a carer has to fulfil, as the law words it for children and for adults.
CONDITIONS = {"foster_child": OF_CHILDREN, "foster_disabled": OF_ADULTS, "foster_elder": OF_ADULTS}


def _met(case: str) -> Detail:
    return Detail(
        "met", _("Người nhận chăm sóc đáp ứng"), "letters", cases=(case,), hint=_("Đánh dấu điều đã xác minh."),
        choices=tuple((letter, f"{letter}) {words}") for letter, words in CONDITIONS[case].items()),
    )  # fmt: skip


CARER = (
    Detail("carer", _("Người nhận kinh phí chăm sóc"), "person", True, _("Người trong hộ, hoặc ghi người khác ở ô dưới.")),
    Detail(
        "relative", _("Là ông, bà, cô, dì, chú, bác, anh, chị của trẻ em"), "flag", cases=("foster_child",),
        hint=_("Người thân được miễn một số điều kiện."),
    ),
    Detail("spouse", _("Đang sống với vợ hoặc chồng"), "flag", cases=_FOSTERING),
    *(_met(case) for case in _FOSTERING),
)  # fmt: skip
DETAILS: dict[str, tuple[Detail, ...]] = {"": (), "organiser": ORGANISER, "carer": CARER}


def asked(tells: str, case: str) -> tuple[Detail, ...]:
    """What the form asks in a case."""
    return tuple(one for one in DETAILS[tells] if not one.cases or case in one.cases)


def told(tells: str, case: str, details: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """(label, what was declared) in words, of what was told."""
    rows = [(one.label, _words(one, details)) for one in asked(tells, case)]
    return [(label, words) for label, words in rows if words]


def missing(tells: str, details: Mapping[str, Any]) -> list[str]:
    """Labels of what nobody told yet and no proposal can do without."""
    return [str(one.label) for one in DETAILS[tells] if one.needed and not details.get(one.key)]


def checked(tells: str, details: Mapping[str, Any]) -> dict[str, str]:
    """The details as they are kept: known keys alone, text tidied, days in ISO form, letters in order, a person with their name.

    Raises ValueError for a day that is none.
    """
    found = {}
    for one in DETAILS[tells]:
        value = details.get(one.key)
        if one.type == "letters":
            value = ",".join(letter for letter, _words in one.choices if letter in _letters(value))
        text = tidy(value.isoformat() if isinstance(value, date) else str(value or ""))
        if one.type == "day" and text:
            date.fromisoformat(text)
        if text:
            found[one.key] = text
            if one.type == "person":
                found[f"{one.key}_name"] = tidy(str(details.get(f"{one.key}_name", "")))
    return found


def _letters(value: Any) -> list[str]:
    return value.split(",") if isinstance(value, str) else list(value or ())


def _words(one: Detail, details: Mapping[str, Any]) -> str:
    value = details.get(one.key)
    if one.type == "flag":
        return str(_("Có")) if value else ""
    if one.type == "letters":
        return "; ".join(str(words) for letter, words in one.choices if letter in _letters(value))
    if one.type == "person" and value:
        return f"{details.get(f'{one.key}_name', '')} ({value})"
    if one.type == "day" and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value or "")
