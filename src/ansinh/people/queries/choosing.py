"""Whom a form means: one person by code or whole number, else those to choose among."""

from __future__ import annotations

from ansinh.people.models import Person
from ansinh.people.queries.search import Hit, search

OFFERED = 8


def choose(text: str) -> tuple[Person | None, list[Hit]]:
    """The person of a code or a personal number, and those found; nobody is chosen by a name, however alone it stands."""
    told = "".join(text.split()).upper()
    if not told:
        return None, []
    known = Person.objects.select_related("village", "unit").filter(same_as=None)
    chosen = known.filter(code=told).first() or known.filter(personal_number=told).first()
    return (chosen, [Hit(chosen)]) if chosen else (None, search(text, limit=OFFERED))
