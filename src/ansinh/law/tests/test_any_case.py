"""Whatever the case format can say is understood: never a crash, never a negative amount, never less by a higher floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh import law
from ansinh.law.caseformat import social
from ansinh.law.caseformat.comparing import differences, kinds_of
from ansinh.law.caseformat.reading import file_faults
from ansinh.law.resolutions import SCOPES, Provincial
from ansinh.law.situation import Situation
from ansinh.law.tests.any_case import AnyCase

MONTHS = st.sampled_from(
    [date(2019, 6, 1), date(2021, 7, 1), date(2024, 7, 1), date(2025, 7, 1), date(2026, 8, 1), date(2026, 10, 1)]
)
SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=60)
@given(SEEDS)
def test_every_case_that_fits_the_format_is_answered_or_refused_in_words(seed: int) -> None:
    case = AnyCase(Random(seed)).drawn()

    assert list(file_faults({"format": social.FORMAT, "cases": [case]})) == []
    assert all(found.expected and found.got for found in differences(case))
    assert kinds_of(case)


@settings(max_examples=60)
@given(SEEDS, MONTHS)
def test_no_line_is_negative_and_what_is_held_is_not_payable(seed: int, month: date) -> None:
    result = law.monthly(Situation.from_case(AnyCase(Random(seed)).drawn()), month)

    assert all(line.amount_vnd >= 0 and line.count >= 1 and line.coefficient > 0 for line in (*result.lines, *result.lost))
    assert 0 <= result.payable_vnd <= result.total_vnd
    assert len({(line.person, line.category) for line in result.lines}) == len(result.lines)


@settings(max_examples=60)
@given(SEEDS, MONTHS)
def test_a_higher_level_of_the_province_never_gives_less(seed: int, month: date) -> None:
    national = replace(Situation.from_case(AnyCase(Random(seed)).drawn()), provincial=())
    levels = [Provincial(level, date(2015, 1, 1), frozenset(SCOPES)) for level in (100_000, 560_000, 800_000)]
    totals = [law.monthly(replace(national, provincial=(level,)), month).total_vnd for level in levels]

    assert law.monthly(national, month).total_vnd == totals[0] <= totals[1] <= totals[2]
