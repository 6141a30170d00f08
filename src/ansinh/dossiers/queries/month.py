"""A month at a glance: what is due on which day, holidays, duty, who is away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier
from ansinh.kernel.periods import last_day, month_of
from ansinh.lawbook.queries import calendar
from ansinh.work.models import Task
from ansinh.work.queries import DutyDay, duty_between, week_of


@dataclass(frozen=True)
class MonthDay:
    """One day: last days of open dossiers (and of those mine), tasks of mine due, the office's duty and absences. `works`: a working day."""

    day: date
    in_month: bool
    works: bool
    is_unsure: bool
    dossiers: int
    mine: int
    tasks: int
    duty: DutyDay

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands on it but its date."""
        return not (self.dossiers or self.tasks or self.is_unsure or self.duty.entries or self.duty.away)


def month_days(month: date, *, post: Post, instead: Collection[int] = ()) -> list[list[MonthDay]]:
    """Whole weeks from Monday that hold the month. Five queries; row security says which dossiers."""
    first = week_of(month_of(month))
    last = week_of(last_day(month_of(month))) + timedelta(days=6)
    mine = [post.pk, *instead]
    due = {
        day: (count, own)
        for day, count, own in Dossier.objects.open()
        .filter(due_on__range=(first, last))
        .values_list("due_on")
        .annotate(n=Count("pk"), own=Count("pk", filter=Q(holder__in=mine)))
        .order_by()
    }
    asked = Task.objects.undone().filter(doer__in=mine, due_on__range=(first, last))
    tasks = dict(asked.values_list("due_on").annotate(n=Count("pk")).order_by())
    days = calendar()
    unsure = set(days.doubts(first - timedelta(days=1), last))
    made = [
        MonthDay(
            one.day, one.day.month == month.month, days.works(one.day), one.day in unsure, *due.get(one.day, (0, 0)),
            tasks.get(one.day, 0), one,
        )
        for one in duty_between(post.office, first, last)
    ]  # fmt: skip
    return [made[start : start + 7] for start in range(0, len(made), 7)]
