"""The scalar form, the column form and the candidate filter say the same of random people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.periods import add_months, last_day
from ansinh.law import bulk, bulk_arrears, candidates, cells, monthly, questions
from ansinh.law import bulk_facts as words
from ansinh.law.situation import Birth, HouseholdFacts, PersonFacts, Provincial, Situation

MONTHS = st.sampled_from(
    [date(2015, 1, 1), date(2021, 6, 1), date(2021, 7, 1), date(2024, 2, 1), date(2024, 7, 1), date(2025, 6, 1),
     date(2025, 7, 1), date(2026, 2, 1), date(2026, 7, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1),
     date(2028, 2, 1)]
)  # fmt: skip
FLAGS = ("abandoned", "study_continuous", "hiv", "wage", "pregnant", "survivor_benefit", "cannot_live_alone")


@st.composite
def births(draw: Any, month: date) -> date | None:
    """Births near the ages the law asks about, some with a birthday inside the month, some not known."""
    if draw(st.integers(0, 9)) == 0:
        return None
    age = draw(st.sampled_from([0, 1, 3, 4, 10, 16, 18, 22, 40, 60, 66, 70, 75, 80, 90]))
    born = month.replace(year=month.year - age, day=1) + timedelta(days=draw(st.integers(-40, 40)))
    return min(born, last_day(month)) if age == 0 else born


ANSWERED = (
    "adjust_down_month_r1", "age22_last_month", "age22_stopped_before_r3", "r3_5a_75_from", "birth_29_february",
    "pension_tie", "war_merit_beside_pension",
)  # fmt: skip
SCOPES = ("monthly", "social_pension", "carers", "residential")


@st.composite
def answers(draw: Any) -> dict[str, str]:
    """Open questions answered this way or that."""
    told = {"social_pension_low_pension_mode": draw(st.sampled_from(["full", "difference"]))}
    for key in ANSWERED:
        told[key] = draw(st.sampled_from([choice.value for choice in questions()[key].choices]))
    return told


@st.composite
def provinces(draw: Any) -> tuple[Provincial, ...]:
    """Mostly none; else a level above, between or below the national ones."""
    if draw(st.booleans()):
        return ()
    scopes = draw(st.sets(st.sampled_from(SCOPES), min_size=1))
    return (Provincial(draw(st.sampled_from([300_000, 520_000, 700_000])), date(2021, 7, 1), frozenset(scopes)),)


@st.composite
def people(draw: Any) -> tuple[date, dict[str, dict[str, Any]], dict[str, Any]]:
    month = draw(MONTHS)
    persons: dict[str, dict[str, Any]] = {}
    for key in ("parent", "child", "other"):
        facts: dict[str, Any] = {"birth": draw(births(month))}
        facts["parents"] = tuple(draw(st.lists(st.sampled_from(words.PARENT_STATES), min_size=2, max_size=2)))
        facts["study"] = draw(st.sampled_from(words.STUDIES))
        facts["marital"] = draw(st.sampled_from(words.MARITAL))
        facts["supporter"] = draw(st.sampled_from(words.SUPPORTER))
        facts["disability"] = draw(st.sampled_from(words.DISABILITY))
        facts["cared_by"] = draw(st.sampled_from(words.CARED_BY))
        facts["lives_in"] = draw(st.sampled_from(["community"] * 5 + ["facility"]))
        facts["pension_vnd"] = draw(st.sampled_from([0, 0, 0, 300_000, 900_000]))
        for flag in FLAGS:
            facts[flag] = draw(st.sampled_from([False, False, True]))
        persons[key] = facts
    persons["parent"]["children"] = draw(st.sampled_from([(), ("child",), ("child", "other")]))
    if not persons["parent"]["children"] and draw(st.booleans()):
        persons["parent"]["spouse"] = "other"
    household = {"poverty": draw(st.sampled_from(words.POVERTY)), "hard_area": draw(st.booleans())}
    return month, persons, household


def situation_of(
    persons: dict[str, dict[str, Any]], household: dict[str, Any], told: dict[str, str], levels: tuple[Provincial, ...] = ()
) -> Situation:
    built = {}
    for key, facts in persons.items():
        values = {name: value for name, value in facts.items() if name != "birth"}
        built[key] = PersonFacts(Birth(facts["birth"], facts["birth"]) if facts["birth"] else None, values)
    return Situation(built, HouseholdFacts(**household), parameters=told, provincial=levels)


def columns_of(persons: dict[str, dict[str, Any]], household: dict[str, Any]) -> dict[str, np.ndarray]:
    rows = list(persons.values())
    order = list(persons)
    result = {
        "birth": np.array([row["birth"] for row in rows], "datetime64[D]"),
        "parents": np.array([words.pair_code(*row["parents"]) for row in rows]),
        "poverty": np.full(3, words.POVERTY.index(household["poverty"])),
        "hard_area": np.full(3, household["hard_area"]),
        "in_facility": np.array([row["lives_in"] == "facility" for row in rows]),
        "pension_vnd": np.array([row["pension_vnd"] for row in rows]),
        "raiser": np.array([0 if key in persons["parent"]["children"] else -1 for key in order]),
        "spouse": np.array([order.index(row["spouse"]) if "spouse" in row else -1 for row in rows]),
    }
    lists = {
        "study": words.STUDIES, "marital": words.MARITAL, "supporter": words.SUPPORTER,
        "disability": words.DISABILITY, "cared_by": words.CARED_BY,
    }  # fmt: skip
    result |= {name: np.array([allowed.index(row[name]) for row in rows]) for name, allowed in lists.items()}
    return result | {flag: np.array([row[flag] for row in rows]) for flag in FLAGS}


@given(people(), answers(), provinces())
def test_columns_and_scalar_give_the_same_lines(drawn: Any, told: dict[str, str], levels: tuple[Provincial, ...]) -> None:
    month, persons, household = drawn
    one = monthly(situation_of(persons, household, told, levels), month)
    many = bulk.month(columns_of(persons, household), month, told, provincial=levels)
    for row, key in enumerate(persons):
        if many.recheck[row]:
            continue
        lines = [line for line in one.lines if line.person == key]
        assert many.total_vnd[row] == sum(line.amount_vnd for line in lines), (key, lines)
        told = {many.category(which)[row] for which in ("first", "second", "care", "parent")} - {""}
        assert told == {line.category for line in lines}


@given(people(), answers())
def test_whoever_the_filter_drops_gets_nothing(drawn: Any, told: dict[str, str]) -> None:
    month, persons, household = drawn
    result = monthly(situation_of(persons, household, told), month)
    for key, facts in persons.items():
        if any(line.person == key for line in (*result.lines, *result.lost)):
            assert candidates.may_get(filter_row(facts, household), month)


@given(people(), people(), answers(), provinces())
def test_cells_give_exactly_what_each_of_their_people_is_given(
    drawn: Any, other: Any, told: dict[str, str], levels: tuple[Provincial, ...]
) -> None:
    month = drawn[0]
    columns = together([columns_of(*one[1:]) for one in (drawn, other, drawn, other, drawn)])
    found = cells.cells(columns, month, told)
    every = bulk.month(columns, month, told, provincial=levels)
    few = found.given(levels)
    rows = np.flatnonzero(found.of_row >= 0)
    assert found.people.sum() == len(rows) and not every.recheck[rows].any()
    for name in ("own_vnd", "second_vnd", "care_vnd", "parent_vnd", "coefficient", "first", "second"):
        assert (getattr(few, name)[found.of_row[rows]] == getattr(every, name)[rows]).all(), name
    sums = found.totals(levels)
    assert sum(money for _people, money in sums.values()) == every.own_vnd[rows].sum()
    assert set(sums) == ({*every.category("first")[rows], *every.category("second")[rows]} - {""})


@given(people(), answers(), st.integers(0, 900_000))
def test_what_is_owed_over_months_is_the_sum_of_what_each_month_gives(drawn: Any, told: dict[str, str], paid: int) -> None:
    month, persons, household = drawn
    months = [add_months(month, number) for number in range(-5, 1)]
    given = np.full((len(persons), len(months)), paid)
    found = bulk_arrears.owed(columns_of(persons, household), months, given, told)
    situation = situation_of(persons, household, told)
    own = ("monthly_allowance", "social_pension", "residential_upbringing")
    for row, key in enumerate(persons):
        if found.recheck[row]:
            continue
        for place, one in enumerate(months):
            due = sum(line.amount_vnd for line in monthly(situation, one).lines if line.person == key and line.kind in own)
            assert (found.due_vnd[row, place], found.lacks_vnd[row, place]) == (due, due - paid), (key, one)


def test_the_same_people_many_times_are_few_cells() -> None:
    month = date(2026, 11, 1)
    ages = np.array([f"{year}-05-03" for year in range(1920, 2020)], "datetime64[D]")
    columns = {"birth": np.tile(ages, 50), "poverty": np.repeat([0, 2], 2500)}
    found = cells.cells(columns, month, {"social_pension_low_pension_mode": "full"})
    assert len(found.people) < 40 and found.people.sum() == 5000


def together(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Several households as one set of columns."""
    joined: dict[str, np.ndarray] = {}
    for name in parts[0]:
        columns = [part[name] for part in parts]
        if name in ("raiser", "spouse"):
            columns = [np.where(column >= 0, column + 3 * number, -1) for number, column in enumerate(columns)]
        joined[name] = np.concatenate(columns)
    return joined


def filter_row(facts: dict[str, Any], household: dict[str, Any]) -> dict[str, Any]:
    return {
        "birth_first": facts["birth"], "birth_last": facts["birth"],
        "lacks_parental_support": facts["abandoned"] or facts["parents"] != ("alive_present", "alive_present"),
        "studying": facts["study"] != "none", "hiv": facts["hiv"],
        "poor": household["poverty"] == "poor", "near_poor": household["poverty"] == "near_poor",
        "hard_area": household["hard_area"], "single": facts["marital"] in ("unmarried", "widowed", "spouse_missing"),
        "children_counted": len(facts.get("children", ())), "toddlers": len(facts.get("children", ())),
        "supporter_absent": facts["supporter"] == "none",
        "supporter_on_allowance": facts["supporter"] == "on_monthly_allowance",
        "disability_severe": facts["disability"] == "severe",
        "disability_extreme": facts["disability"] == "extremely_severe",
        "own_household_cares": facts["cared_by"] == "own_household",
        "fostered": facts["cared_by"] == "foster_household",
        "cannot_live_alone": facts["cannot_live_alone"], "in_facility": facts["lives_in"] == "facility",
        "pregnant": facts["pregnant"],
    }  # fmt: skip


def test_the_filter_is_sql_with_parameters() -> None:
    text, parameters = candidates.sql(date(2026, 11, 1))

    assert text.count("%s") == len(parameters) > 0
    assert "disability_severe" in text
    assert text != "TRUE"


def test_an_adult_without_any_fact_is_filtered_out() -> None:
    assert not candidates.may_get({"birth_first": date(1990, 1, 1), "birth_last": date(1990, 1, 1)}, date(2026, 11, 1))
