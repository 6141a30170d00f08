"""A province's standard lifts the monthly allowance; every other multiple only where the resolution names it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh import law
from ansinh.law.formula_pointers import formulas
from ansinh.law.resolutions import SCOPES, Provincial
from ansinh.law.situation import Situation

LEVEL = 600_000
DAYS = {"R1": (date(2025, 3, 10), 500_000), "R2": (date(2026, 3, 10), 500_000), "R3": (date(2026, 12, 10), 540_000)}


def situation(day: date, applies_to: frozenset[str] | None) -> Situation:
    persons: dict[str, Any] = {
        "adult": {"birth": "1980-01-01", "disability": "extremely_severe", "cared_by": "own_household"},
        "mother": {"birth": "1990-01-01", "disability": "severe", "pregnant": True},
        "resident": {"birth": "1980-01-01", "disability": "severe", "lives_in": "facility"},
        "pensioner": {"birth": "1945-01-01"},
        "victim": {}, "hurt": {},
    }  # fmt: skip
    events = [
        {"kind": "died", "person": "adult", "date": day.isoformat()},
        {"kind": "died", "person": "resident", "date": day.isoformat()},
        {"kind": "missing", "person": "victim", "date": day.isoformat(), "cause": "flood"},
        {"kind": "injured", "person": "hurt", "date": day.isoformat(), "cause": "fire", "treatment_days": 5},
    ]
    base = Situation.from_case({"persons": persons, "events": events})
    level = () if applies_to is None else (Provincial(LEVEL, date(2021, 7, 1), applies_to, instrument="NQ"),)
    return Situation(base.persons, base.household, base.events, provincial=level)


def levels(day: date, applies_to: frozenset[str] | None) -> dict[str, set[int]]:
    """The standard behind every result, by scope."""
    asked = situation(day, applies_to)
    scope = {
        "monthly_allowance": "monthly", "social_pension": "social_pension", "carer_money": "carers",
        "disabled_parent_support": "carers", "residential_upbringing": "residential",
    }  # fmt: skip
    found: dict[str, set[int]] = {}
    for line in law.monthly(asked, day.replace(day=1)).lines:
        found.setdefault(scope[line.kind], set()).add(line.standard_vnd)
    for kind, person, of in (
        ("funeral", "adult", "funeral"), ("funeral", "resident", "residential"),
        ("emergency_burial", "victim", "emergency"), ("injury", "hurt", "emergency"),
    ):  # fmt: skip
        found.setdefault(of, set()).add(law.one_off(asked, kind, person).standard_vnd or 0)
    return found


@pytest.mark.parametrize("regime", DAYS)
def test_a_level_whose_words_name_nothing_lifts_only_what_points_to_the_whole_of_article_4(regime: str) -> None:
    day, national = DAYS[regime]
    found = levels(day, Provincial(1, day).applies_to)

    for formula in formulas(regime):
        assert found[formula.scope] == {LEVEL if formula.follows_province else national}, formula.article


@pytest.mark.parametrize("regime", DAYS)
@pytest.mark.parametrize("named", SCOPES)
def test_a_level_lifts_what_its_words_name_and_nothing_else(regime: str, named: str) -> None:
    day, national = DAYS[regime]

    for scope, standards in levels(day, frozenset({named})).items():
        assert standards == {LEVEL if scope == named else national}, scope


@pytest.mark.parametrize("regime", DAYS)
def test_every_formula_is_counted_at_the_national_level_without_a_resolution(regime: str) -> None:
    day, national = DAYS[regime]

    assert all(standards == {national} for standards in levels(day, None).values())


def test_what_was_not_read_word_by_word_is_listed_as_such() -> None:
    assert {one.scope for one in formulas("R3") if not one.read} == {"funeral", "emergency", "carers", "residential"}
    assert all(one.read for one in formulas("R1"))
    assert "decree_335_levels" in {point.key for point in law.unread()}
