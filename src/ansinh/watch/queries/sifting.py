"""Who of those that may differ is worth a closer look: to find since when and why something differs takes many months of law each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ansinh import law
from ansinh.database.bulk import among
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.law.situation import Line
from ansinh.people.models import Person
from ansinh.watch.queries.because import Turns, reason_of, turns

MANY = 20


def worth_asking(people: Collection[int], month: date, scopes: Sequence[Sequence[int]], new_level: Mapping[int, int]) -> set[int]:
    """Those whose entries the law of this one month sees otherwise, but for what waits for a point to be confirmed, and but for a new
    level of many of a commune at once: that is one bulk decision, drafted with the month, and not an alarm for each.

    Each of `scopes` is what one commune covers: what a commune merged into it decided is its own. `new_level`: those of whom a new
    level is known already to be all, with the number of the commune.
    """
    commune = {unit: number for number, scope in enumerate(scopes) for unit in scope}
    mine: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in (
        Entitlement.objects.running(month).filter(person__in=among(set(people) - new_level.keys())).select_related("person")
    ):
        mine[entry.person_id].append(entry)
    found: set[int] = set()
    rates: dict[int, set[int]] = defaultdict(set)
    for key in new_level.keys() & set(people):
        rates[new_level[key]].add(key)
    for key, situation in situations(mine).items():
        lines = [one for one in law.monthly(situation, month, only=str(key)).lines if one.kind in PERSONAL]
        for entry in mine[key]:
            line = _line_for(entry, lines, alone=len(mine[key]) == 1)
            here = commune.get(entry.person.unit_id)
            if entry.benefit not in PERSONAL or line is None or here is None or commune.get(entry.unit_id) != here:
                found.add(key)
            elif _is_rate_alone(entry, line):
                rates[here].add(key)  # with those that wait for a point: a new level is for all of them
            elif not line.held:
                found.add(key)
    return found.union(*(keys for keys in rates.values() if len(keys) <= MANY))


def _line_for(entry: Entitlement, lines: Sequence[Line], *, alone: bool) -> Line | None:
    same = next((line for line in lines if line.category == entry.category), None)
    return same or (lines[0] if alone and len(lines) == 1 else None)


def _is_rate_alone(entry: Entitlement, line: Line) -> bool:
    return (line.category, line.coefficient, line.count) == (entry.category, entry.coefficient, entry.count)


class Lives:
    """Some people and what turned in their lives, read once however often they are asked about."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.known = Turns()

    def still(self, people: Collection[int], month: date) -> set[int]:
        """Those of them in whose lives nothing turns shortly before or in a month."""
        if fresh := set(people) - self.people.keys():
            self.people |= Person.objects.filter(id__in=among(fresh)).in_bulk()
            self.known.add(turns(fresh))
        alive = (self.people[key] for key in people if not self.people[key].died_on)
        return {person.id for person in alive if reason_of(person, month, self.known).first_on is None}
