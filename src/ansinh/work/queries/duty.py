"""The duty calendar of an office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from ansinh.access.models import Absence, Office, Post, Role
from ansinh.access.queries import absences_of
from ansinh.access.queries.absences import HEADS
from ansinh.work.models import DayPart, DutyEntry

_ORDER = {DayPart.ALL: 0, DayPart.MORNING: 1, DayPart.AFTERNOON: 2, DayPart.NIGHT: 3}


def keeps_duty(post: Post) -> bool:
    """Heads and the clerk write the calendar of their office."""
    return post.role in (*HEADS, Role.CLERK, Role.DIVISION_OFFICER)


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def entries_of(office: Office) -> QuerySet[DutyEntry]:
    """Lines of the calendar of an office that stand."""
    return DutyEntry.objects.filter(office=office, removed_at__isnull=True).select_related("post__user")


@dataclass
class DutyDay:
    """One day of the calendar: its lines, and who is away."""

    day: date
    entries: list[DutyEntry] = field(default_factory=list)
    away: list[Absence] = field(default_factory=list)


def duty_between(office: Office, first: date, last: date) -> list[DutyDay]:
    """Every day from `first` to `last`. Two queries."""
    days = {first + timedelta(days=n): DutyDay(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    found = entries_of(office).filter(on__range=(first, last)).order_by("on", "id")
    for entry in sorted(found, key=lambda one: (one.on, _ORDER[DayPart(one.session)], one.pk)):
        days[entry.on].entries.append(entry)
    for absence in absences_of(office).filter(period__overlap=DateRange(first, last + timedelta(days=1))):
        for one in days.values():
            if absence.period.lower <= one.day and not absence.is_over(one.day):
                one.away.append(absence)
    return list(days.values())
