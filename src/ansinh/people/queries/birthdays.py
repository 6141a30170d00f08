"""Who will soon be as old as a rule of assistance asks."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from ansinh.people.models import Person

# Ages at which what the law gives may change: small children, the end of childhood, older people, the oldest.
AGES = (4, 16, 22, 60, 70, 75, 80)
DAYS_AHEAD = 60


def turning(age: int, *, on: date, days: int = DAYS_AHEAD) -> QuerySet[Person]:
    """Living people who reach `age` after `on` and within `days`. A birth known only by year counts from its first day."""
    return Person.objects.filter(_reaching(age, on, days))


def coming_birthdays(*, on: date, days: int = DAYS_AHEAD) -> dict[int, int]:
    """How many people reach each age soon; one query, which reads those people only."""
    counts = {f"age_{age}": Count("id", filter=_reaching(age, on, days)) for age in AGES}
    anybody = reduce(or_, (_reaching(age, on, days) for age in AGES))
    found = Person.objects.filter(anybody).aggregate(**counts)
    return {age: found[f"age_{age}"] for age in AGES}


def _reaching(age: int, on: date, days: int) -> Q:
    return Q(
        died_on__isnull=True, same_as__isnull=True,
        born_on__gt=years_before(on, age), born_on__lte=years_before(on + timedelta(days=days), age),
    )  # fmt: skip


def years_before(day: date, years: int) -> date:
    """The latest birth date of somebody `years` old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February in a common year
        return date(day.year - years, 2, 28)
