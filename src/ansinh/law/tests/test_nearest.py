"""What would have to be true for somebody who gets nothing: near things first, nothing absurd, no illness to who may not know it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh import law
from ansinh.law.nearest import MOST, TOO_FAR, YEARS_AHEAD, Nearest, what_is_missing
from ansinh.law.situation import Birth, Event, HouseholdFacts, PersonFacts, Situation

MONTH = date(2026, 11, 1)


def life(birth: str, poverty: str = "not_poor", events: tuple[Event, ...] = (), **values: Any) -> Situation:
    return Situation(
        persons={"p": PersonFacts(Birth.parse(birth), values)}, household=HouseholdFacts(poverty=poverty), events=events
    )


def near(situation: Situation, *, tells: bool = True, month: date = MONTH) -> tuple[Nearest, ...]:
    return what_is_missing(situation, month, "p", tells_sensitive=tells)


def words(situation: Situation, rule: str, *, tells: bool = True) -> list[str]:
    found = next((one for one in near(situation, tells=tells) if one.rule == rule), None)
    return [missing.text.replace("\N{NO-BREAK SPACE}", " ") for missing in found.missing] if found else []


def test_an_age_to_be_reached_is_told_with_its_month_and_a_poverty_class_with_its_recognition() -> None:
    elder = life("1952-12-10")

    assert words(elder, "social_pension_75") == ["đủ 75 tuổi vào 12/2027"]
    assert words(elder, "social_pension_70_poor") == ["hộ được công nhận là hộ nghèo hoặc hộ cận nghèo"]
    assert words(elder, "disabled_severe") == ["có giấy xác nhận khuyết tật mức độ nặng"]


def test_the_rule_that_misses_least_comes_first_and_a_certificate_last_where_no_disability_is_known() -> None:
    order = [one.rule for one in near(life("1952-12-10"))]

    assert order == ["social_pension_70_poor", "social_pension_75", "disabled_severe", "elder_poor_alone"]
    assert near(life("1996-01-01", disability="mild"))[0].rule == "disabled_severe"


def test_an_income_that_stands_in_the_way_is_told_as_such_and_comes_after_the_rest() -> None:
    found = near(life("1950-01-10", pension_vnd=3_000_000))

    assert found[-1].rule == "social_pension_75"
    barrier = found[-1].missing[0]
    assert barrier.is_barrier and "3.000.000" in barrier.text and "thấp hơn 540.000" in barrier.text


def test_who_is_near_to_sixty_and_poor_and_alone_hears_of_the_birthday_only() -> None:
    assert words(life("1969-01-20", "poor", supporter="none"), "elder_poor_alone") == ["đủ 60 tuổi vào 01/2029"]


def test_a_birth_known_by_year_only_gives_no_month() -> None:
    assert words(life("1952"), "social_pension_75") == ["đủ 75 tuổi trong năm 2027 (chưa rõ ngày sinh)"]


def test_an_age_too_far_away_and_a_rule_that_misses_too_much_are_not_near() -> None:
    assert [one.rule for one in near(life("1996-01-01"))] == ["disabled_severe"]
    assert all(len(one.missing) <= TOO_FAR for one in near(life("1950-01-01", pension_vnd=9_000_000)))


def test_nothing_is_told_of_the_dead_the_unborn_and_residents_of_a_facility() -> None:
    dead = (Event("died", "p", day=date(2026, 3, 1)),)

    assert near(life("1950-01-01", events=dead)) == ()
    assert near(life("2027-05-01")) == ()
    assert near(life("1950-01-01", lives_in="facility")) == ()


def test_an_illness_is_told_only_of_who_has_it_and_only_to_who_may_know() -> None:
    ill = life("1990-01-01", hiv=True)

    assert words(ill, "adult_hiv") == ["hộ được công nhận là hộ nghèo"]
    assert words(ill, "adult_hiv", tells=False) == []
    assert words(life("1990-01-01", "poor"), "adult_hiv") == []
    healthy = life("1990-01-01")
    assert near(ill, tells=False) == near(healthy, tells=False)


def test_children_are_mentioned_to_a_single_grown_person_only() -> None:
    assert words(life("1990-01-01", "near_poor", marital="widowed"), "single_parent") != []
    assert words(life("1950-01-01", "near_poor", marital="widowed"), "single_parent") == []
    assert words(life("1990-01-01", "near_poor"), "single_parent") == []


lives = st.builds(
    life,
    st.dates(date(1920, 1, 1), date(2026, 10, 31)).map(date.isoformat),
    st.sampled_from(["poor", "near_poor", "not_poor"]),
    disability=st.sampled_from(["none", "mild", "severe", "extremely_severe"]),
    hiv=st.booleans(),
    supporter=st.sampled_from(["none", "has", "on_monthly_allowance"]),
    marital=st.sampled_from(["married", "widowed", "unmarried", "spouse_missing"]),
    pension_vnd=st.sampled_from([0, 300_000, 5_000_000]),
    survivor_benefit=st.booleans(),
    wage=st.booleans(),
    study=st.sampled_from(["none", "general"]),
    parents=st.sampled_from([("alive_present", "alive_present"), ("dead", "alive_present"), ("dead", "dead")]),
    lives_in=st.sampled_from(["community", "facility"]),
)


@settings(max_examples=60)
@given(lives)
def test_nothing_absurd_is_ever_told(situation: Situation) -> None:
    found = near(situation)
    said = " ".join(missing.text for one in found for missing in one.missing)

    assert len(found) <= MOST
    for word in ("HIV", "chết", "mất tích", "bỏ rơi", "mang thai", "dưới 16", "góa", "ly hôn", "khó khăn vùng dân tộc"):
        assert word not in said
    for one in found:
        assert one.missing
        assert all(missing.on is None or missing.on.year - MONTH.year <= YEARS_AHEAD for missing in one.missing)


@settings(max_examples=60)
@given(lives)
def test_a_near_rule_is_one_that_the_engine_does_not_find_met(situation: Situation) -> None:
    tree = law.explain(situation, MONTH, "p")
    met = {outcome.key for outcome in tree.rules if outcome.matched}

    assert not met & {one.rule for one in near(situation)}


@settings(max_examples=60)
@given(lives)
def test_without_the_right_to_know_no_rule_of_an_illness_is_named(situation: Situation) -> None:
    sensitive = {key for key, category in law.categories().items() if category.is_sensitive}

    assert not sensitive & {one.category for one in near(situation, tells=False)}


CHANGES = {
    "social_pension_70_poor": {"poverty": "near_poor"},
    "elder_poor_alone": {"poverty": "poor", "supporter": "none"},
    "disabled_severe": {"disability": "severe"},
}


@pytest.mark.parametrize("rule", CHANGES)
def test_what_is_said_to_be_missing_is_really_what_is_missing(rule: str) -> None:
    change = dict(CHANGES[rule])
    poverty = change.pop("poverty", "not_poor")
    assert rule in {one.rule for one in near(life("1954-02-02"))}

    tree = law.explain(life("1954-02-02", poverty, **change), MONTH, "p")

    assert rule in {outcome.key for outcome in tree.rules if outcome.matched}
