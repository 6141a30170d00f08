"""The transition list of each change of law, person by person: old and new, from which month, what is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh import law
from ansinh.law.situation import Situation
from ansinh.law.transitions import Transition

CHANGES = {change.key: change for change in law.changes_of_law()}


def of(change: str, decided_in: date | None = None, **case: Any) -> dict[tuple[str, str], Transition]:
    case.setdefault("persons", {"one": case.pop("one", {})})
    found = law.transition(Situation.from_case(case), CHANGES[change], decided_in=decided_in)
    return {(row.person, row.role): row for row in found}


def told(row: Transition) -> tuple[list[tuple[str, str, int, int]], list[tuple[str, str, int, int]]]:
    """(category, code, coefficient, amount) before and after."""

    def short(lines: Any) -> list[tuple[str, str, int, int]]:
        return [(line.category, line.code, line.coefficient, line.amount_vnd) for line in lines]

    return short(row.old), short(row.new)


def owed(row: Transition) -> list[tuple[str, int]]:
    return [(f"{one.month:%Y-%m}", one.amount_vnd) for one in row.owed]


def test_every_change_of_the_law_notes_is_listed_with_its_basis() -> None:
    assert [(c.key, c.day, c.rules_from, c.money_from) for c in law.changes_of_law()] == [
        ("2021", date(2021, 7, 1), date(2021, 7, 1), date(2021, 7, 1)),
        ("2024", date(2024, 7, 1), date(2024, 7, 1), date(2024, 7, 1)),
        ("2025", date(2025, 7, 1), date(2025, 7, 1), date(2025, 7, 1)),
        ("2026", date(2026, 10, 5), date(2026, 10, 1), date(2026, 7, 1)),
    ]
    assert all(change.basis and change.decided_by for change in law.changes_of_law())


# --- 2021-07-01 --------------------------------------------------------------------------------------------------------


def test_2021_a_disabled_adult_keeps_the_coefficient_and_gets_the_new_standard_and_code() -> None:
    row = of("2021", one={"birth": "1980-01-01", "disability": "severe"})["one", "own"]

    assert told(row) == (
        [("DISABLED_SEVERE", "ND136.5.6", 150, 405_000)],
        [("DISABLED_SEVERE", "ND20.5.6", 150, 540_000)],
    )
    assert (row.difference_vnd, row.from_month, row.owed, row.by_application) == (135_000, date(2021, 7, 1), (), False)
    assert row.decided_by == "Chủ tịch UBND cấp huyện"
    assert "Điều 37 NĐ 20/2021/NĐ-CP" in row.basis


def test_2021_a_single_parent_of_three_moves_from_the_flat_level_to_one_for_each_child() -> None:
    children = {key: {"birth": f"201{year}-03-03"} for year, key in enumerate("abc")}
    row = of(
        "2021",
        date(2021, 9, 1),
        persons={"mother": {"birth": "1985-01-01", "marital": "widowed", "children": ["a", "b", "c"]}, **children},
        household={"poverty": "poor"},
    )["mother", "own"]

    assert told(row) == (
        [("SINGLE_PARENT", "ND136.5.4", 200, 540_000)],
        [("SINGLE_PARENT", "ND20.5.4", 100, 1_080_000)],
    )
    assert owed(row) == [("2021-07", 540_000), ("2021-08", 540_000)]


def test_2021_what_the_old_decree_never_gave_begins_with_an_application() -> None:
    near_poor = of(
        "2021",
        persons={"mother": {"birth": "1985-01-01", "marital": "unmarried", "children": ["a"]}, "a": {"birth": "2015-03-03"}},
        household={"poverty": "near_poor"},
    )["mother", "own"]
    carer = of(
        "2021", date(2021, 12, 1), one={"birth": "1980-01-01", "disability": "extremely_severe", "cared_by": "own_household"}
    )

    assert (near_poor.old, near_poor.by_application, near_poor.owed) == ((), True, ())
    assert carer["one", "care"].by_application
    assert carer["one", "care"].owed == ()
    assert carer["one", "own"].arrears_vnd == 5 * (720_000 - 540_000)


# --- 2024-07-01 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "house", "before", "after"),
    [
        ({"birth": "1980-01-01", "disability": "extremely_severe"}, {}, 720_000, 1_000_000),
        ({"birth": "1940-01-01"}, {}, 360_000, 500_000),
        ({"birth": "1950-01-01", "supporter": "none"}, {"poverty": "poor"}, 540_000, 750_000),
        ({"birth": "2022-01-01", "parents": ["dead", "dead"]}, {}, 900_000, 1_250_000),
        ({"birth": "2019-01-01", "abandoned": True, "lives_in": "facility"}, {}, 1_440_000, 2_000_000),
    ],
)
def test_2024_only_the_money_changes_by_500_to_360(one: Any, house: Any, before: int, after: int) -> None:
    row = of("2024", date(2024, 8, 1), one=one, household=house or {"poverty": "not_poor"})["one", "own"]

    assert [(line.category, line.code, line.coefficient) for line in row.old] == [
        (line.category, line.code, line.coefficient) for line in row.new
    ]
    assert (sum(line.amount_vnd for line in row.old), sum(line.amount_vnd for line in row.new)) == (before, after)
    assert before * 500 == after * 360
    assert owed(row) == [("2024-07", after - before)]


# --- 2025-07-01 --------------------------------------------------------------------------------------------------------


def test_2025_those_of_eighty_become_social_pensioners_for_the_same_money_without_applying() -> None:
    granted = {"kind": "in_payment", "person": "one", "benefit": "monthly_allowance", "month": "2024-01"}
    row = of("2025", procedure="by_events", one={"birth": "1943-01-01"}, events=[granted])["one", "own"]

    assert told(row) == (
        [("ELDER_80", "ND20.5.5.c", 100, 500_000)],
        [("SOCIAL_PENSION_75", "ND176.2.1", 100, 500_000)],
    )
    assert (row.difference_vnd, row.from_month, row.by_application) == (0, date(2025, 7, 1), False)
    assert row.decided_by == "Chủ tịch UBND cấp xã"


def test_2025_somebody_of_76_who_drew_nothing_must_ask_for_the_pension() -> None:
    assert of("2025", one={"birth": "1949-01-01"})["one", "own"].by_application
    assert of("2025", procedure="by_events", one={"birth": "1949-01-01"}) == {}


def test_2025_a_disabled_elder_stays_on_the_higher_allowance() -> None:
    row = of("2025", one={"birth": "1943-01-01", "disability": "severe"})["one", "own"]

    assert told(row)[0] == told(row)[1] == [("DISABLED_SEVERE", "ND20.5.6", 200, 1_000_000)]
    assert (row.from_month, row.owed) == (None, ())


def test_2025_somebody_of_76_in_a_hard_area_moves_too() -> None:
    row = of("2025", one={"birth": "1949-01-01"}, household={"poverty": "poor", "place": {"hard_area": True}})["one", "own"]

    assert told(row) == (
        [("ELDER_75_HARD_AREA", "ND20.5.5.b", 100, 500_000)],
        [("SOCIAL_PENSION_75", "ND176.2.1", 100, 500_000)],
    )


# --- 2026: money from July, rules from 5 October -----------------------------------------------------------------------


def test_2026_a_disabled_adult_gets_july_to_september_as_arrears_and_the_new_code_in_october() -> None:
    row = of("2026", one={"birth": "1980-01-01", "disability": "severe"})["one", "own"]

    assert told(row) == (
        [("DISABLED_SEVERE", "ND20.5.6", 150, 750_000)],
        [("DISABLED_SEVERE", "ND335.5.6", 150, 810_000)],
    )
    assert row.from_month == date(2026, 7, 1)
    assert owed(row) == [("2026-07", 60_000), ("2026-08", 60_000), ("2026-09", 60_000)]
    assert row.arrears_vnd == 180_000


def test_2026_a_later_decision_owes_the_months_up_to_it() -> None:
    row = of("2026", date(2026, 12, 1), one={"birth": "1948-01-01"})["one", "own"]

    assert told(row) == (
        [("SOCIAL_PENSION_75", "ND176.2.1", 100, 500_000)],
        [("SOCIAL_PENSION_75", "ND176.2.1", 100, 540_000)],
    )
    assert owed(row) == [(f"2026-{month:02}", 40_000) for month in (7, 8, 9, 10, 11)]


def test_2026_a_poor_elder_of_76_rises_to_two_from_july_unless_answered_otherwise() -> None:
    elder = {"birth": "1950-01-01", "supporter": "none"}
    default = of("2026", one=elder, household={"poverty": "poor"})["one", "own"]
    later = of("2026", one=elder, household={"poverty": "poor"}, law={"parameters": {"r3_5a_75_from": "2026-10-05"}})

    assert told(default)[1] == [("ELDER_POOR_ALONE", "ND335.5.5.a", 200, 1_080_000)]
    assert owed(default) == [(f"2026-0{month}", 1_080_000 - 750_000) for month in (7, 8, 9)]
    assert "r3_5a_75_from" in default.unconfirmed
    assert owed(later["one", "own"]) == [(f"2026-0{month}", 810_000 - 750_000) for month in (7, 8, 9)]
    assert later["one", "own"].unconfirmed == ()


def test_2026_carers_parents_and_residents_move_too() -> None:
    rows = of(
        "2026",
        persons={
            "child": {"birth": "2018-01-01", "disability": "extremely_severe", "cared_by": "own_household"},
            "mother": {"birth": "1995-01-01", "disability": "severe", "pregnant": True},
            "resident": {"birth": "1960-01-01", "lives_in": "facility"},
        },
    )

    assert {key: (row.difference_vnd, row.arrears_vnd) for key, row in rows.items()} == {
        ("child", "own"): (100_000, 300_000),
        ("child", "care"): (40_000, 120_000),
        ("mother", "own"): (60_000, 180_000),
        ("mother", "parent"): (60_000, 180_000),
        ("resident", "own"): (160_000, 480_000),
    }
    assert [line.code for line in rows["resident", "own"].new] == ["ND335.22"]


def test_2026_a_child_of_a_dead_and_an_unidentified_parent_may_apply() -> None:
    row = of("2026", one={"birth": "2020-01-01", "parents": ["dead", "unidentified"]})["one", "own"]

    assert row.by_application
    assert [line.code for line in row.new] == ["ND335.5.1.b"]
    assert row.owed == ()


def test_2026_what_was_really_paid_counts_and_a_province_above_the_new_level_owes_nothing() -> None:
    paid = {"kind": "paid", "person": "one", "benefit": "monthly_allowance", "months": ["2026-07"], "per_month_vnd": 0}
    severe = {"birth": "1980-01-01", "disability": "severe"}
    province = {"provincial": [{"standard_vnd": 650_000, "from": "2026-01", "applies_to": ["monthly"]}]}

    assert owed(of("2026", one=severe, events=[paid])["one", "own"])[0] == ("2026-07", 810_000)
    assert of("2026", one=severe, law=province)["one", "own"].owed == ()


def test_somebody_whom_neither_law_gives_anything_is_on_no_list() -> None:
    assert all(of(key, one={"birth": "1980-01-01"}) == {} for key in CHANGES)
