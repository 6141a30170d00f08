"""The register read as columns and the register read person by person give the law the same facts."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.entitlements.columns import month_facts
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import candidate_ids, filtered_out_but_given, given_in, given_to, what_if
from ansinh.entitlements.queries.comparing import given_by_law, suspects, suspects_by_month
from ansinh.entitlements.queries.differences import PERSONAL, differences
from ansinh.entitlements.tests.factories import grant
from ansinh.law import bulk_facts as words
from ansinh.law.resolutions import Amount, Provincial
from ansinh.lawbook.queries import confirmations
from ansinh.people.models import (
    BirthRuling,
    Circumstance,
    Household,
    HouseholdCircumstance,
    Membership,
    Person,
    Relative,
)
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
MONTHS = [date(2024, 7, 1), date(2025, 7, 1), date(2026, 7, 1), date(2026, 11, 1)]
NOVEMBER = MONTHS[-1]
VALUES = {
    "parents": [[a, b] for a in words.PARENT_STATES for b in words.PARENT_STATES], "abandoned": [True, False],
    "study": list(words.STUDIES), "study_continuous": [True, False], "hiv": [True], "wage": [True, False],
    "marital": list(words.MARITAL), "supporter": list(words.SUPPORTER), "disability": list(words.DISABILITY),
    "pregnant": [True], "pension_vnd": [300_000, 900_000], "insurance_allowance_vnd": [200_000], "survivor_benefit": [True],
    "other_monthly_allowance": [True], "cared_by": list(words.CARED_BY), "cannot_live_alone": [True],
    "lives_in": ["facility", "community"], "orphan_allowance_at_16": [True],
}  # fmt: skip
PENSIONS = ("SOCIAL_PENSION_75", "SOCIAL_PENSION_70_POOR")
LIKELY = ("disability", "marital", "parents", "hiv", "supporter")


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def village(chance: random.Random) -> list[Person]:
    """Some households with facts, relatives and deaths that begin and end near the months asked about."""
    people = [_somebody(chance, number) for number in range(30)]
    known = {"source": "thử", "recorded_by": "thử", "recorded_at": NOW}
    for start in range(0, len(people), 3):
        house = Household.objects.create(unit=commune(), **known)
        for kind, values in (("poverty", list(words.POVERTY)), ("hard_area", [True, False])):
            if chance.random() < 0.8:
                value, period = chance.choice(values[1:] if chance.random() < 0.7 else values), _period(chance)
                HouseholdCircumstance.objects.create(household=house, kind=kind, value=value, period=period, **known)
        for who in people[start : start + 3]:
            Membership.objects.create(person=who, household=house, period=_period(chance), **known)
    for who in people:
        for kind in sorted({*chance.sample(list(VALUES), 2), chance.choice(LIKELY)}):
            Circumstance.objects.create(person=who, kind=kind, value=chance.choice(VALUES[kind]), period=_period(chance), **known)
        for other in chance.sample(people, chance.choice([0, 0, 1, 2])):
            if other != who:
                Relative.objects.create(person=who, kind="child", known=other, period=_period(chance, 0.05), **known)
        if chance.random() < 0.3:
            Relative.objects.create(person=who, kind="spouse", known=chance.choice(people), period=_period(chance, 0.1), **known)
    return people


def _somebody(chance: random.Random, number: int) -> Person:
    month = chance.choice(MONTHS)
    age = chance.choice([0, 2, 3, 4, 15, 16, 17, 22, 30, 60, 66, 70, 75, 80, 90])
    born = month.replace(year=month.year - age) + timedelta(days=chance.randint(-40, 40))
    precision = chance.choice(["day", "day", "day", "month", "year"])
    died = chance.choice([None] * 8 + [month + timedelta(days=chance.randint(-60, 60))])
    who = Person.objects.create(
        full_name=f"Người {number}", born_on=None if chance.random() < 0.05 else born, birth_precision=precision, unit=commune(),
        died_on=died if died and died >= born else None, recorded_at=NOW,
    )  # fmt: skip
    if precision != "day" and chance.random() < 0.4:
        BirthRuling.objects.create(person=who, born_on=born + timedelta(days=3), evidence="Giấy", recorded_at=NOW)
    return who


def _period(chance: random.Random, rare: float = 0.12) -> DateRange:
    """Mostly since ever or for a long while; sometimes it begins or ends near a month asked about."""
    near = chance.choice(MONTHS) + timedelta(days=chance.choice([-31, -1, 0, 1, 14, 29, 30, 31]))
    if chance.random() > rare:
        return DateRange(chance.choice([None, date(2020, 3, 5)]), None)
    return DateRange(near, None) if chance.random() < 0.5 else DateRange(None, near)


@pytest.mark.parametrize("seed", range(6))
def test_what_columns_give_is_what_the_law_gives_person_by_person(seed):
    people = village(random.Random(seed))
    keys = [who.id for who in people]
    asked = situations(keys)
    told = settled = 0
    for month in MONTHS:
        facts = month_facts(keys, month, confirmations())
        given = given_by_law(facts, month, confirmations())
        for row, key in enumerate(facts.ids[: facts.asked].tolist()):
            if given.recheck[row]:
                continue
            lines = [line for line in law.monthly(asked[key], month).lines if line.person == str(key) and line.kind in PERSONAL]
            mine = {given.first[row], given.second[row]} - {""}
            if not any(line.kind == "residential_upbringing" for line in law.monthly(asked[key], month).lines):
                assert mine == {line.category for line in lines}, (seed, month, key)
                assert given.own_vnd[row] == sum(line.amount_vnd for line in lines)
                assert [line.amount_vnd for line in lines if line.category == given.second[row]] in ([], [given.second_vnd[row]])
            told, settled = told + bool(lines), settled + 1
    assert told and settled > 15


def test_whoever_is_no_suspect_draws_what_the_law_gives():
    chance = random.Random(4)
    people = [who for _number in range(3) for who in village(chance)]
    asked = situations([who.id for who in people])
    for who in people:
        lines = [
            line for line in law.monthly(asked[who.id], NOVEMBER).lines if line.person == str(who.id) and line.kind in PERSONAL
        ]
        for line in lines:
            right = chance.random() < 0.7
            grant(
                who, line.category, coefficient=line.coefficient * line.count, standard_vnd=line.standard_vnd if right else 100_000,
                benefit=line.kind, months_from=date(2026, 5, 1),
            )  # fmt: skip
    everybody = set(Entitlement.objects.values_list("person", flat=True))
    found = suspects(scopes=[[commune().id], [commune(THAI_BINH).id]], month=NOVEMBER)
    whole = differences(unit_ids=[commune().id], month=NOVEMBER, among=everybody)
    assert {one.person.id for one in whole} <= found <= everybody
    assert everybody - found and whole
    assert differences(unit_ids=[commune().id], month=NOVEMBER) == whole


@pytest.mark.parametrize("seed", range(3))
def test_months_asked_together_name_whom_each_month_names_alone(seed):
    chance = random.Random(seed)
    people = [who for _number in range(2) for who in village(chance)]
    asked = situations([who.id for who in people])
    for who in people:
        for line in law.monthly(asked[who.id], NOVEMBER).lines:
            if line.person == str(who.id) and line.kind in PERSONAL:
                grant(
                    who, line.category, coefficient=line.coefficient * line.count, benefit=line.kind,
                    standard_vnd=line.standard_vnd if chance.random() < 0.6 else 100_000, months_from=date(2026, 5, 1),
                )  # fmt: skip
    months = [date(2026, 10, 1), NOVEMBER, date(2026, 12, 1), date(2027, 1, 1)]
    together = suspects_by_month(scopes=[[commune().id]], months=months)
    new_levels = 0
    for month in months:
        alone = suspects_by_month(scopes=[[commune().id]], months=[month])[month]
        assert together[month].people == alone.people >= alone.new_level.keys()
        assert together[month].new_level == alone.new_level
        new_levels += len(alone.new_level)
        for key in alone.new_level:
            (line,) = [x for x in law.monthly(asked[key], month).lines if x.person == str(key) and x.kind in PERSONAL]
            entry = Entitlement.objects.get(person=key)
            assert (line.category, line.coefficient * line.count) == (entry.category, entry.coefficient * entry.count)
            assert line.amount_vnd != entry.amount_vnd
    assert new_levels
    keys = [who.id for who in people]
    assert sorted(given_in(keys, months)) == sorted((month, *one) for month in months for one in given_to(keys, month))


@pytest.mark.parametrize("seed", range(3))
def test_whoever_the_filter_leaves_out_gets_nothing(seed):
    people = village(random.Random(seed))
    asked = situations([who.id for who in people])
    for month in MONTHS:
        kept = set(candidate_ids(unit_ids=[commune().id], month=month))
        given = {key: total for key, _names, total in given_to([who.id for who in people], month)}
        for key, situation in asked.items():
            lines = [line for line in law.monthly(situation, month).lines if line.person == str(key)]
            assert not lines or key in kept
            own = sum(line.amount_vnd for line in lines if line.kind in (*PERSONAL, "residential_upbringing"))
            assert given.get(key, 0) == own, (seed, month, key)
        assert filtered_out_but_given(unit_ids=[commune().id], month=month) == []
        pensioners = set(candidate_ids(unit_ids=[commune().id], month=month, categories=PENSIONS))
        assert pensioners <= kept
        for key, situation in asked.items():
            lines = law.monthly(situation, month).lines
            assert key in pensioners or not any(line.person == str(key) and line.category in PENSIONS for line in lines)
    through = candidate_ids(unit_ids=[commune().id], since=MONTHS[0], month=MONTHS[-1])
    assert set(through) >= {key for month in MONTHS for key in candidate_ids(unit_ids=[commune().id], month=month)}


def test_another_level_costs_what_the_law_gives_each_person_under_it():
    people = [who for number in range(2) for who in village(random.Random(number))]
    for who in people:
        grant(who, months_from=date(2026, 5, 1))
    level = Provincial(700_000, date(2026, 7, 1), frozenset({"monthly", "social_pension"}))
    found = what_if(unit_ids=[commune().id], month=NOVEMBER)
    asked = situations([who.id for who in people], resolutions=(level,))
    living = {entry.person_id for entry in Entitlement.objects.in_force(NOVEMBER)} - set(found.one_by_one)
    sums: dict[str, list[int]] = {}
    for key in living:
        for line in law.monthly(asked[key], NOVEMBER).lines:
            if line.person == str(key) and line.kind in (*PERSONAL, "residential_upbringing"):
                row = sums.setdefault(line.category, [0, 0])
                row[0], row[1] = row[0] + 1, row[1] + line.amount_vnd
    assert found.totals([level]) == {name: tuple(row) for name, row in sums.items()} != found.totals()
    with pytest.raises(ValueError, match="person by person"):
        found.totals([replace(level, amounts=(Amount("HIV", 1),))])


def test_an_adult_of_whom_nothing_is_known_is_not_read():
    who = person("Người Khỏe", "1990-02-03")
    assert candidate_ids(unit_ids=[commune().id], month=NOVEMBER) == []
    assert list(given_to([who.id], NOVEMBER)) == []


def test_a_viewer_asks_about_people_of_its_own_places_alone():
    keys = [person(f"Người {number}", "1945-01-01").id for number in range(4)]
    away = person("Ở xa", "1945-01-01", unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"))
    with as_post(post(), on=NOVEMBER):
        assert month_facts([*keys, away.id], NOVEMBER, {}).ids.tolist() == keys
