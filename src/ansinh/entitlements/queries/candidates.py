"""Who in the register could be given anything in a month: found by the few facts that every rule needs one of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from ansinh import law
from ansinh.database.bulk import read_binary
from ansinh.entitlements.facts import situations
from ansinh.entitlements.queries.comparing import given_by_month
from ansinh.kernel.periods import last_day, months_between, next_month
from ansinh.law.candidates import ground
from ansinh.people.models import Person

AT_ONCE = 100_000
_OWN = ("monthly_allowance", "social_pension", "residential_upbringing")
# The kinds of circumstance behind a column of the law's filter: of a person, and of a household.
_OF_PERSON = {
    "lacks_parental_support": ("parents", "abandoned"), "studying": ("study",), "hiv": ("hiv",), "pregnant": ("pregnant",),
    "supporter_absent": ("supporter",), "supporter_on_allowance": ("supporter",), "disability_severe": ("disability",),
    "disability_extreme": ("disability",), "own_household_cares": ("cared_by",), "fostered": ("cared_by",),
    "cannot_live_alone": ("cannot_live_alone",), "in_facility": ("lives_in",),
}  # fmt: skip
_OF_HOUSE = {"poor": ("poverty",), "near_poor": ("poverty",), "hard_area": ("hard_area",)}
_SQL = """
SELECT p.id FROM people_person p WHERE p.unit_id = ANY (%(units)s::bigint[]) AND (p.born_on IS NULL OR %(until)s::date IS NULL
  OR CASE p.birth_precision WHEN 'day' THEN p.born_on ELSE date_trunc('year', p.born_on)::date END <= %(until)s::date)
UNION SELECT p.id FROM people_person p JOIN people_birthruling b ON b.person_id = p.id WHERE p.unit_id = ANY (%(units)s::bigint[])
UNION SELECT p.id FROM people_circumstance c JOIN people_person p ON p.id = c.person_id
  WHERE p.unit_id = ANY (%(units)s::bigint[]) AND c.kind = ANY (%(kinds)s) AND c.period && daterange(%(eve)s, %(last)s, '[]') AND {born}
UNION SELECT p.id FROM people_householdcircumstance h JOIN people_membership m ON m.household_id = h.household_id
  JOIN people_person p ON p.id = m.person_id
  WHERE p.unit_id = ANY (%(units)s::bigint[]) AND h.kind = ANY (%(house_kinds)s) AND h.value NOT IN ('"not_poor"', 'false')
    AND h.period && daterange(%(eve)s, %(last)s, '[]') AND m.period && daterange(%(eve)s, %(last)s, '[]') AND {born}
""".format(
    born="(p.born_on IS NULL OR %(always_until)s::date IS NULL OR date_trunc('year', p.born_on)::date <= %(always_until)s::date)"
)


def candidate_ids(
    *, unit_ids: Iterable[int], month: date, categories: Iterable[str] = (), since: date | None = None
) -> list[int]:
    """People who live here and could be given anything in a month; whoever is not named gets nothing. One statement.

    `categories`: could be given one of these. `since`: in any month from that one to `month`.
    """
    grounds = [ground(one, frozenset(categories)) for one in months_between(since or month, next_month(month))]
    facts = frozenset[str]().union(*(one.facts for one in grounds))
    if unreadable := facts - {*_OF_PERSON, *_OF_HOUSE}:
        raise ValueError(f"no circumstance stands behind {', '.join(sorted(unreadable))}")
    arguments = {
        "units": list(unit_ids), "until": _latest(one.born_until for one in grounds),
        "always_until": _latest(one.born_always_until for one in grounds),
        "eve": (since or month) - timedelta(days=1), "last": last_day(month),
        "kinds": sorted({kind for name in facts for kind in _OF_PERSON.get(name, ())}),
        "house_kinds": sorted({kind for name in facts for kind in _OF_HOUSE.get(name, ())}),
    }  # fmt: skip
    rows = np.frombuffer(read_binary(_SQL, arguments), np.dtype([("n", ">i2"), ("size", ">i4"), ("id", ">i8")]))
    return sorted(rows["id"].tolist())


def _latest(days: Iterable[date | None]) -> date | None:
    """The last of some limits; None where one sets no limit."""
    known = list(days)
    return None if None in known else max(day for day in known if day)


def given_to(person_ids: Sequence[int], month: date) -> Iterator[tuple[int, str, int]]:
    """(person, categories, đồng) of everybody the law gives an allowance or a pension for a month, whatever the ledger says.

    In bulk; those whom columns cannot tell about are asked one by one.
    """
    for _month, *found in given_in(person_ids, [month]):
        yield tuple(found)


def given_in(person_ids: Sequence[int], months: Sequence[date]) -> Iterator[tuple[date, int, str, int]]:
    """The same for months in a row, with the month before each."""
    for start in range(0, len(person_ids), AT_ONCE):
        for month, keys, given in given_by_month(person_ids[start : start + AT_ONCE], months):
            for row in np.flatnonzero((given.own_vnd > 0) & ~given.recheck):
                names = [str(one[row]) for one in (given.first, given.second) if one[row]]
                yield month, int(keys[row]), "+".join(names), int(given.own_vnd[row])
            for found in _one_by_one(keys[given.recheck].tolist(), month):
                yield month, *found


def _one_by_one(person_ids: list[int], month: date) -> Iterator[tuple[int, str, int]]:
    for start in range(0, len(person_ids), 500):
        for key, situation in situations(person_ids[start : start + 500]).items():
            lines = [line for line in law.monthly(situation, month, only=str(key)).lines if line.kind in _OWN]
            if total := sum(line.amount_vnd for line in lines):
                yield key, "+".join(line.category for line in lines), total


def filtered_out_but_given(*, unit_ids: Sequence[int], month: date) -> list[tuple[int, str, int]]:
    """The audit of the filter: the law asked about everybody it left out. Whoever is named here shows a mistake in the filter."""
    kept = set(candidate_ids(unit_ids=unit_ids, month=month))
    everybody = Person.objects.filter(unit__in=unit_ids).order_by("id").values_list("id", flat=True)
    return list(given_to([key for key in everybody if key not in kept], month))
