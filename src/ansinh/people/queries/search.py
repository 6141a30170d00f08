"""Find people as officers ask: "nguyen thi tu 1942", a number, the tail of one, a payment book."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from ansinh.kernel.folding import fold
from ansinh.people.models import Person

NAMES_TAKEN = 200
_YEAR = re.compile(r"(?:19|20)\d{2}$")


@dataclass(frozen=True)
class Hit:
    """A person found, and why when it is not plain."""

    person: Person
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, parted into words of a name, a birth year and digits."""

    name: str
    year: int | None
    digits: str

    @classmethod
    def read(cls, text: str) -> Asked:
        words, year, digits = [], None, ""
        for word in fold(text).split():
            if _YEAR.match(word):
                year = int(word)
            elif word.isdigit() and len(word) >= 3:
                digits = word
            elif any(letter.isalpha() for letter in word):
                words.append(re.sub(r"[^a-z0-9]", "", word))
        return cls(" ".join(word for word in words if word), year, digits)


def search(text: str, *, unit: int | None = None, limit: int = 50) -> list[Hit]:
    """People the viewer may see, best first. At most three queries, whatever the size of the register."""
    asked = Asked.read(text)
    found = Person.objects.filter(same_as__isnull=True).select_related("unit", "village")
    if unit:
        found = found.filter(unit=unit)
    if asked.year:
        found = found.filter(born_on__year=asked.year)
    if asked.digits:
        return [Hit(person) for person in _by_number(found, asked.digits)[:limit]]
    if not asked.name:
        return [Hit(person) for person in found.order_by("sort_key", "id")[:limit]] if asked.year else []
    names = names_like(asked.name)
    people = found.filter(name_folded__in=names).order_by("sort_key", "id")[: limit * 4]
    return [_hit(person, asked) for person in sorted(people, key=lambda p: names[p.name_folded], reverse=True)[:limit]]


def names_like(name: str) -> dict[str, float]:
    """Names of the dictionary with all these words in any order; else those like it; with a score."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_folded, score FROM people_names_like(%s, %s)", [name, NAMES_TAKEN])
        return dict(cursor.fetchall())


def _by_number(found: QuerySet[Person], digits: str) -> QuerySet[Person]:
    """A whole number, its beginning, its last figures, an old number or a payment book."""
    if len(digits) == 12:
        return found.filter(Q(personal_number=digits) | Q(other_numbers__number=digits)).distinct()
    ends = Q(personal_number__startswith=digits) | Q(personal_number__endswith=digits)
    return found.filter(ends | Q(payment_book=digits) | Q(other_numbers__number=digits)).distinct().order_by("sort_key", "id")


def _hit(person: Person, asked: Asked) -> Hit:
    words = set(person.name_folded.split())
    return Hit(person, "" if set(asked.name.split()) <= words else "tên gần giống")
