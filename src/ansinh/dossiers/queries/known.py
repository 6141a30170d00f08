"""What the register already knows of what a form asks: nobody declares it twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ansinh.people.models import HouseholdCircumstance, Person


def known_facts(person: Person, kinds: Iterable[str], *, on: date) -> dict[str, tuple[Any, date | None]]:
    """(value, since) of the facts of these kinds that hold on a day, of the person or of the household they belong to then."""
    kinds = list(kinds)
    own = person.circumstances.filter(kind__in=kinds, period__contains=on)
    memberships = person.memberships.filter(period__contains=on).values("household")
    shared = HouseholdCircumstance.objects.filter(household__in=memberships, kind__in=kinds, period__contains=on)
    return {fact.kind: (fact.value, fact.period.lower) for fact in (*shared, *own)}
