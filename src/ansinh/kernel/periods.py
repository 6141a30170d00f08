"""Half-open periods of days and months: from included, to excluded, an open end is None.

A month is its first day (`date(2026, 11, 1)`). Nothing here reads a clock.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.kernel.errors import InvalidInput


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` (None: always before) up to but without `end` (None: still)."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start >= self.end:
            raise InvalidInput(f"Khoảng thời gian không hợp lệ: từ {self.start:%d/%m/%Y} đến {self.end:%d/%m/%Y}.")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )


def month_of(day: date) -> date:
    """The month of a day, as its first day."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """`month` (a first day) moved by `count` months, which may be negative."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def next_month(month: date) -> date:
    return add_months(month, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def months_between(first: date, end: date) -> Iterator[date]:
    """Months from `first` up to but without `end`."""
    while first < end:
        yield first
        first = next_month(first)


def month_count(first: date, second: date) -> int:
    """How many months `second` lies after `first`."""
    return (second.year - first.year) * 12 + second.month - first.month


def parse_month(text: str) -> date:
    """'2026-11' as date(2026, 11, 1). Raises InvalidInput."""
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise InvalidInput(f"Tháng phải viết dạng NĂM-THÁNG, ví dụ 2026-11; đã nhận “{text}”.") from None


def month_text(month: date) -> str:
    """The month as officers write it: '11/2026'."""
    return f"{month:%m/%Y}"


def months_text(months: Iterable[date]) -> str:
    """Months in words, runs joined: '07–10/2026, 12/2026'."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and next_month(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(_run_text(run) for run in runs)


def _run_text(run: list[date]) -> str:
    if len(run) == 1:
        return month_text(run[0])
    if run[0].year == run[-1].year:
        return f"{run[0]:%m}–{month_text(run[-1])}"
    return f"{month_text(run[0])}–{month_text(run[-1])}"


def birthday(born: date, age: int, *, feb29: str = "03-01") -> date:
    """The day on which someone born on `born` reaches `age`.

    `feb29` says which day counts in a common year for a birth on 29 February: '03-01' or '02-28'.
    """
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1) if feb29 == "03-01" else date(year, 2, 28)
    return date(year, born.month, born.day)
