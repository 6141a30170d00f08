"""Who in the register could be given anything in a month: found by the few facts that every rule needs one of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from ansinh import law
from ansinh.database.bulk import read_binary
from ansinh.entitlements.columns import month_facts
from ansinh.entitlements.facts import situations
from ansinh.entitlements.queries.comparing import given_by_law
from ansinh.kernel.periods import last_day
from ansinh.law.candidates import Ground, ground
from ansinh.lawbook.queries import confirmations
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
  WHERE p.unit_id = ANY (%(units)s::bigint[]) AND c.kind = ANY (%(kinds)s) AND c.period && daterange(%(eve)s, %(last)s, '[]')
UNION SELECT p.id FROM people_householdcircumstance h JOIN people_membership m ON m.household_id = h.household_id
  JOIN people_person p ON p.id = m.person_id
  WHERE p.unit_id = ANY (%(units)s::bigint[]) AND h.kind = ANY (%(house_kinds)s) AND h.value NOT IN ('"not_poor"', 'false')
    AND h.period && daterange(%(eve)s, %(last)s, '[]') AND m.period && daterange(%(eve)s, %(last)s, '[]')
"""


def candidate_ids(*, unit_ids: Iterable[int], month: date) -> list[int]:
    """People who live here and could be given something in a month; whoever is not named gets nothing. One statement."""
    return _found(_SQL, unit_ids, month, ground(month))


def _found(query: str, unit_ids: Iterable[int], month: date, needed: Ground) -> list[int]:
    known = {*_OF_PERSON, *_OF_HOUSE}
    if unreadable := needed.facts - known:
        raise ValueError(f"no circumstance stands behind {', '.join(sorted(unreadable))}")
    arguments = {
        "units": list(unit_ids), "until": needed.born_until, "eve": month - timedelta(days=1), "last": last_day(month),
        "kinds": sorted({kind for name in needed.facts for kind in _OF_PERSON.get(name, ())}),
        "house_kinds": sorted({kind for name in needed.facts for kind in _OF_HOUSE.get(name, ())}),
    }  # fmt: skip
    rows = np.frombuffer(read_binary(query, arguments), np.dtype([("n", ">i2"), ("size", ">i4"), ("id", ">i8")]))
    return sorted(rows["id"].tolist())


def given_to(person_ids: Sequence[int], month: date) -> Iterator[tuple[int, str, int]]:
    """(person, categories, đồng) of everybody the law gives an allowance or a pension for a month, whatever the ledger says.

    In bulk; those whom columns cannot tell about are asked one by one.
    """
    answers = confirmations()
    for start in range(0, len(person_ids), AT_ONCE):
        facts = month_facts(person_ids[start : start + AT_ONCE], month, answers)
        given = given_by_law(facts, month, answers)
        for row in np.flatnonzero((given.own_vnd > 0) & ~given.recheck):
            names = [str(one[row]) for one in (given.first, given.second) if one[row]]
            yield int(facts.ids[row]), "+".join(names), int(given.own_vnd[row])
        yield from _one_by_one(facts.ids[: facts.asked][given.recheck].tolist(), month)


def _one_by_one(person_ids: list[int], month: date) -> Iterator[tuple[int, str, int]]:
    for start in range(0, len(person_ids), 500):
        for key, situation in situations(person_ids[start : start + 500]).items():
            lines = [line for line in law.monthly(situation, month).lines if line.person == str(key) and line.kind in _OWN]
            if total := sum(line.amount_vnd for line in lines):
                yield key, "+".join(line.category for line in lines), total


def filtered_out_but_given(*, unit_ids: Sequence[int], month: date) -> list[tuple[int, str, int]]:
    """The audit of the filter: the law asked about everybody it left out. Whoever is named here shows a mistake in the filter."""
    kept = set(candidate_ids(unit_ids=unit_ids, month=month))
    everybody = Person.objects.filter(unit__in=unit_ids).order_by("id").values_list("id", flat=True)
    return list(given_to([key for key in everybody if key not in kept], month))
