"""Find people as officers ask: "nguyen thi tu 1942", "tu nguyen, quynh phu", a date, a number, its tail, a payment book, a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Reverse
from django.utils.translation import gettext as _

from ansinh.database import roles
from ansinh.database.acting import role_in_force
from ansinh.imports.reading.dates import read_date
from ansinh.kernel.folding import fold
from ansinh.localities.models import Level, Unit, Village
from ansinh.people.models import OtherName, OtherNumber, Person
from ansinh.people.queries.matching import Match, MatchRow, match

NAMES_TAKEN = 200
SPELLINGS = 200
NUMBER_START = 6  # fewer figures say only in which province somebody was registered
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
    """People the viewer may see, best first. A fixed number of queries, whatever the size of the register.

    The name as it is written first, then names that go on from it, then from the given name ("tư nguyễn"), then its words in any
    order; where nobody has them, names like it; where the year does not fit, without it.
    """
    asked = Asked.read(text)
    found = Person.objects.filter(same_as__isnull=True)
    if unit:
        found = found.filter(unit=unit)
    if asked.place:
        found = found.filter(_placed(asked.place))
    if asked.code:
        return _hits(found.filter(code=asked.code).values_list("id", flat=True))
    if asked.digits:
        return _hits(_by_number(found, asked.digits)[:limit])
    born = _born(found, asked)
    if not asked.name:
        return _hits(born.order_by("sort_key", "id").values_list("id", flat=True)[:limit]) if asked.year or asked.place else []
    return _by_words(born, asked, limit) or _by_likeness(born, asked, limit) or _of_other_birth(found, asked, limit)


def _placed(place: str) -> Q:
    """In a commune or a village whose name has these words. Places are few: they are asked first."""
    units = Unit.objects.filter(name_folded__contains=place, level=Level.COMMUNE).values_list("id", flat=True)
    villages = Village.objects.filter(name_folded__contains=place).values_list("id", flat=True)
    return Q(unit__in=list(units)) | Q(village__in=list(villages))


def _hits(keys: Iterable[int], reason: str = "") -> list[Hit]:
    """The people of these keys, in their order."""
    keys = list(keys)
    rows = Person.objects.select_related("unit", "village").in_bulk(keys) if keys else {}
    return [Hit(rows[key], reason) for key in keys if key in rows]


def _born(found: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Born on the day typed, or in the year; a birth known only by year fits every day of it."""
    if asked.day:
        partly = Q(born_on__year=asked.day.year) & ~Q(birth_precision="day")
        return found.filter(Q(born_on=asked.day) | partly)
    return found.filter(born_on__year=asked.year) if asked.year else found


def _by_words(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    """Everybody whose name has all the words; then those known by another name that has."""
    keys = _named(found, asked.name, limit)
    hits = _hits(keys)
    if len(hits) < limit:
        others = OtherName.objects.filter(_words_of(asked.name)).order_by("id")[:SPELLINGS]
        known = {other.person_id: other.name for other in others}
        more = found.filter(pk__in=known.keys() - set(keys)).order_by("sort_key", "id").values_list("id", flat=True)
        hits += [
            Hit(hit.person, _("tên gọi khác: %(name)s") % {"name": known[hit.person.pk]})
            for hit in (_hits(more[: limit - len(hits)]) if known else [])
        ]
    return hits


def _words_of(name: str) -> Q:
    """Another name that has every one of the words."""
    wanted = Q()
    for word in name.split():
        wanted &= Q(name_folded__contains=word)
    return wanted


def _span(field: str, start: str) -> Q:
    """Texts that are `start` or go on from it with another word: one span of an index, in the order of code points."""
    return Q(**{f"{field}__gte": start, f"{field}__lt": f"{start}!"})


def _named(found: QuerySet[Person], name: str, limit: int) -> list[int]:
    """Keys of those whose name has all the words, at most `limit`: the plainest reading of what was typed first."""
    keys = list(found.filter(_span("name_folded", name)).order_by("name_folded", "id").values_list("id", flat=True)[:limit])
    if len(keys) < limit:
        turned = found.filter(_span("sort_key", name)).order_by("sort_key", "id").values_list("id", flat=True)
        keys += [key for key in turned[:limit] if key not in keys]
    if len(keys) < limit:
        keys += [key for key in _in_any_order(found, name.split(), limit) if key not in keys]
    return keys[:limit]


def _in_any_order(found: QuerySet[Person], words: list[str], limit: int) -> Iterable[int]:
    """The words in any order: a commune asks through its door for its own people, the others ask the dictionary."""
    if role_in_force() == roles.COMMUNE:
        own = found.filter(id__in=RawSQL("SELECT people_named(%s)", [words]))
        return own.order_by("sort_key", "id").values_list("id", flat=True)[:limit]
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_names_with(%s, %s)", [words, NAMES_TAKEN])
        names = [name for (name,) in cursor.fetchall()]
    return _having(found, names, limit)


def _having(found: QuerySet[Person], names: list[str], limit: int) -> list[int]:
    """Keys of people who have one of the names, those of the first name first. No name is read further than needed."""
    if not names:
        return []
    mine = found.filter(name_folded=RawSQL("wanted.name", [])).order_by("id").values("id")[:limit]
    statement, parameters = mine.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one.id FROM unnest(%s::text[]) WITH ORDINALITY AS wanted(name, place) "
            f"CROSS JOIN LATERAL ({statement}) AS one ORDER BY wanted.place LIMIT %s",
            [names, *parameters, limit],
        )
        return [key for (key,) in cursor.fetchall()]


def _by_likeness(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    """Small typing errors, through the dictionary of names: the likest names first."""
    return _hits(_having(found, names_like(asked.name), limit), _("tên gần giống"))


def _of_other_birth(found: QuerySet[Person], asked: Asked, limit: int) -> list[Hit]:
    if not asked.year or len(asked.name.split()) < 2:
        return []
    hits = _hits(_named(found, asked.name, limit * 4), _("khác năm sinh"))
    return sorted(hits, key=lambda hit: abs((hit.person.born_on.year if hit.person.born_on else 0) - asked.year))[:limit]


def names_like(name: str) -> list[str]:
    """Names of the dictionary like this one, the likest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_folded FROM people_names_like(%s, %s)", [name, NAMES_TAKEN])
        return [row[0] for row in cursor.fetchall()]


def _by_number(found: QuerySet[Person], digits: str) -> QuerySet:
    """A whole number, its beginning, its last figures, an old number, a telephone or a payment book. Keys, by name."""
    others = list(OtherNumber.objects.filter(number=digits).order_by("id").values_list("person_id", flat=True)[:NAMES_TAKEN])
    wanted = Q(pk__in=others) | Q(payment_book=digits) | Q(telephone=digits)
    if len(digits) == 12:
        wanted = Q(pk__in=others) | Q(personal_number=digits)
    else:
        wanted |= Q(number_end__gte=digits[::-1], number_end__lt=f"{digits[::-1]}:")
        if len(digits) >= NUMBER_START:
            wanted |= Q(personal_number__gte=digits, personal_number__lt=f"{digits}:")
    found = found.annotate(number_end=Reverse("personal_number")).filter(wanted)
    return found.order_by("sort_key", "id").values_list("id", flat=True)


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
