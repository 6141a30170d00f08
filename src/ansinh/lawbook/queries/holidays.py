"""Which days the offices work: the lists that come with the law, with those an officer confirmed or corrected laid over."""

from __future__ import annotations

from datetime import date

from ansinh.law.procedures import Calendar, HolidayYear, load_years
from ansinh.lawbook.models import HolidayList


def calendar() -> Calendar:
    """The calendar as it stands now; the newest list of a year holds. One query."""
    newest = HolidayList.objects.order_by("year", "-id").distinct("year")
    return load_years().with_years(as_year(row) for row in newest)


def as_year(row: HolidayList) -> HolidayYear:
    """A confirmed list in the shape of the law: what an officer confirmed is settled."""
    return HolidayYear(row.year, _days(row.days_off), _days(row.worked), frozenset(), row.source, "V")


def _days(texts: list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
