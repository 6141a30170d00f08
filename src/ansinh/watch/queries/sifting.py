"""Who of those that may differ is worth a closer look: to find since when and why something differs takes many months of law each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from ansinh import law
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.law.situation import Line
from ansinh.people.models import Person
from ansinh.watch.queries.because import reason_of, turns

MANY = 20


def worth_asking(people: Collection[int], month: date) -> set[int]:
    """Those whose entries the law of this one month sees otherwise, but for what waits for a point to be confirmed, and but for a new
    level of many of a commune at once: that is one bulk decision, drafted with the month, and not an alarm for each."""
    mine: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in Entitlement.objects.running(month).filter(person__in=people).select_related("person"):
        mine[entry.person_id].append(entry)
    found: set[int] = set()
    rates: dict[int, set[int]] = defaultdict(set)
    for key, situation in situations(mine).items():
        lines = [one for one in law.monthly(situation, month).lines if one.person == str(key) and one.kind in PERSONAL]
        for entry in mine[key]:
            line = _line_for(entry, lines, alone=len(mine[key]) == 1)
            if entry.benefit not in PERSONAL or entry.unit_id != entry.person.unit_id or line is None:
                found.add(key)
            elif _is_rate_alone(entry, line):
                rates[entry.person.unit_id].add(key)  # with those that wait for a point: a new level is for all of them
            elif not line.held:
                found.add(key)
    return found.union(*(keys for keys in rates.values() if len(keys) <= MANY))


def _line_for(entry: Entitlement, lines: Sequence[Line], *, alone: bool) -> Line | None:
    same = next((line for line in lines if line.category == entry.category), None)
    return same or (lines[0] if alone and len(lines) == 1 else None)


def _is_rate_alone(entry: Entitlement, line: Line) -> bool:
    return (line.category, line.coefficient, line.count) == (entry.category, entry.coefficient, entry.count)


def still(people: Collection[int], month: date) -> set[int]:
    """Those of them in whose lives nothing turns shortly before or in a month."""
    known = turns(people)
    found = Person.objects.filter(id__in=people, died_on=None).in_bulk()
    return {key for key, person in found.items() if reason_of(person, month, known).first_on is None}
