"""Worked cases of the law, lived through the office: what lists hold, what forms and lists of support say, is what the case says.

Facts are written into the register, decisions signed, months run, dossiers received; nothing is asked of the law beside that but
when the office signs. What cannot be lived is counted by its reason.
"""

from __future__ import annotations

from collections import Counter

import pytest
from tests.journeys.living_cases import (
    OF_MONTHS,
    REASONS,
    compare_months,
    compare_once,
    lived_months,
    parts,
    stretches,
    why_not,
)

from ansinh.law.coverage import given_cases, own_cases

pytestmark = pytest.mark.django_db

ALL = {case["id"]: case for case in (*own_cases(), *given_cases())}
LIVED = {key: case for key, case in ALL.items() if not why_not(case)}
PARTS = {part.id: part.case for case in LIVED.values() for part in parts(case)}
MONTHS = [(key, place) for key, case in PARTS.items() for place in range(len(stretches(case)))]
ONCE = [
    (key, place)
    for key, case in PARTS.items()
    for place, question in enumerate(case["expect"])
    if question["ask"] not in OF_MONTHS
]


# How many cases are left out for each reason of `REASONS`: not one more without being seen here.
LEFT_OUT = {
    "facility": 5, "switched_one_by_one": 1, "below_the_decree": 1, "deduction": 1,
    "verified_by_register": 2, "paid_as_due": 2,
}  # fmt: skip


def test_every_case_is_lived_or_left_out_for_a_known_reason():
    assert Counter(why_not(case) for case in ALL.values() if why_not(case)) == LEFT_OUT
    assert LEFT_OUT.keys() <= REASONS.keys()
    assert len(LIVED) == len(ALL) - sum(LEFT_OUT.values())
    assert {regime for case in LIVED.values() for regime in case["regimes"]} == {"R0", "R1", "R2", "R3"}


@pytest.mark.parametrize(("key", "place"), MONTHS)
def test_the_lists_hold_what_the_case_expects(key, place, as_maintenance):
    case = PARTS[key]
    months = stretches(case)[place]
    with as_maintenance():
        paid = lived_months(case, months)
    for got, expected in compare_months(case, months, paid):
        assert got == expected, case["title"]


@pytest.mark.parametrize(("key", "place"), ONCE)
def test_forms_and_lists_of_support_say_what_the_case_expects(key, place, as_maintenance):
    case = PARTS[key]
    with as_maintenance():
        got, expected = compare_once(case, case["expect"][place])
    assert got == expected, case["title"]
