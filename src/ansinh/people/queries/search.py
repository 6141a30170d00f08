"""Find people as officers ask: "nguyen thi tu 1942", "tu nguyen, quynh phu", a date, a number, its tail, a payment book, a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from ansinh.database import roles
from ansinh.database.acting import role_in_force
from ansinh.imports.reading.dates import read_date
from ansinh.kernel.folding import fold
from ansinh.localities.models import Level, Unit, Village
from ansinh.people.models import OtherNumber, Person
from ansinh.people.queries.matching import Match, MatchRow, match

NAMES_TAKEN = 200
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


@dataclass(frozen=True)
class Among:
    """Whom the search is about, as a condition on `people_person p` with its parameters."""

    condition: str
    values: dict

    @property
    def is_local(self) -> bool:
        """Whether only people of some places are asked for: the role sees no others, or a commune was chosen."""
        return "unit" in self.values or role_in_force() == roles.COMMUNE

    @classmethod
    def of(cls, asked: Asked, unit: int | None, *, any_birth: bool = False) -> Among:
        parts, values = ["p.same_as_id IS NULL"], {}
        if unit:
            parts.append("p.unit_id = %(unit)s")
            values["unit"] = unit
        if asked.place:
            parts.append("(p.unit_id = ANY (%(units)s) OR p.village_id = ANY (%(villages)s))")
            values |= _placed(asked.place)
        if asked.year and not any_birth:
            values |= {"first": date(asked.year, 1, 1), "last": date(asked.year, 12, 31), "day": asked.day}
            whole = "p.born_on BETWEEN %(first)s AND %(last)s"
            parts.append(f"{whole} AND (p.born_on = %(day)s OR p.birth_precision <> 'day')" if asked.day else whole)
        return cls(" AND ".join(parts), values)


def search(text: str, *, unit: int | None = None, limit: int = 50) -> list[Hit]:
    """People the viewer may see, best first. A fixed number of queries, whatever the size of the register.

    The name as it is written first, then names that go on from it, then from the given name ("tư nguyễn"), then its words in any
    order; where nobody has them, names like it; where the year does not fit, without it.
    """
    asked = Asked.read(text)
    among = Among.of(asked, unit)
    if asked.code:
        return _hits(_asked("SELECT p.id, '' FROM people_person p WHERE {among} AND p.code = %(code)s", among, code=asked.code))
    if asked.digits:
        return _hits(_by_number(among, asked.digits, limit))
    if not asked.name:
        plain = "SELECT p.id, '' FROM people_person p WHERE {among} ORDER BY p.sort_key, p.id LIMIT %(limit)s"
        return _hits(_asked(plain, among, limit=limit)) if asked.year or asked.place else []
    names = _names_with(asked.name)
    return (
        _by_words(among, asked.name, names, limit)
        or _hits(_having(among, names_like(asked.name), limit), _("tên gần giống"))
        or _of_other_birth(asked, unit, names, limit)
    )


def _placed(place: str) -> dict[str, list[int]]:
    """Communes and villages whose name has these words. Places are few: they are asked first."""
    units = Unit.objects.filter(name_folded__contains=place, level=Level.COMMUNE).values_list("id", flat=True)
    villages = Village.objects.filter(name_folded__contains=place).values_list("id", flat=True)
    return {"units": list(units), "villages": list(villages)}


def _asked(statement: str, among: Among, **values: object) -> list[tuple[int, str]]:
    """Rows (key, other name) of a statement that says `{among}` where the search is narrowed."""
    with connection.cursor() as cursor:
        # The index by place and name has a collation of its own, so that no other can be taken for it: the planner takes a span of
        # names for short, and would read the whole province's for one commune.
        column = 'p.name_folded COLLATE "C"' if among.is_local else "p.name_folded"
        cursor.execute(statement.replace("{among}", among.condition).replace("{name}", column), {**among.values, **values})
        return cursor.fetchall()


def _hits(rows: Iterable[tuple[int, str]], reason: str = "") -> list[Hit]:
    """The people of these rows, each once, in their order; one found under another name says so."""
    found: dict[int, str] = {}
    for key, other in rows:
        found.setdefault(key, other)
    people = Person.objects.select_related("unit", "village").in_bulk(list(found)) if found else {}
    told = _("tên gọi khác: %(name)s")
    return [Hit(people[key], told % {"name": other} if other else reason) for key, other in found.items() if key in people]


# A text and what goes on from it with another word are one span of an index, in the order of code points. Spans may be asked before
# row security. No part is read further than the limit needs. {name}: the name in the collation of the index that shall be read.
_SPAN = """
SELECT p.id, '' FROM people_person p WHERE {among} AND {name} >= %(name)s AND {name} < %(name)s || '!'
ORDER BY {name}, p.id LIMIT %(limit)s
"""
_HAVING = """
SELECT one.id, '' FROM unnest(%(names)s::text[]) WITH ORDINALITY AS wanted(name, place) CROSS JOIN LATERAL (
  SELECT p.id FROM people_person p WHERE {among} AND {name} = wanted.name ORDER BY p.id LIMIT %(limit)s
) AS one ORDER BY wanted.place LIMIT %(limit)s
"""
_OF_COMMUNE = """
SELECT p.id, '' FROM people_named(%(words)s) AS own(id) JOIN people_person p ON p.id = own.id WHERE {among}
ORDER BY p.sort_key, p.id LIMIT %(limit)s
"""
_OTHER_NAMES = """
SELECT p.id, o.name FROM people_othername o JOIN people_person p ON p.id = o.person_id
WHERE {among} AND o.name_folded LIKE ALL (%(parts)s) ORDER BY o.id LIMIT %(limit)s
"""


def _by_words(among: Among, name: str, names: list[str], limit: int) -> list[Hit]:
    """Everybody whose name has all the words, the plainest reading first; then those known by another name that has.

    The dictionary knows the other orders of the words. Where it knows too many, given names are a span of their own for the province;
    a commune asks through its door for its own people.
    """
    many = len(names) == NAMES_TAKEN
    values = {
        "name": name, "names": [other for other in names if not f"{other} ".startswith(f"{name} ")], "words": name.split(),
        "parts": [f"%{word}%" for word in name.split()], "limit": limit,
    }  # fmt: skip
    if not among.is_local:
        turned = [_SPAN.replace("{name}", "p.sort_key")] if many else []
        return _hits(_asked(_one_after_another(_SPAN, *turned, _HAVING, _OTHER_NAMES), among, **values))
    hits = _hits(_asked(_one_after_another(_SPAN, _HAVING, _OTHER_NAMES), among, **values))
    if many and role_in_force() == roles.COMMUNE and not any(f"{hit.person.name_folded} ".startswith(f"{name} ") for hit in hits):
        hits = _hits(_asked(_one_after_another(_OF_COMMUNE, _OTHER_NAMES), among, **values))
    return hits


def _one_after_another(*parts: str) -> str:
    """The rows of several statements; a later one is not even begun when the earlier ones gave enough."""
    return " UNION ALL ".join(f"({part})" for part in parts) + " LIMIT %(limit)s"


def _having(among: Among, names: list[str], limit: int) -> list[tuple[int, str]]:
    """People who have one of the names, those of the first name first."""
    return _asked(_HAVING, among, names=names, limit=limit) if names else []


def _of_other_birth(asked: Asked, unit: int | None, names: list[str], limit: int) -> list[Hit]:
    if not asked.year or len(asked.name.split()) < 2:
        return []
    hits = _by_words(Among.of(asked, unit, any_birth=True), asked.name, names, limit * 4)
    hits.sort(key=lambda hit: abs((hit.person.born_on.year if hit.person.born_on else 0) - asked.year))
    return [Hit(hit.person, _("khác năm sinh")) for hit in hits[:limit]]


def _names_with(name: str) -> list[str]:
    """Names of the dictionary that have all the words, the shortest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_names_with(%s, %s)", [name.split(), NAMES_TAKEN])
        return [row[0] for row in cursor.fetchall()]


def names_like(name: str) -> list[str]:
    """Names of the dictionary like this one, the likest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_folded FROM people_names_like(%s, %s)", [name, NAMES_TAKEN])
        return [row[0] for row in cursor.fetchall()]


_NUMBERS = """
SELECT p.id, '' FROM people_person p WHERE {among} AND ({wanted}) ORDER BY p.sort_key, p.id LIMIT %(limit)s
"""


def _by_number(among: Among, digits: str, limit: int) -> list[tuple[int, str]]:
    """A whole number, its beginning, its last figures, an old number, a telephone or a payment book."""
    others = list(OtherNumber.objects.filter(number=digits).order_by("id").values_list("person_id", flat=True)[:NAMES_TAKEN])
    wanted = ["p.id = ANY (%(others)s)", "p.payment_book = %(digits)s", "(p.telephone = %(digits)s AND p.telephone <> '')"]
    if len(digits) == 12:
        wanted.append("p.personal_number = %(digits)s")
    else:
        wanted.append("(reverse(p.personal_number) >= %(end)s AND reverse(p.personal_number) < %(end)s || ':')")
        if len(digits) >= NUMBER_START:
            wanted.append("(p.personal_number >= %(digits)s AND p.personal_number < %(digits)s || ':')")
    statement = _NUMBERS.replace("{wanted}", " OR ".join(wanted))
    return _asked(statement, among, others=others, digits=digits, end=digits[::-1], limit=limit)


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
