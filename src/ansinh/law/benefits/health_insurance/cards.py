"""Who gets a health-insurance card with a monthly benefit, from which month to which, and the monthly list of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.periods import last_day, next_month
from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.resolutions import Provincial, group_of
from ansinh.law.situation import Line

PENSION_FULL_FROM = date(2026, 1, 1)
ASSISTANCE, PENSION, RESIDENT = "social_assistance", "social_pension", "facility_resident"
GROUPS = {
    ASSISTANCE: "Đối tượng bảo trợ xã hội hưởng trợ cấp hằng tháng",
    PENSION: "Người hưởng trợ cấp hưu trí xã hội",
    RESIDENT: "Người được nuôi dưỡng tại cơ sở trợ giúp xã hội",
}
_GROUP_OF_KIND = {"monthly_allowance": ASSISTANCE, "social_pension": PENSION, "residential_upbringing": RESIDENT}


@dataclass(frozen=True)
class Card:
    """One card paid by the budget. `coverage_percent` None: not settled; `unconfirmed`: points nobody has settled."""

    person: str
    group: str
    coverage_percent: int | None
    basis: str
    unconfirmed: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The group in Vietnamese."""
        return GROUPS[self.group]


@dataclass(frozen=True)
class CardChange:
    """One row of the list for the social-insurance office: increase (tăng), decrease (giảm), change of group."""

    person: str
    act: str
    month: date
    card: Card
    before: Card | None = None


def cards(lines: Sequence[Line], month: date, resolutions: Sequence[Provincial] = ()) -> dict[str, Card]:
    """The card of each person with a benefit of a month, given the month's lines (`law.monthly`).

    One card a person, in the group with the best benefit. Money for carers gives no card; an extra group of the province
    only where the resolution says so. A suspended person has no line and so no card.
    Basis: Điều 9, Điều 25 NĐ 20/2021/NĐ-CP; Luật Bảo hiểm y tế and its decree since 2026-10-05 (to be confirmed).
    """
    found: dict[str, Card] = {}
    for line in lines:
        group = _GROUP_OF_KIND.get(line.kind)
        extra = group_of(resolutions, line.rule)
        if group is None or (extra is not None and "health_insurance" not in extra.brings):
            continue
        card = _card(line, group, month)
        held = found.get(line.person)
        if held is None or (card.coverage_percent or 0) > (held.coverage_percent or 0):
            found[line.person] = card
    return found


def _card(line: Line, group: str, month: date) -> Card:
    regime = regime_key(last_day(month))
    if group == PENSION:
        full = line.category == "SOCIAL_PENSION_75" and month >= PENSION_FULL_FROM
        basis = "Luật Bảo hiểm y tế; NQ 261/2025/QH15"
        return Card(line.person, group, 100 if full else None, basis, ("health_insurance_pensioners",))
    if regime == "R3":
        return Card(line.person, group, 100, "Luật Bảo hiểm y tế; NĐ 188/2025/NĐ-CP", ("health_insurance_r3",))
    article = "Điều 25" if group == RESIDENT else "Điều 9"
    return Card(line.person, group, 100, f"{article} NĐ {'136/2013' if regime == 'R0' else '20/2021'}/NĐ-CP")


def card_changes(before: Mapping[str, Card], after: Mapping[str, Card], month: date) -> tuple[CardChange, ...]:
    """What changes with a month: cards that begin, end, or move to another group. The end counts from this month."""
    changes = []
    for person in sorted({*before, *after}):
        old, new = before.get(person), after.get(person)
        if new is not None and old is None:
            changes.append(CardChange(person, "increase", month, new))
        elif old is not None and new is None:
            changes.append(CardChange(person, "decrease", month, old, old))
        elif old is not None and new is not None and (old.group, old.coverage_percent) != (new.group, new.coverage_percent):
            changes.append(CardChange(person, "change", month, new, old))
    return tuple(changes)


def insured_months(months: Mapping[date, Mapping[str, Card]], person: str) -> list[tuple[date, date]]:
    """From which month to which (excluded) a person has a card, given the cards of consecutive months."""
    spans: list[tuple[date, date]] = []
    for month in sorted(months):
        if person not in months[month]:
            continue
        if spans and spans[-1][1] == month:
            spans[-1] = (spans[-1][0], next_month(month))
        else:
            spans.append((month, next_month(month)))
    return spans
