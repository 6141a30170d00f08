"""How a decision speaks: verbs of acts, people as they are addressed, sums in words, legal grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ansinh import law
from ansinh.access.models import Office, OfficeKind, Post, Role
from ansinh.access.queries import competent
from ansinh.database.columns import on_day
from ansinh.documents.letterhead import full_name, long_day
from ansinh.entitlements.models import Act, Benefit, Decision, DecisionItem
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import month_text
from ansinh.law.benefit_text import cited_instruments
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.parameters import Instrument
from ansinh.people.models import Person
from ansinh.rendering.words import money_in_words

VERBS = {
    Act.GRANT: "hưởng",
    Act.ADJUST: "điều chỉnh mức hưởng",
    Act.STOP: "thôi hưởng",
    Act.SUSPEND: "tạm dừng hưởng",
    Act.RESUME: "hưởng lại",
    Act.ARREARS: "truy lĩnh",
    Act.RECOVERY: "thu hồi",
    Act.WRITE_OFF: "xóa nợ phải thu hồi",
}
A_CHILD = 16
_ABBREVIATED = (("VH-XH", "Văn hóa - Xã hội"), ("UBND", "Ủy ban nhân dân"))
_NUMBERED = re.compile(r"(\D)(\d+/\d{4}/[A-ZĐ])")
# Ranks of documents, as grounds are ordered: laws, decrees, circulars.
_RANKS = (("QH", "Luật"), ("NĐ-CP", "Nghị định"), ("TT-", "Thông tư"))


def about(items: Sequence[DecisionItem]) -> str:
    """'hưởng trợ cấp xã hội hằng tháng'; a funeral is supported, nobody draws it."""
    if all(item.benefit == Benefit.FUNERAL and item.act == Act.GRANT for item in items):
        return _lower(str(Benefit.FUNERAL.label))
    return f"{acts_of(items)} {benefits_of(items)}"


def receiver(payee: dict) -> str:
    """'ông Trần Văn Con, con, số định danh 034…': who receives what is given for somebody dead."""
    told = [payee["name"], payee.get("relation", "")]
    told += [f"số định danh {payee['number']}"] if payee.get("number") else []
    told += [f"tài khoản {payee['account']} {payee.get('bank', '')}".strip()] if payee.get("account") else []
    return ", ".join(part for part in told if part)


def benefits_of(items: Iterable[DecisionItem]) -> str:
    """'trợ cấp xã hội hằng tháng, trợ cấp hưu trí xã hội'."""
    return ", ".join(dict.fromkeys(_lower(str(Benefit(item.benefit).label)) for item in items))


def acts_of(items: Iterable[DecisionItem]) -> str:
    """'hưởng, điều chỉnh mức hưởng, thôi hưởng', in the order of the acts."""
    found = {item.act for item in items}
    return ", ".join(words for act, words in VERBS.items() if act in found)


def addressed(person: Person, on: date) -> str:
    """'bà Nguyễn Thị Tư', 'cháu Lê Văn Bé'; both forms where the sex is not known."""
    born = person.born_on
    if born and (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) < A_CHILD:
        return f"cháu {person.full_name}"
    return f"{ {'male': 'ông', 'female': 'bà'}.get(person.sex, 'ông (bà)') } {person.full_name}"


def born(person: Person) -> str:
    """The birth date as far as it is known."""
    if not person.born_on:
        return ""
    return {"year": f"{person.born_on:%Y}", "month": f"{person.born_on:%m/%Y}"}.get(
        person.birth_precision, f"{person.born_on:%d/%m/%Y}"
    )


def lives(person: Person) -> str:
    """Village and address; an address that names the village already stands alone."""
    village = person.village.name if person.village else ""
    if not village or village in person.address:
        return person.address
    return f"{person.address}, {village}" if person.address else village


def sum_in_words(amount_vnd: int) -> str:
    """'540.000 đồng (Năm trăm bốn mươi nghìn đồng)'."""
    return f"{number_text(amount_vnd)} đồng ({money_in_words(amount_vnd)})"


def months_words(months: Sequence[str]) -> str:
    """'các tháng 07/2026, 08/2026'; a long run is told by its ends."""
    told = [month_text(date.fromisoformat(f"{month[:7]}-01")) for month in months]
    if len(told) > 3:
        return f"từ tháng {told[0]} đến tháng {told[-1]} ({len(told)} tháng)"
    return f"{'tháng' if len(told) == 1 else 'các tháng'} {', '.join(told)}"


# --- legal grounds ---------------------------------------------------------------------------------------------------


def grounds(decision: Decision, items: Sequence[DecisionItem], office: Office, on: date) -> list[str]:
    """The lines "Căn cứ …": local government, the documents the lines cite and those that give competence, the proposal."""
    cited = cited_instruments(load(), {decision.basis, *(item.article or law.citation_of(item.law_code) for item in items)})
    powers = {rule.basis for benefit in {item.benefit for item in items} for rule in competent(benefit, on=on)}
    in_force = [one for one in cited_instruments(load(), powers) if _is_law(one, on)]
    documents = sorted({one.key: one for one in (*cited, *in_force)}.values(), key=_rank)
    lines = [f"Căn cứ {_with_so(office.basis)}"] if office.basis.startswith("Luật") else []
    lines += [f"Căn cứ {_named(one)}" for one in documents]
    known = {one.number for one in documents}
    lines += [
        f"Căn cứ {part.strip()}" for part in decision.basis.split(";") if part.strip() and not any(n in part for n in known)
    ]
    lines += [f"Theo đề nghị của {proposer}"] if (proposer := _proposer(decision, office, on)) else []
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
    return f"{word} số {one.number}{day}{body} {_lower(one.title)}"


def _proposer(decision: Decision, office: Office, on: date) -> str:
    """The head of the unit that drafts; where there is none, the post that drafted."""
    heads = (Role.COMMUNE_HEAD, Role.DIVISION_HEAD)
    post = Post.objects.filter(on_day(on), office__in=[office.id, decision.office_id], role__in=heads, is_deputy=False).first()
    return spelt_out((post or decision.drafted_by).title) if post or decision.drafted_by else ""


def spelt_out(words: str) -> str:
    """Official papers abbreviate nothing: 'Trưởng phòng VH-XH' is 'Trưởng phòng Văn hóa - Xã hội'."""
    for short, long in _ABBREVIATED:
        words = words.replace(short, long)
    return words


def authority(office: Office) -> str:
    """Who decides: 'Chủ tịch Ủy ban nhân dân xã Quỳnh Phụ'."""
    head = "Giám đốc" if office.kind == OfficeKind.DEPARTMENT else "Chủ tịch"
    return f"{head} {full_name(office)}"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
