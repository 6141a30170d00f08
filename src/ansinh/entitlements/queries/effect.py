"""What a resolution of the province would change: who, how much a month, in which categories and communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from django.db.models import Q

from ansinh import law
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.entitlements.queries.naming import is_sensitive
from ansinh.law.resolutions import Provincial
from ansinh.law.situation import Line, Situation
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.models import Person

AT_ONCE = 500
EXAMPLES_A_CATEGORY = 2
A_YEAR = timedelta(days=366)  # a birth known by its year alone stands at its first day
Overlay = tuple[Provincial, ...]


@dataclass
class Effect:
    """Counts while they are added up. `by_category`, `by_commune`: [people, before, after] of those whose money changes."""

    asked: int = 0
    people: int = 0
    newcomers: int = 0
    before_vnd: int = 0
    after_vnd: int = 0
    by_category: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    by_commune: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    examples: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person_id: int, unit: Unit, before: dict[str, int], after: dict[str, int], *, is_new: bool) -> None:
        """One person's money by category, before and after."""
        self.asked += 1
        sums = sum(before.values()), sum(after.values())
        self.before_vnd, self.after_vnd = self.before_vnd + sums[0], self.after_vnd + sums[1]
        changed = [key for key in {*before, *after} if before.get(key, 0) != after.get(key, 0)]
        if not changed:
            return
        self.people, self.newcomers = self.people + 1, self.newcomers + is_new
        _count(self.by_commune[str(unit.id)], *sums)
        for key in changed:
            _count(self.by_category[key], before.get(key, 0), after.get(key, 0))
            if not is_sensitive(key) and len(self.examples[key]) < EXAMPLES_A_CATEGORY:
                self.examples[key].append(person_id)

    def figures(self) -> dict:
        """The columns in which it is kept."""
        examples = list(dict.fromkeys(key for keys in self.examples.values() for key in keys))
        plain = {name: getattr(self, name) for name in ("asked", "people", "newcomers", "before_vnd", "after_vnd")}
        return plain | {"by_category": dict(self.by_category), "by_commune": dict(self.by_commune), "examples": examples}


def _count(row: list[int], before: int, after: int) -> None:
    row[0], row[1], row[2] = row[0] + 1, row[1] + before, row[2] + after


def effect_of(
    *, before: Overlay, after: Overlay, month: date, communes: Sequence[Unit], on: date,
    progress: Callable[[int, int, str], None] | None = None,
) -> Effect:  # fmt: skip
    """The law of a month under both overlays, for everybody in the ledger, and for the whole register where a group is added."""
    effect = Effect()
    added = tuple({*after} - {*before})
    for number, unit in enumerate(communes):
        if progress:
            progress(number, len(communes), unit.name)
        units = scope_ids(unit, on=on)
        held = set(
            Entitlement.objects.in_force(month)
            .filter(person__unit__in=units, benefit__in=PERSONAL)
            .values_list("person", flat=True)
        )
        _add_holders(effect, unit, sorted(held), before, after, month)
        if any(one.groups and one.in_force(month) for one in added):
            _add_newcomers(effect, unit, _others(units, held, added, month), before, after, month)
    return effect


def _others(units: Iterable[int], held: set[int], added: Overlay, month: date) -> Iterator[int]:
    """People who live here, draw nothing, and are of an age that an added group may take in."""
    living = Person.objects.filter(unit__in=units, died_on__isnull=True, same_as__isnull=True)
    after, until = law.births_of_groups(added, month)
    if after:
        living = living.filter(Q(born_on__isnull=True) | Q(born_on__gt=after - A_YEAR))
    if until:
        living = living.filter(Q(born_on__isnull=True) | Q(born_on__lte=until + A_YEAR))
    ids = living.order_by("id").values_list("id", flat=True)
    return (key for key in ids.iterator(chunk_size=5000) if key not in held)


def _add_holders(effect: Effect, unit: Unit, ids: Iterable[int], before: Overlay, after: Overlay, month: date) -> None:
    for key, situation in _asked(ids, after):
        old, new = _money(replace(situation, provincial=before), key, month), _money(situation, key, month)
        effect.add(key, unit, old, new, is_new=False)


def _add_newcomers(effect: Effect, unit: Unit, ids: Iterable[int], before: Overlay, after: Overlay, month: date) -> None:
    """Who draws nothing now and only has a right to: a resolution brings what it adds, no more."""
    for key, situation in _asked(ids, after):
        new = _money(situation, key, month) if law.fits_extra_group(situation, month, str(key)) else {}
        old = _money(replace(situation, provincial=before), key, month) if new else {}
        effect.add(key, unit, {}, {k: v for k, v in new.items() if k not in old}, is_new=True)


def _asked(ids: Iterable[int], resolutions: Overlay) -> Iterator[tuple[int, Situation]]:
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        yield from situations(some, resolutions=resolutions).items()


def _money(situation: Situation, person_id: int, month: date) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in _lines(situation, person_id, month):
        found[line.category] += line.amount_vnd
    return found


def _lines(situation: Situation, person_id: int, month: date) -> list[Line]:
    return [line for line in law.monthly(situation, month).lines if line.person == str(person_id)]
