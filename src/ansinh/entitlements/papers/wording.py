"""How a decision speaks: verbs of acts, people as they are addressed, sums in words, legal grounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ansinh import law
from ansinh.access.models import Office
from ansinh.access.queries import competent
from ansinh.documents.wording import first_lower, legal_grounds, proposer
from ansinh.entitlements.models import Act, Benefit, Decision, DecisionItem
from ansinh.kernel.periods import month_text
from ansinh.people.models import Person

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


def about(items: Sequence[DecisionItem]) -> str:
    """'hưởng trợ cấp xã hội hằng tháng'; a funeral is supported, nobody draws it."""
    if all(item.benefit == Benefit.FUNERAL and item.act == Act.GRANT for item in items):
        return first_lower(str(Benefit.FUNERAL.label))
    return f"{acts_of(items)} {benefits_of(items)}"


def receiver(payee: dict) -> str:
    """'ông Trần Văn Con, con, số định danh 034…': who receives what is given for somebody dead."""
    told = [payee["name"], payee.get("relation", "")]
    told += [f"số định danh {payee['number']}"] if payee.get("number") else []
    told += [f"tài khoản {payee['account']} {payee.get('bank', '')}".strip()] if payee.get("account") else []
    return ", ".join(part for part in told if part)


def benefits_of(items: Iterable[DecisionItem]) -> str:
    """'trợ cấp xã hội hằng tháng, trợ cấp hưu trí xã hội'."""
    return ", ".join(dict.fromkeys(first_lower(str(Benefit(item.benefit).label)) for item in items))


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


def months_words(months: Sequence[str]) -> str:
    """'các tháng 07/2026, 08/2026'; a long run is told by its ends."""
    told = [month_text(date.fromisoformat(f"{month[:7]}-01")) for month in months]
    if len(told) > 3:
        return f"từ tháng {told[0]} đến tháng {told[-1]} ({len(told)} tháng)"
    return f"{'tháng' if len(told) == 1 else 'các tháng'} {', '.join(told)}"


# --- legal grounds ---------------------------------------------------------------------------------------------------


def grounds(decision: Decision, items: Sequence[DecisionItem], office: Office, on: date) -> list[str]:
    """The lines "Căn cứ …": local government, the documents the lines cite and those that give competence, the proposal."""
    return legal_grounds(
        office=office, on=on,
        cited={decision.basis, *(item.article or law.citation_of(item.law_code) for item in items)},
        powers={rule.basis for benefit in {item.benefit for item in items} for rule in competent(benefit, on=on)},
        besides=decision.basis.split(";"),
        proposed_by=proposer({office.id, decision.office_id}, on, drafted_by=decision.drafted_by),
    )  # fmt: skip
