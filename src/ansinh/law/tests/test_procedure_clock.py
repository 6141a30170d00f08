"""Working days over weekends, holidays and swapped days; the clock that stops; lists of a year that cannot be."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansinh.law.engine.errors import LawFileError
from ansinh.law.procedures import Calendar, Clock, HolidayYear, due_day, load_years
from ansinh.law.procedures.calendar import year_faults

CALENDAR = load_years()
FRIDAY = date(2026, 11, 20)


def year(**days) -> HolidayYear:
    parts = {"days_off": frozenset(), "worked": frozenset(), "unsure": frozenset(), **days}
    return HolidayYear(2026, source="thử", mark="K", **parts)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (FRIDAY, 1, date(2026, 11, 23)),
        (FRIDAY, 7, date(2026, 12, 1)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết: a week off
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday worked instead of Monday the 31st
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # received on a Saturday
    ],
)
def test_working_days_are_counted_from_the_day_after(start, count, due):
    assert due_day(start, count, "working", CALENDAR) == due


def test_calendar_days_know_no_weekend():
    assert due_day(FRIDAY, 2, "calendar", CALENDAR) == date(2026, 11, 22)


def test_an_unsettled_day_is_worked_and_said():
    assert CALENDAR.doubts(FRIDAY, date(2026, 12, 1)) == [date(2026, 11, 24)]
    assert CALENDAR.doubts(date(2026, 11, 24), date(2026, 12, 1)) == []
    off = CALENDAR.with_years([year(days_off=frozenset({date(2026, 11, 24)}))])
    assert due_day(FRIDAY, 7, "working", off) == date(2026, 12, 2)


def test_a_year_nobody_listed_is_named():
    assert CALENDAR.unlisted(date(2026, 12, 20), date(2027, 1, 5)) == [2027]


def test_the_clock_stands_still_while_papers_are_missing():
    clock = Clock(FRIDAY, 7, "working", ((date(2026, 11, 24), None),))
    assert clock.due(CALENDAR) is None
    assert clock.left(date(2026, 12, 31), CALENDAR) == 5
    again = Clock(FRIDAY, 7, "working", ((date(2026, 11, 24), date(2026, 12, 4)),))
    assert again.due(CALENDAR) == date(2026, 12, 11)
    assert again.left(date(2026, 12, 11), CALENDAR) == 0
    assert again.left(date(2026, 12, 14), CALENDAR) == -1


def test_papers_asked_for_when_the_time_was_over_bring_no_new_time():
    late = Clock(FRIDAY, 1, "working", ((date(2026, 11, 27), date(2026, 11, 30)),))
    assert late.due(CALENDAR) == date(2026, 11, 30)
    assert late.left(date(2026, 12, 1), CALENDAR) == -5


_DAYS = some.dates(date(2021, 1, 1), date(2026, 11, 1))


@given(start=_DAYS, count=some.integers(1, 40))
def test_a_due_day_is_a_working_day_with_so_many_before_it(start, count):
    due = due_day(start, count, "working", CALENDAR)
    assert CALENDAR.works(due)
    assert CALENDAR.working_between(start, due) == count


@given(start=_DAYS, days=some.integers(1, 30), after=some.integers(0, 40), pause=some.integers(0, 60))
def test_a_pause_never_brings_the_due_day_forward(start, days, after, pause):
    stopped = date.fromordinal(start.toordinal() + after)
    again = date.fromordinal(stopped.toordinal() + pause)
    whole = Clock(start, days, "working").due(CALENDAR)
    assert Clock(start, days, "working", ((stopped, again),)).due(CALENDAR) >= whole or again > whole


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"days_off": frozenset({date(2025, 1, 1)})}, "không thuộc năm 2026"),
        ({"days_off": frozenset({date(2026, 1, 10)}), "worked": frozenset({date(2026, 1, 10)})}, "vừa nghỉ vừa làm bù"),
        ({"worked": frozenset({date(2026, 1, 9)})}, "không phải thứ Bảy"),
    ],
)
def test_what_cannot_be_in_a_year_is_said(days, said):
    assert said in year_faults(year(**days))[0]


def test_a_file_of_years_that_does_not_fit_is_refused(tmp_path: Path):
    path = tmp_path / "holidays.yaml"
    path.write_text("- {year: 2026, mark: K, source: x, worked: ['2026-01-09'], unsure: [], days_off: []}", encoding="utf-8")
    with pytest.raises(LawFileError, match="không phải thứ Bảy"):
        load_years(path)
    path.write_text("- {year: 2026}", encoding="utf-8")
    with pytest.raises(LawFileError):
        load_years(path)


def test_no_calendar_at_all_knows_weekends():
    assert due_day(FRIDAY, 1, "working", Calendar()) == date(2026, 11, 23)
