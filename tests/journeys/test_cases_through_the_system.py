"""Worked cases of the law, lived through the office: what the lists hold for a month is what the case says."""

from datetime import date

import pytest
from tests.journeys.living import Life, can_live, expected_months

from ansinh.law.coverage import own_cases

pytestmark = pytest.mark.django_db

PENSION_START = date(2025, 7, 1)
CASES = {case["id"]: case for case in own_cases() if can_live(case)}


def test_the_sample_is_large_and_knows_every_regime():
    regimes = {regime for case in CASES.values() for regime in case["regimes"]}
    assert len(CASES) >= 220 and regimes >= {"R1", "R2", "R3"}


@pytest.mark.parametrize("key", CASES)
def test_the_lists_hold_what_the_case_expects(key, as_maintenance):
    case = CASES[key]
    with as_maintenance():
        paid = Life(case).live()
    expected = {
        month: {(line["person"], line["category"], line["amount_vnd"]) for line in lines}
        for month, lines in expected_months(case).items()
    }
    if min(paid) < PENSION_START <= max(paid):
        # Nobody could sign a pension before its first day: that month's list still pays the allowance it replaces.
        paid, expected = ({m: {(row[0], row[2]) for row in rows} for m, rows in found.items()} for found in (paid, expected))
    assert paid == expected, case["title"]
