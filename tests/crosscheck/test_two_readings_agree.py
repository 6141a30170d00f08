"""Two implementations that share no line agree, to the đồng: on random lives and on the worked cases of the product."""

import os
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from tests.crosscheck.lives import questions
from tests.crosscheck.second import Second

from ansinh import law
from ansinh.law.coverage import own_cases
from ansinh.law.situation import Situation

LIVES = int(os.environ.get("ANSINH_LIVES", "150"))
KNOWN_EVENTS = {"died", "imprisoned", "refused_by_person"}


def of_product(case, month):
    """What the product's law gives, by kind; allowance and pension, of which the higher is paid, are one."""
    sums = defaultdict(int)
    for line in law.monthly(Situation.from_case(case), month).lines:
        kind = "own" if line.kind in ("monthly_allowance", "social_pension") else line.kind
        sums[line.person, kind] += line.amount_vnd
    return dict(sums)


def answerable():
    """Own cases of the settled procedure, with the events the second reading knows."""
    found = [case for case in own_cases() if case["procedure"] == "settled"]
    return [case for case in found if {event["kind"] for event in case.get("events", ())} <= KNOWN_EVENTS]


@settings(max_examples=LIVES, deadline=None)
@given(questions())
def test_both_readings_give_the_same_money(question):
    case, month = question
    assert of_product(case, month) == Second(case).month(month)


def test_the_second_reading_passes_the_worked_cases():
    asked = [(case, entry) for case in answerable() for entry in case["expect"] if entry["ask"] == "monthly"]
    assert len(asked) > 500
    for case, entry in asked:
        got = sum(Second(case).month(date.fromisoformat(f"{entry['month']}-01")).values())
        assert got == entry["total_vnd"], (case["id"], entry["month"])


@pytest.mark.parametrize("key", ["birth", "disability"])
def test_a_changed_fact_is_noticed(key):
    case = {"procedure": "settled", "persons": {"one": {"birth": "1990-01-01", "disability": "severe"}}}
    other = {**case, "persons": {"one": {**case["persons"]["one"], key: {"birth": "1950-01-01", "disability": "mild"}[key]}}}
    assert of_product(other, date(2026, 8, 1)) != Second(case).month(date(2026, 8, 1))
