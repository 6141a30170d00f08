"""How an official paper speaks: who decides, sums in words, titles in full, the lines "Căn cứ …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ansinh.access.models import Office, OfficeKind, Post, Role
from ansinh.database.columns import on_day
from ansinh.documents.letterhead import full_name, long_day
from ansinh.kernel.money import number_text
from ansinh.law.benefit_text import cited_instruments
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.parameters import Instrument
from ansinh.rendering.words import money_in_words

_ABBREVIATED = (("VH-XH", "Văn hóa - Xã hội"), ("UBND", "Ủy ban nhân dân"))
_NUMBERED = re.compile(r"(\D)(\d+/\d{4}/[A-ZĐ])")
_DECREE = re.compile(r"\bNĐ (\d+/\d{4}/NĐ-CP)")
# Ranks of documents, as grounds are ordered: laws, decrees, circulars.
_RANKS = (("QH", "Luật"), ("NĐ-CP", "Nghị định"), ("TT-", "Thông tư"))


def authority(office: Office) -> str:
    """Who decides: 'Chủ tịch Ủy ban nhân dân xã Quỳnh Phụ'."""
    head = "Giám đốc" if office.kind == OfficeKind.DEPARTMENT else "Chủ tịch"
    return f"{head} {full_name(office)}"


def drafting_unit(office: Office) -> str:
    """Whose head carries a decision of this body out: 'Trưởng phòng Văn hóa - Xã hội'."""
    return "Trưởng phòng Văn hóa - Xã hội" if office.kind == OfficeKind.COMMUNE else "Trưởng phòng Bảo trợ xã hội"


def kept_at(office: Office) -> str:
    """The last line of the recipients."""
    return "Lưu: VT, VHXH." if office.kind == OfficeKind.COMMUNE else "Lưu: VT, BTXH."


def sum_in_words(amount_vnd: int) -> str:
    """'540.000 đồng (Năm trăm bốn mươi nghìn đồng)'."""
    return f"{number_text(amount_vnd)} đồng ({money_in_words(amount_vnd)})"


def spelt_out(words: str) -> str:
    """Official papers abbreviate nothing: 'Trưởng phòng VH-XH' is 'Trưởng phòng Văn hóa - Xã hội'."""
    for short, long in _ABBREVIATED:
        words = words.replace(short, long)
    return words


def cited_in_full(article: str) -> str:
    """'Điều 5 Nghị định số 335/2026/NĐ-CP' of 'Điều 5 NĐ 335/2026/NĐ-CP': a paper abbreviates nothing."""
    return _DECREE.sub(r"Nghị định số \1", article)


def first_lower(words: str) -> str:
    """The same with a small first letter, to go on in a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def proposer(offices: Iterable[int], on: date, *, drafted_by: Post | None = None) -> str:
    """The head of the unit that drafts; where there is none, the post that drafted."""
    heads = (Role.COMMUNE_HEAD, Role.DIVISION_HEAD)
    post = Post.objects.filter(on_day(on), office__in=list(offices), role__in=heads, is_deputy=False).first()
    return spelt_out((post or drafted_by).title) if post or drafted_by else ""


def legal_grounds(
    *, office: Office, cited: Iterable[str], powers: Iterable[str], on: date, besides: Iterable[str] = (), proposed_by: str = ""
) -> list[str]:
    """The lines "Căn cứ …": local government, the documents that `cited` names and those in force that give the power, the proposal.

    `besides`: further grounds as they were written, left out where they name one of these.
    """
    in_force = [one for one in cited_instruments(load(), set(powers)) if _is_law(one, on)]
    named = {one.key: one for one in (*cited_instruments(load(), set(cited)), *in_force)}
    documents = sorted(named.values(), key=_rank)
    lines = [f"Căn cứ {_with_so(office.basis)}"] if office.basis.startswith("Luật") else []
    lines += [f"Căn cứ {_named(one)}" for one in documents]
    known = {one.number for one in documents}
    lines += [f"Căn cứ {part.strip()}" for part in besides if part.strip() and not any(n in part for n in known)]
    lines += [f"Theo đề nghị của {proposed_by}"] if proposed_by else []
    return [f"{line}{'.' if place == len(lines) else ';'}" for place, line in enumerate(lines, 1)]


def _with_so(basis: str) -> str:
    return _NUMBERED.sub(r"\1số \2", basis)


def _is_law(one: Instrument, on: date) -> bool:
    return one.in_force_from <= on and (one.in_force_to is None or on < one.in_force_to)


def _rank(one: Instrument) -> tuple:
    place = next((place for place, (mark, _word) in enumerate(_RANKS) if mark in one.number), len(_RANKS))
    return place, one.in_force_from, one.key


def _named(one: Instrument) -> str:
    """'Nghị định số 335/2026/NĐ-CP ngày 21 tháng 8 năm 2026 của Chính phủ quy định …'."""
    day = f" {long_day(one.issued_on)}" if one.issued_on else ""
    if "QH" in one.number:
        return f"{one.title} số {one.number}{day}"
    word = next((word for mark, word in _RANKS if mark in one.number), "Văn bản")
    body = " của Chính phủ" if word == "Nghị định" else ""
    return f"{word} số {one.number}{day}{body} {first_lower(one.title)}"
