"""What the law gives the invented people in a month: asked of the law itself, household by household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ansinh import law
from ansinh.demo.population import Commune, Household, Human
from ansinh.law.situation import (
    DEFAULTS,
    HOUSEHOLD_DEFAULTS,
    Birth,
    Event,
    HouseholdFacts,
    Line,
    PersonFacts,
    Situation,
    timeline,
)

BENEFITS = ("monthly_allowance", "social_pension")
_TELLING = {"disability", "parents", "hiv", "supporter", "orphan_allowance_at_16"}
# Officers decided earlier which day counts for those known only by year; open points are taken as their defaults.
_ANSWERS = {"birth_year_only": "first_day", "social_pension_low_pension_mode": "full"}


def entitled(commune: Commune, month: date) -> Iterator[tuple[int, Line]]:
    """(position of the person, line of the law) for everyone the law gives a monthly allowance or social pension."""
    for house in commune.households:
        if not any(_may(commune.humans[m], house, month) for m in house.members):
            continue
        result = law.monthly(situation(commune.humans, house, month), month)
        for line in result.lines:
            if line.kind in BENEFITS and line.payee == "self" and line.amount_vnd > 0:
                yield int(line.person[1:]), line


def _may(human: Human, house: Household, month: date) -> bool:
    """A quick look that leaves out those the law can give nothing: most of the people."""
    if human.died and human.died < month:
        return False
    if month.year - human.born.year >= 60:
        return True
    kinds = {kind for kind, *_ in human.facts}
    return bool(kinds & _TELLING) or ("marital" in kinds and bool(house.facts))


def situation(humans: list[Human], house: Household, month: date) -> Situation:
    """The household before the law."""
    persons = {f"p{m}": _person(humans, m, house) for m in house.members}
    poverty = [(value, start, end) for kind, value, start, end in house.facts if kind == "poverty"]
    events = tuple(Event("died", person=f"p{m}", day=humans[m].died) for m in house.members if humans[m].died)
    facts = HouseholdFacts(poverty=timeline(poverty, default=HOUSEHOLD_DEFAULTS["poverty"]))
    return Situation(persons=persons, household=facts, events=events, parameters=_ANSWERS)


def _person(humans: list[Human], index: int, house: Household) -> PersonFacts:
    human = humans[index]
    values: dict = {}
    for kind in {fact[0] for fact in human.facts} & DEFAULTS.keys():
        rows = [(tuple(v) if isinstance(v, list) else v, start, end) for k, v, start, end in human.facts if k == kind]
        values[kind] = timeline(rows, default=DEFAULTS[kind])
    values["children"] = tuple(f"p{m}" for m in house.members if index in (humans[m].mother, humans[m].father))
    if human.spouse in house.members:
        values["spouse"] = f"p{human.spouse}"
    last = human.born if human.precision == "day" else date(human.born.year, 12, 31)
    return PersonFacts(Birth(human.born, last), values)
