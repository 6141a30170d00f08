"""Days and months: half-open, whole, and what a birthday on 29 February is."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import (
    Period,
    add_months,
    birthday,
    last_day,
    month_count,
    months_between,
    months_text,
    parse_month,
)

A, B, C = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def test_a_period_holds_its_first_day_and_not_its_end():
    assert A in Period(A, B) and B not in Period(A, B)
    assert A in Period(None, None) and date(1900, 1, 1) in Period(None, A)


def test_periods_that_touch_do_not_overlap():
    assert not Period(A, B).overlaps(Period(B, C)) and not Period(B, None).overlaps(Period(None, B))
    assert Period(A, C).overlaps(Period(B, None)) and Period().overlaps(Period(A, B))


@pytest.mark.parametrize(("start", "end"), [(A, A), (B, A)])
def test_a_period_without_a_day_is_refused(start, end):
    with pytest.raises(InvalidInput, match="không hợp lệ"):
        Period(start, end)


@pytest.mark.parametrize(
    ("month", "count", "there"),
    [(A, 1, B), (A, -1, date(2025, 12, 1)), (date(2026, 12, 1), 1, date(2027, 1, 1)), (A, -25, date(2023, 12, 1))],
)
def test_months_are_moved_over_years(month, count, there):
    assert add_months(month, count) == there and month_count(month, there) == count


def test_the_last_day_knows_february():
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29) and last_day(B) == date(2026, 2, 28)


def test_months_between_leave_out_the_end():
    assert list(months_between(A, C)) == [A, B] and list(months_between(C, A)) == []


@pytest.mark.parametrize("text", ["2026", "11/2026", "2026-13", "2026-0", "", "nay"])
def test_a_month_written_otherwise_is_refused_with_an_example(text):
    with pytest.raises(InvalidInput, match="2026-11"):
        parse_month(text)


def test_runs_of_months_are_joined_in_words():
    months = [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 12, 1), date(2027, 1, 1)]
    assert months_text(months) == "07–09/2026, 12/2026–01/2027"
    assert months_text([]) == ""


def test_who_was_born_on_29_february_has_the_birthday_the_law_says():
    born = date(1952, 2, 29)
    assert birthday(born, 75) == date(2027, 3, 1)
    assert birthday(born, 75, feb29="02-28") == date(2027, 2, 28)
    assert birthday(born, 76) == date(2028, 2, 29)
