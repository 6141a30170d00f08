"""How often the list is wrong: each item that waits is held against register, law and ledger once more, person by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.entitlements.queries import care_for, law_for
from ansinh.kernel.periods import add_months, month_of
from ansinh.payments.models import PaymentLine
from ansinh.watch.models import WatchItem, WatchKind


@dataclass(frozen=True)
class Alarms:
    """Items of a kind, and those of them that do not hold."""

    kind: WatchKind
    items: int
    false: list[WatchItem]


def alarms(*, on: date) -> list[Alarms]:
    """Every open item of the places one sees, asked about alone. Slow on purpose: it shares nothing with the look that found them."""
    items = (
        WatchItem.objects.filter(state="open").select_related("person", "unit", "entitlement__cared_for").order_by("kind", "id")
    )
    found = list(items)
    counted = Counter(item.kind for item in found)
    wrong = [item for item in found if not holds(item, on=on)]
    return [Alarms(WatchKind(kind), number, [one for one in wrong if one.kind == kind]) for kind, number in counted.items()]


def holds(item: WatchItem, *, on: date) -> bool:
    """Whether what an item says is so."""
    person, entry = item.person, item.entitlement
    if item.kind in (WatchKind.UNASKED, WatchKind.RESUME):
        drawn = Entitlement.objects.filter(person=person, benefit__in=PERSONAL, ended_by=None).exists()
        month = max(item.month, month_of(on))
        return not drawn and person.died_on is None and any(not line.held for line in law_for(person, month))
    if entry is None or not _runs(entry, item.month):
        return False
    if item.kind == WatchKind.MOVE:
        return entry.unit_id != person.unit_id
    if item.kind == WatchKind.UNCOLLECTED:
        return _uncollected(entry, item.month)
    if item.kind == WatchKind.DEATH:
        return person.died_on is not None and person.died_on < item.month
    return person.died_on is None and _given(entry, item.month) != entry.amount_vnd


def _runs(entry: Entitlement, month: date) -> bool:
    return entry.months.lower <= month and (entry.months.upper is None or month < entry.months.upper)


def _given(entry: Entitlement, month: date) -> int:
    """What the law gives in place of an entry: of its own category, else what the person gets at all of its kind."""
    if entry.cared_for:
        return sum(line.amount_vnd for line in care_for(entry.cared_for, month))
    lines = law_for(entry.person, month, PERSONAL if entry.benefit in PERSONAL else (entry.benefit,))
    same = [line for line in lines if line.category == entry.category]
    return sum(line.amount_vnd for line in same or lines)


def _uncollected(entry: Entitlement, month: date) -> bool:
    months = [add_months(month, -number) for number in (1, 2, 3)]
    states = PaymentLine.objects.filter(entitlement=entry, benefit_month__in=months).values_list("benefit_month", "state")
    return {day for day, state in states if state == "unpaid"} == set(months) and all(state != "paid" for _day, state in states)


def share(found: Iterable[Alarms]) -> tuple[int, int]:
    """(items, false ones) of all kinds."""
    kept = list(found)
    return sum(one.items for one in kept), sum(len(one.false) for one in kept)
