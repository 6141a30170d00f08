"""Find people as officers ask: "nguyen thi tu 1942", "tu nguyen, quynh phu", a date, a number, its tail, a payment book, a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from ansinh.database import roles
from ansinh.database.acting import role_in_force
from ansinh.imports.reading.dates import read_date
from ansinh.kernel.folding import fold
from ansinh.people.models import OtherName, Person
from ansinh.people.models.identity import name_words
from ansinh.people.queries.matching import Match, MatchRow, match

NAMES_TAKEN = 200
_YEAR = re.compile(r"(?:18|19|20)\d{2}$")
_CODE = re.compile(r"(?:t-)?(nt\d{8})$")
_NOT_WORD = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class Hit:
    """A person found, and why when it is not plain."""

    person: Person
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, parted into words of a name, a birth day or year, digits, a code, and a place after a comma."""

    name: str = ""
    year: int | None = None
    day: date | None = None
    digits: str = ""
    code: str = ""
    place: str = ""

    @classmethod
    def read(cls, text: str) -> Asked:
        who, _, place = fold(text).partition(",")
        found: dict = {"place": place.strip()}
        words = []
        for word in who.split():
            if code := _CODE.match(word):
                found["code"] = code.group(1).upper()
            elif _YEAR.match(word):
                found["year"] = int(word)
            elif word.isdigit() and len(word) >= 3:
                found["digits"] = word
            elif day := _day(word):
                found |= {"day": day, "year": day.year}
            elif any(letter.isalpha() for letter in word):
                words.append(_NOT_WORD.sub("", word))
        return cls(name=" ".join(word for word in words if word), **found)


def _day(word: str) -> date | None:
    """A whole date, as typed."""
    if not any(sign in word for sign in "/.-"):
        return None
    read, _ = read_date(word)
    return read.on if read and read.precision == "day" else None


def search(text: str, *, unit: int | None = None, limit: int = 50) -> list[Hit]:
    """People the viewer may see, best first. At most four queries, whatever the size of the register.

    All words of the name in any order; where nobody has them, names like it; where the year does not fit, without it.
    """
    asked = Asked.read(text)
    found = Person.objects.filter(same_as__isnull=True).select_related("unit", "village")
    if unit:
        found = found.filter(unit=unit)
    if asked.place:
        found = found.filter(Q(unit__name_folded__contains=asked.place) | Q(village__name_folded__contains=asked.place))
    if asked.code:
        return [Hit(person) for person in found.filter(code=asked.code)]
    if asked.digits:
        return [Hit(person) for person in _by_number(found, asked.digits)[:limit]]
    born = _born(found, asked)
    if not asked.name:
        return [Hit(person) for person in born.order_by("sort_key", "id")[:limit]] if asked.year or asked.place else []
    return _by_words(born, asked, limit) or _by_likeness(born, asked, limit) or _of_other_birth(found, asked, limit)


def _born(found: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Born on the day typed, or in the year; a birth known only by year fits every day of it."""
    if asked.day:
        partly = Q(born_on__year=asked.day.year) & ~Q(birth_precision="day")
        return found.filter(Q(born_on=asked.day) | partly)
    return found.filter(born_on__year=asked.year) if asked.year else found


def _by_words(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    """Everybody whose name has all the words; then those known by another name that has."""
    words = asked.name.split()
    named = list(_named(found, words).order_by("sort_key", "id")[:limit])
    others = OtherName.objects.annotate(words=name_words("name_folded")).filter(words__contains=words)
    known = {other.person_id: other.name for other in others.filter(person__in=found)[:limit]}
    hits = [Hit(person) for person in sorted(named, key=lambda p: (len(p.name_folded), p.sort_key))]
    missing = known.keys() - {person.pk for person in named}
    if missing and len(hits) < limit:
        hits += [
            Hit(p, _("tên gọi khác: %(name)s") % {"name": known[p.pk]})
            for p in found.filter(pk__in=missing).order_by("sort_key", "id")
        ]
    return hits[:limit]


def _named(found: QuerySet[Person], words: list[str]) -> QuerySet[Person]:
    """Those whose name has all the words. A commune asks through its door, where the index of words may be used."""
    if role_in_force() == roles.COMMUNE:
        return found.filter(id__in=RawSQL("SELECT people_named(%s)", [words]))
    return found.annotate(words=name_words("name_folded")).filter(words__contains=words)


def _by_likeness(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    """Small typing errors, through the dictionary of names."""
    names = names_like(asked.name)
    people = found.filter(name_folded__in=names).order_by("sort_key", "id")[: limit * 4]
    best = sorted(people, key=lambda p: names[p.name_folded], reverse=True)
    return [Hit(person, _("tên gần giống")) for person in best[:limit]]


def _of_other_birth(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    if not asked.year or len(asked.name.split()) < 2:
        return []
    near = sorted(
        _named(found, asked.name.split()).order_by("sort_key", "id")[: limit * 4],
        key=lambda p: abs((p.born_on.year if p.born_on else 0) - asked.year),
    )
    return [Hit(person, _("khác năm sinh")) for person in near[:limit]]


def names_like(name: str) -> dict[str, float]:
    """Names of the dictionary like this one, words in any order, with a score."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_folded, score FROM people_names_like(%s, %s)", [name, NAMES_TAKEN])
        return dict(cursor.fetchall())


def _by_number(found: QuerySet[Person], digits: str) -> QuerySet[Person]:
    """A whole number, its beginning, its last figures, an old number, a telephone or a payment book."""
    if len(digits) == 12:
        return found.filter(Q(personal_number=digits) | Q(other_numbers__number=digits)).distinct()
    whole = Q(payment_book=digits) | Q(other_numbers__number=digits) | Q(telephone=digits)
    ends = Q(personal_number__startswith=digits) | Q(personal_number__endswith=digits)
    return found.filter(ends | whole).distinct().order_by("sort_key", "id")


def may_ask_elsewhere(text: str) -> bool:
    """Whether this is enough to ask other communes: a whole number, or a name of two words with a birth year."""
    asked = Asked.read(text)
    return len(asked.digits) in (9, 12) or (asked.year is not None and len(asked.name.split()) >= 2)


def elsewhere(text: str, *, units: Iterable[int]) -> list[Match]:
    """People outside `units`: a masked name, birth year and commune only. The caller journals the asking."""
    if not may_ask_elsewhere(text):
        return []
    asked = Asked.read(text)
    born = asked.day or (date(asked.year, 1, 1) if asked.year else None)
    number = asked.digits if len(asked.digits) in (9, 12) else None
    row = MatchRow(row=1, name=asked.name, born=born, precision="day" if asked.day else "year", number=number, unit=0)
    return [hit for hit in match([row], units=units).get(1, []) if not hit.in_scope]
