"""What stands on Mẫu 5a, 5b, 06 of Nghị định 20/2021/NĐ-CP, filled with what a list knows; the rest is left to the hand.

The annex of Nghị định 335/2026/NĐ-CP was not read: from its first day these forms are a help, not the form of law.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import override

from ansinh.access.models import Post
from ansinh.documents.letterhead import place_of
from ansinh.documents.operations import Content
from ansinh.emergency.models import AidKind, AidLine, AidList, Hardship
from ansinh.emergency.models.aid import HOUSES
from ansinh.emergency.papers import FORM_06, FORM_5A, FORM_5B
from ansinh.emergency.papers.content import NO_VILLAGE
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import number_text

# From this day on the forms are those of another decree, whose annex was not read.
UNREAD_FROM = date(2026, 10, 5)
IN_WANT = (AidKind.RICE, AidKind.GOODS)
_UNKNOWN = "…………"
_HARDSHIP = {Hardship.NONE: "không thuộc hộ nghèo, hộ cận nghèo, hộ khó khăn"}


def form_kinds(lines_kinds: Sequence[str]) -> list:
    """The forms a list with lines of these kinds needs."""
    found = [FORM_5A, FORM_5B] if set(lines_kinds) & set(IN_WANT) else []
    return [*found, FORM_06] if set(lines_kinds) & set(HOUSES) else found


@override("vi")
def form_content(kind: str, aid_list: AidList, lines: Sequence[AidLine], *, signer: Post | None) -> Content:
    """One of the forms of a list. Raises InvalidInput when no line of the list belongs on it."""
    told, label = {
        FORM_5A.key: (_households, "Mẫu 5a"), FORM_5B.key: (_villages, "Mẫu 5b"), FORM_06.key: (_houses, "Mẫu 06"),
    }[kind]  # fmt: skip
    mine = [line for line in lines if line.kind in (HOUSES if kind == FORM_06.key else IN_WANT)]
    if not mine:
        raise InvalidInput("Danh sách không có dòng nào thuộc mẫu này.")
    return Content(
        kind=kind, office=aid_list.office, noun="aid_list", about=aid_list.code, summary=f"{label}: {aid_list.occasion.name}",
        values=told(aid_list, mine), signer=signer,
    )  # fmt: skip


def _in_want(lines: Sequence[AidLine]) -> list[tuple[str, list[tuple[str, AidLine]]]]:
    """Each village with its households, each once whatever it asks for."""
    villages = []
    for village, mine in groupby(lines, key=lambda line: line.village_name):
        households = {line.subject: line for line in sorted(mine, key=lambda line: line.persons or 0)}
        villages.append((village, sorted(households.items(), key=lambda one: (one[1].sort_key, one[1].pk))))
    return villages


def _households(aid_list: AidList, lines: Sequence[AidLine]) -> dict[str, Any]:
    return {
        "xa": place_of(aid_list.office),
        "cac_thon": [
            {
                "ten": village.removeprefix("Thôn ") or NO_VILLAGE, "tong": number_text(sum(line.persons or 0 for _subject, line in mine)),
                "cac_ho": [
                    {"stt": str(n), "chu_ho": line.recipient, "dia_chi": village, "so_nguoi": str(line.persons or "")}
                    for n, (_subject, line) in enumerate(mine, 1)
                ],
            }
            for village, mine in _in_want(lines)
        ],
    }  # fmt: skip


def _villages(aid_list: AidList, lines: Sequence[AidLine]) -> dict[str, Any]:
    villages = _in_want(lines)
    people = [sum(line.persons or 0 for _subject, line in mine) for _village, mine in villages]
    return {
        "xa": place_of(aid_list.office), "tong_ho": number_text(sum(len(mine) for _village, mine in villages)),
        "tong_nguoi": number_text(sum(people)),
        "cac_thon": [
            {"stt": str(n), "thon": village or NO_VILLAGE, "so_ho": number_text(len(mine)), "so_nguoi": number_text(count), "ghi_chu": ""}
            for n, ((village, mine), count) in enumerate(zip(villages, people, strict=True), 1)
        ],
    }  # fmt: skip


def _houses(aid_list: AidList, lines: Sequence[AidLine]) -> dict[str, Any]:
    unit = aid_list.unit.name
    place = f"{unit[0].lower()}{unit[1:]}"
    return {
        "cap_xa": place,
        "cac_ho": [
            {
                "ho_ten": line.recipient, "ngay_sinh": line.born_text or _UNKNOWN,
                "gioi_tinh": line.person.get_sex_display() if line.person and line.person.sex else _UNKNOWN,
                "so_dinh_danh": line.personal_number or _UNKNOWN, "so_nguoi": str(line.persons or "……"),
                "noi_o": ", ".join(part for part in (line.village_name, place) if part),
                "hoan_canh": _HARDSHIP.get(line.hardship, line.get_hardship_display()) or _UNKNOWN, "thiet_hai": line.get_kind_display(),
            }
            for line in lines
        ],
    }  # fmt: skip
