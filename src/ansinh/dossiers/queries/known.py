"""What the register already knows of what a form asks: nobody declares it twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from ansinh.people.models import HouseholdCircumstance, Person


def known_facts(person: Person, kinds: Iterable[str], *, on: date) -> dict[str, tuple[Any, date | None]]:
    """(value, since) of the facts of these kinds that hold on a day, of the person or of the household they belong to then."""
    kinds = list(kinds)
    own = person.circumstances.filter(kind__in=kinds, period__contains=on)
    memberships = person.memberships.filter(period__contains=on).values("household")
    shared = HouseholdCircumstance.objects.filter(household__in=memberships, kind__in=kinds, period__contains=on)
    return {fact.kind: (fact.value, fact.period.lower) for fact in (*shared, *own)}


def housemates(person: Person, *, on: date) -> list[Person]:
    """The others of the household on a day, alive, the oldest first."""
    homes = person.memberships.filter(period__contains=on).values("household")
    found = Person.objects.filter(memberships__household__in=homes, memberships__period__contains=on, died_on=None)
    return list(found.exclude(pk=person.pk).distinct().order_by("born_on", "id"))


def found_person(text: str) -> Person | None:
    """The person of a code or a personal number, if whoever asks may see them; not one who died, nor a row kept twice."""
    plain = "".join(text.split()).upper()
    return Person.objects.filter(Q(code=plain) | Q(personal_number=plain), died_on=None, same_as=None).first()
