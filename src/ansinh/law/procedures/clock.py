"""When a dossier is due: days counted from the day after receipt, stopped while papers are missing.

Basis: working days "ngày làm việc", calendar days where the decree says "ngày" alone (Điều 12, Điều 13 NĐ 20/2021/NĐ-CP).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.law.procedures.calendar import Calendar
from ansinh.law.procedures.files import Step, Version


def due_day(start: date, days: int, unit: str, calendar: Calendar) -> date:
    """The last of `days` days after `start`, the day itself not counted."""
    return calendar.add_working(start, days) if unit == "working" else start + timedelta(days=days)


@dataclass(frozen=True)
class Clock:
    """The clock of one dossier: begun on `start`, with the days of its version, stopped from and to the days of `pauses`.

    A pause begins on the day papers were asked for and ends on the day they came; None: still stopped. Both days belong to the
    time used up to the asking and after the coming: the day of the asking is used, the day of the coming is not.
    """

    start: date
    days: int
    unit: str
    pauses: tuple[tuple[date, date | None], ...] = ()

    def due(self, calendar: Calendar) -> date | None:
        """The last day; None while the clock stands still."""
        start, left = self.start, self.days
        for stopped, again in self.pauses:
            left = max(0, left - self._used(start, stopped, calendar))
            if again is None:
                return None
            start = again
        return due_day(start, left, self.unit, calendar)

    def left(self, on: date, calendar: Calendar) -> int:
        """Days left on a day, below zero when late. While the clock stands still: what was left when it stopped."""
        start, left = self.start, self.days
        for stopped, again in self.pauses:
            left -= self._used(start, stopped, calendar)
            if again is None:
                return left
            start = again
        return left - self._used(start, on, calendar)

    def _used(self, first: date, last: date, calendar: Calendar) -> int:
        if last <= first:
            return 0
        return calendar.working_between(first, last) if self.unit == "working" else (last - first).days


def step_days(version: Version, start: date, calendar: Calendar) -> list[tuple[Step, date | None]]:
    """Each step with the day it should be done by, one after the other; None for a step without a time of its own."""
    rows: list[tuple[Step, date | None]] = []
    day = start
    for step in version.steps:
        if step.days is None:
            rows.append((step, None))
            continue
        day = due_day(day, step.days, step.unit, calendar)
        rows.append((step, day))
    return rows
