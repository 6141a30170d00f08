"""The facts the law asks, gathered from the register: the one place where a person becomes a situation before the law.

A constant number of queries for any number of people. What the viewer may not see is not there: the law then answers on less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from ansinh.database.bulk import among
from ansinh.entitlements.models import Suspension
from ansinh.law.resolutions import Provincial
from ansinh.law.situation import (
    DEFAULTS,
    HOUSEHOLD_DEFAULTS,
    Birth,
    Event,
    HouseholdFacts,
    PersonFacts,
    Situation,
    Timeline,
    timeline,
)
from ansinh.lawbook.queries import confirmations, provincial
from ansinh.localities.queries import province_keys
from ansinh.people.models import BirthRuling, Circumstance, HouseholdCircumstance, Membership, Person, Relative, Residence

Span = tuple[object, date | None, date | None]


@dataclass
class Gathered:
    """Rows of the register, indexed by person or household."""

    persons: dict[int, Person] = field(default_factory=dict)
    rulings: dict[int, date] = field(default_factory=dict)
    facts: dict[int, list[Circumstance]] = field(default_factory=lambda: defaultdict(list))
    relatives: dict[int, list[Relative]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    house_facts: dict[int, list[HouseholdCircumstance]] = field(default_factory=lambda: defaultdict(list))
    suspensions: dict[int, list[Suspension]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, str] = field(default_factory=dict)
    provincial: tuple[Provincial, ...] = ()
    territories: dict[int, Timeline] = field(default_factory=dict)


def situation_of(person: Person) -> Situation:
    """One person before the law, with children and spouse."""
    return situations([person.id])[person.id]


def situations(person_ids: Iterable[int], *, resolutions: tuple[Provincial, ...] | None = None) -> dict[int, Situation]:
    """Each person before the law. Keys of people inside a situation are their register keys as text.

    `resolutions`: those of the province to lay over the decree, where not the confirmed ones.
    """
    ids = list(dict.fromkeys(person_ids))
    found = _gather(ids)
    found.answers = confirmations()
    found.provincial = provincial() if resolutions is None else resolutions
    if found.provincial:
        found.territories = _territories(ids, found)
    return {key: _situation(key, found) for key in ids if key in found.persons}


def _gather(ids: list[int]) -> Gathered:
    found, asked = Gathered(), among(ids)
    for relative in Relative.objects.filter(person__in=asked, kind__in=["child", "spouse"], known__isnull=False):
        found.relatives[relative.person_id].append(relative)
    # Husband and wife share what both could have: the other's children count too.
    spouses = {row.known_id for rows in found.relatives.values() for row in rows if row.kind == "spouse"} - set(ids)
    for relative in Relative.objects.filter(person__in=among(spouses), kind__in=["child", "spouse"], known__isnull=False):
        found.relatives[relative.person_id].append(relative)
    family = {relative.known_id for rows in found.relatives.values() for relative in rows}
    everyone = set(ids) | family
    found.persons = Person.objects.filter(id__in=among(everyone)).in_bulk()
    for ruling in BirthRuling.objects.filter(person__in=among(everyone)).order_by("id"):
        found.rulings[ruling.person_id] = ruling.born_on
    for fact in Circumstance.objects.filter(person__in=among(everyone), kind__in=DEFAULTS):
        found.facts[fact.person_id].append(fact)
    for membership in Membership.objects.filter(person__in=asked):
        found.memberships[membership.person_id].append(membership)
    houses = {m.household_id for rows in found.memberships.values() for m in rows}
    for fact in HouseholdCircumstance.objects.filter(household__in=among(houses), kind__in=HOUSEHOLD_DEFAULTS):
        found.house_facts[fact.household_id].append(fact)
    running = Q(entitlement__person__in=asked)
    for suspension in Suspension.objects.filter(running).select_related("entitlement"):
        if not suspension.months.isempty:
            found.suspensions[suspension.entitlement.person_id].append(suspension)
    return found


def _territories(ids: list[int], found: Gathered) -> dict[int, Timeline]:
    """The provinces, of today and of before, whose resolutions reach each person, by where the person lived."""
    lived: dict[int, list[Residence]] = defaultdict(list)
    for residence in Residence.objects.filter(person__in=among(ids)):
        lived[residence.person_id].append(residence)
    homes = {key: found.persons[key].unit_id for key in ids if key in found.persons}
    places = {home for home in homes.values() if home} | {row.unit_id for rows in lived.values() for row in rows}
    keys = province_keys(places)
    return {
        key: timeline(
            [(keys[row.unit_id], row.period.lower, row.period.upper) for row in lived[key]],
            default=keys.get(home, frozenset()),
        )
        for key, home in homes.items()
    }


def _situation(key: int, found: Gathered) -> Situation:
    family = {relative.known_id for relative in found.relatives[key]}
    couple = {key} | {r.known_id for r in found.relatives[key] if r.kind == "spouse" and r.period.upper is None}
    for one in couple - {key}:
        family |= {relative.known_id for relative in found.relatives[one]}
    # In the order of the register: which of two equals gets the couple's share must not hang on who is asked about.
    keys = sorted({key} | (family & found.persons.keys()))
    return Situation(
        persons={str(k): _person(k, found, whole=k in couple) for k in keys},
        household=HouseholdFacts(
            **{kind: _house_timeline(key, kind, found) for kind in HOUSEHOLD_DEFAULTS},
            territories=found.territories.get(key, frozenset()),
        ),
        events=tuple(_events(keys, found)),
        provincial=found.provincial,
        parameters=found.answers,
    )


def _person(key: int, found: Gathered, *, whole: bool) -> PersonFacts:
    rows: dict[str, list[Span]] = defaultdict(list)
    for fact in found.facts[key]:
        value = tuple(fact.value) if isinstance(fact.value, list) else fact.value
        rows[fact.kind].append((value, fact.period.lower, fact.period.upper))
    values: dict = {kind: timeline(spans, default=DEFAULTS[kind]) for kind, spans in rows.items()}
    if whole:
        known = [r for r in found.relatives[key] if r.known_id in found.persons]
        values["children"] = _children([r for r in known if r.kind == "child"])
        spouse = next((r.known_id for r in known if r.kind == "spouse" and r.period.upper is None), None)
        if spouse:
            values["spouse"] = str(spouse)
            values.setdefault("marital", _marital(found.persons[spouse]))
    return PersonFacts(birth_of(found.persons[key], found.rulings.get(key)), values)


def _children(rows: list[Relative]) -> Timeline | tuple[str, ...]:
    """Children until their relation ended (adopted away, written down by mistake). From when one counts is said by its birth."""
    days = sorted({row.period.upper for row in rows if row.period.upper})
    if not days:
        return tuple(dict.fromkeys(str(row.known_id) for row in rows))
    starts: list[date | None] = [None, *days]
    spans: list[Span] = []
    for start, end in zip(starts, [*days, None], strict=True):
        mine = [row for row in rows if row.period.upper is None or (start or date.min) < row.period.upper]
        spans.append((tuple(dict.fromkeys(str(row.known_id) for row in mine)), start, end))
    return timeline(spans, default=())


def _marital(spouse: Person) -> Timeline | str:
    """Married, and widowed from the day the spouse died: where nobody wrote down anything else."""
    return timeline([("widowed", spouse.died_on, None)], default="married") if spouse.died_on else "married"


def birth_of(person: Person, ruling: date | None) -> Birth | None:
    """The birth as the law sees it: the recorded ruling where there is one, else what is known of it."""
    if ruling:
        return Birth(ruling, ruling)
    if not person.born_on:
        return None
    text = {"year": f"{person.born_on:%Y}", "month": f"{person.born_on:%Y-%m}"}.get(person.birth_precision)
    return Birth.parse(text or person.born_on.isoformat())


def _house_timeline(key: int, kind: str, found: Gathered):
    """What was true of the household the person belonged to at each time."""
    spans: list[Span] = []
    for membership in found.memberships[key]:
        for fact in found.house_facts[membership.household_id]:
            if fact.kind == kind and (shared := _both(membership.period, fact.period)):
                spans.append((fact.value, *shared))
    return timeline(spans, default=HOUSEHOLD_DEFAULTS[kind])


def _both(first, second) -> tuple[date | None, date | None] | None:
    """The days two periods share; None when there are none."""
    lower = max((d for d in (first.lower, second.lower) if d), default=None)
    upper = min((d for d in (first.upper, second.upper) if d), default=None)
    return None if lower and upper and lower >= upper else (lower, upper)


def _events(keys: list[int], found: Gathered) -> Iterable[Event]:
    for key in keys:
        if found.persons[key].died_on:
            yield Event("died", person=str(key), day=found.persons[key].died_on)
        for suspension in found.suspensions[key]:
            yield from _pause(suspension, str(key))


def _pause(suspension: Suspension, key: str) -> Iterable[Event]:
    """A suspension and what ended it. One whose entry was ended is over with it, as by a new decision: else nothing would ever be due again."""
    entry, begins = suspension.entitlement, suspension.months.lower
    ended = entry.months.upper if entry.ended_by_id else None
    if ended and ended <= begins:
        return
    yield Event("suspended", person=key, month=begins, more={})
    if suspension.resumed_by_id:
        yield Event("resumed", person=key, month=suspension.months.upper, more={"conditions": "unchanged"})
    elif ended:
        yield Event("decision_signed", person=key, benefit=entry.benefit, month=ended)
