"""What is written of people beside what a list wrote, and what a list left behind: asked before the list is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import models

from ansinh.database.dependents import resting_on
from ansinh.people.models import Circumstance, OtherNumber, Person, Residence

WRITTEN_WITH = (Residence, OtherNumber, Circumstance)


def resting_on_people(persons: Sequence[Person], *, mine: Mapping[type[models.Model], models.Q]) -> list[models.Model]:
    """Rows that speak of these people beside what was written down with them, and the people whose death was recorded since."""
    if not persons:
        return []
    with_them = {model: _with(persons[0]) for model in WRITTEN_WITH}
    dead = [person for person in persons if person.died_on][:10]
    return [*dead, *resting_on(Person, [person.pk for person in persons], mine={**with_them, **mine})]


def _with(person: Person) -> models.Q:
    return models.Q(recorded_at=person.recorded_at, source=person.source)


def facts_as_they_stand(person: Person, kind: str) -> list[dict]:
    """What is written of one kind, as plain values that `restore_facts` can bring back."""
    return [
        {
            "key": fact.pk, "value": fact.value, "since": _iso(fact.period.lower), "until": _iso(fact.period.upper),
            "detail": fact.detail, "source": fact.source, "recorded_by": fact.recorded_by,
            "recorded_at": fact.recorded_at.isoformat(),
        }
        for fact in person.circumstances.filter(kind=kind).order_by("period")
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
