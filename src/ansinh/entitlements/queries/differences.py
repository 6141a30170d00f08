"""Registry × law × ledger for a month: where the decided amount is not what the law gives, and what would set it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import Entitlement
from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Line, Situation
from ansinh.people.models import Person

PERSONAL = ("monthly_allowance", "social_pension")
BACK = 24


@dataclass(frozen=True)
class Difference:
    """One entry that the law sees differently: what was decided, what the law gives, since when, why, and the item proposed."""

    person: Person
    entry: Entitlement
    kind: str
    law_vnd: int
    since: date
    reason: str
    held: bool
    item: ItemDraft

    @property
    def change_vnd(self) -> int:
        return self.law_vnd - self.entry.amount_vnd


def differences(*, unit_ids: Sequence[int], month: date) -> list[Difference]:
    """Entries of these places that run in `month` and differ from the law. A constant number of queries."""
    running = Entitlement.objects.filter(unit__in=unit_ids, months__contains=month).select_related("person").order_by("id")
    entries = [e for e in running if not _died_before(e.person, month)]
    asked = situations([entry.person_id for entry in entries])
    by_person: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in entries:
        by_person[entry.person_id].append(entry)
    found = []
    for person_id, mine in by_person.items():
        if person_id in asked:
            found += _of_person(asked[person_id], mine, month)
    return found


def _died_before(person: Person, month: date) -> bool:
    """After the month of a death the line is held; the end is a decision of its own."""
    return person.died_on is not None and month_of(person.died_on) < month


def _of_person(situation: Situation, entries: list[Entitlement], month: date) -> list[Difference]:
    lines = _lines(situation, entries[0].person_id, month)
    found = []
    for entry in entries:
        line = _line_for(entry, lines, len(entries) == 1)
        if line is None or (line.category, line.amount_vnd) != (entry.category, entry.amount_vnd):
            found.append(_difference(situation, entry, line, month))
    return found


def _lines(situation: Situation, person_id: int, month: date) -> list[Line]:
    result = law.monthly(situation, month)
    return [line for line in result.lines if line.person == str(person_id) and line.kind in PERSONAL]


def _line_for(entry: Entitlement, lines: list[Line], alone: bool) -> Line | None:
    same = next((line for line in lines if line.category == entry.category), None)
    return same or (lines[0] if alone and len(lines) == 1 else None)


def _difference(situation: Situation, entry: Entitlement, line: Line | None, month: date) -> Difference:
    since = _since(situation, entry, line, month)
    if line is None:
        item = _item(entry, "stop", since, entry.law_code, entry.coefficient, entry.count, entry.standard_vnd, entry.amount_vnd)
        reason = f"Theo luật không còn thuộc trường hợp được hưởng từ tháng {month_text(since)}."
        return Difference(entry.person, entry, "stop", 0, since, reason, False, item)
    kind, reason = _why(entry, line)
    item = _item(
        entry, "adjust", since, line.code, line.coefficient, line.count, line.standard_vnd, line.amount_vnd,
        benefit=line.kind, category=line.category, reason=reason, article="; ".join(line.basis),
    )  # fmt: skip
    return Difference(entry.person, entry, kind, line.amount_vnd, since, reason, line.held, item)


def _since(situation: Situation, entry: Entitlement, line: Line | None, month: date) -> date:
    """The first month, looking back, from which the law gave what it gives now; never before the entry began."""
    since = month
    for _ in range(BACK):
        before = add_months(since, -1)
        if before < entry.months.lower:
            break
        then = _line_for(entry, _lines(situation, entry.person_id, before), alone=True)
        now = (line.category, line.amount_vnd) if line else None
        if ((then.category, then.amount_vnd) if then else None) != now:
            break
        since = before
    return since


def _why(entry: Entitlement, line: Line) -> tuple[str, str]:
    if line.category != entry.category:
        label = law.categories()[line.category].label
        return "category", f"Chuyển sang loại “{label}”: {money_text(entry.amount_vnd)} → {money_text(line.amount_vnd)}."
    if line.coefficient != entry.coefficient:
        before, after = coefficient_text(entry.coefficient), coefficient_text(line.coefficient)
        return "coefficient", f"Hệ số {before} → {after}."
    if line.count != entry.count:
        return "count", f"Số con {entry.count} → {line.count}."
    return "rate", f"Mức chuẩn {money_text(entry.standard_vnd)} → {money_text(line.standard_vnd)}."


def _item(
    entry: Entitlement, act: str, since: date, code: str, coefficient: int, count: int, standard: int, amount: int, *,
    benefit: str = "", category: str = "", reason: str = "", article: str = "",
) -> ItemDraft:  # fmt: skip
    return ItemDraft(
        person_id=entry.person_id, act=act, benefit=benefit or entry.benefit, category=category or entry.category, law_code=code,
        coefficient=coefficient, count=count, standard_vnd=standard, amount_vnd=amount, from_month=since, reason=reason,
        article=article, entitlement=entry, law_amount_vnd=amount if act == "adjust" else 0, law={"hash": law.law_hash()},
    )  # fmt: skip
