"""People written down a second time, with the slips a commune makes; and people who only look like somebody: twins, namesakes, sons.

The shares of each slip are assumptions, stated here; nothing of them was counted in a real register.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.database.acting import as_maintenance
from ansinh.database.bulk import insert_keyed, insert_rows
from ansinh.demo.names import words
from ansinh.kernel.folding import fold, sort_key
from ansinh.people.models import Membership, OtherNumber, Person, Relative
from ansinh.project.bench.province import SEED, Province

SOURCE = "gieo để đo"
# How a copy's number stands to the first one's: none, the old 9-digit paper on both sides, one slip, or another's whole number.
_NUMBERS = (("missing", 50), ("old_paper", 10), ("old_paper_unknown", 10), ("slip", 25), ("other", 5))
_NAMES = ((None, 50), ("marks", 20), ("i_y", 5), ("order", 5), ("no_middle", 10), ("letter", 10))
_BIRTHS = ((None, 65), ("year", 15), ("turned", 8), ("one_part", 12))
_VILLAGE, _COMMUNE, _TELEPHONE, _HOUSEHOLD, _RELATIVES, _BOOK = 0.15, 0.12, 0.25, 0.25, 0.2, 0.1
_SAMPLE = """
SELECT p.id, p.full_name, p.sex, p.born_on, p.birth_precision, p.personal_number, p.unit_id, p.village_id,
  (SELECT household_id FROM people_membership m WHERE m.person_id = p.id AND upper(m.period) IS NULL)
FROM people_person p WHERE p.id %% %s = 0 AND p.died_on IS NULL AND p.personal_number IS NOT NULL ORDER BY p.id LIMIT %s
"""
_RELATED = (
    "SELECT person_id, kind, name FROM people_relative WHERE kind IN ('father', 'mother', 'spouse') AND person_id = ANY (%s)"
)


@dataclass(frozen=True)
class Known:
    """Somebody of the register who is copied."""

    id: int
    name: str
    sex: str
    born: date
    precision: str
    number: str
    unit: int
    village: int | None
    household: int | None


@dataclass
class Double:
    """A row to be written: `of` whom it is a copy or a likeness; `is_same` says which."""

    of: Known
    is_same: bool
    row: Person
    old_paper: str = ""
    on_both: bool = False
    household: int | None = None
    relatives: bool = False


@dataclass
class Planted:
    """What was planted: pairs of keys that are one person, and pairs that only look so, by kind."""

    doubles: set[tuple[int, int]] = field(default_factory=set)
    likenesses: set[tuple[int, int]] = field(default_factory=set)


def plant(province: Province, number: int) -> Planted:
    """Write `number` doubles and half as many likenesses into the register, always the same ones."""
    chance = random.Random(SEED)
    with as_maintenance():
        sowing = _Sowing(province, chance)
        step = max(1, province.size // (number + number // 2 + 1))
        known = [Known(*row) for row in _rows(_SAMPLE, step, number * 2)]
        chance.shuffle(known)
        copies, likes = known[:number], known[number : number + number // 2]
        rows = [sowing.copied(one) for one in copies] + [sowing.like(one) for one in likes]
        return _written(rows, province)


def _rows(statement: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


class _Sowing:
    """Makes rows. Villages by commune are read once."""

    def __init__(self, province: Province, chance: random.Random) -> None:
        self.chance, self.now = chance, province.now
        self.units = [unit.id for unit in province.units]
        self.villages: dict[int, list[int]] = {}
        for unit, village in _rows("SELECT unit_id, id FROM localities_village ORDER BY id"):
            self.villages.setdefault(unit, []).append(village)
        self.given = words("given").all

    def copied(self, one: Known) -> Double:
        """The same person again, with slips."""
        name, (born, precision) = slipped_name(one.name, self._one_of(_NAMES), self.chance), self._birth(one)
        unit, village = one.unit, one.village
        if self.chance.random() < _COMMUNE:
            unit = self.chance.choice(self.units)
        if unit != one.unit or self.chance.random() < _VILLAGE:
            village = self.chance.choice(self.villages.get(unit) or [None])
        how = self._one_of(_NUMBERS)
        made = Double(one, True, self._row(one, name, born, precision, unit, village))
        if how in ("slip", "other"):
            made.row.personal_number = self._slip(one.number) if how == "slip" else self._number(one.sex, one.born)
        elif how != "missing":
            made.old_paper, made.on_both = f"{self.chance.randrange(10**8, 10**9)}", how == "old_paper"
        if self.chance.random() < _TELEPHONE:
            made.row.telephone = f"09{one.id:08d}"
        if self.chance.random() < _BOOK:
            made.row.payment_book = f"SL-{one.id}"
        if unit == one.unit and self.chance.random() < _HOUSEHOLD:
            made.household = one.household
        made.relatives = self.chance.random() < _RELATIVES
        return made

    def like(self, one: Known) -> Double:
        """Somebody else: a twin, a namesake of the same year in the commune, or a son named as the father."""
        kind = self.chance.choice(("twin", "namesake", "son"))
        name, born, precision, village = one.name, one.born, one.precision, one.village
        if kind == "twin":
            family = one.name.split(" ")[:-1]
            given = self.chance.choice(self.given) if self.chance.random() < 0.7 else one.name.split(" ")[-1] + "h"
            name = " ".join([*family, given if fold(given) != fold(one.name.split(" ")[-1]) else "Khác"])
        elif kind == "namesake":
            born = date(one.born.year, self.chance.randrange(1, 13), self.chance.randrange(2, 29))
            born, precision = (date(born.year, 1, 1), "year") if self.chance.random() < 0.3 else (born, "day")
            village = self.chance.choice(self.villages.get(one.unit) or [None])
        else:
            born, precision = (
                date(min(2025, one.born.year + 25), self.chance.randrange(1, 13), self.chance.randrange(2, 29)),
                "day",
            )
        made = Double(one, False, self._row(one, name, born, precision, one.unit, village))
        if self.chance.random() < 0.75:
            beside = kind == "twin" and self.chance.random() < 0.5
            made.row.personal_number = f"{int(one.number) + 1:012d}" if beside else self._number(one.sex, born)
        if kind != "namesake":
            made.household = one.household
            made.relatives = kind == "twin"
        return made

    def _row(self, one: Known, name: str, born: date, precision: str, unit: int, village: int | None) -> Person:
        return Person(
            full_name=name, sort_key=sort_key(name), sex=one.sex, born_on=born, birth_precision=precision, unit_id=unit,
            village_id=village, source=SOURCE, recorded_by=SOURCE, recorded_at=self.now,
        )  # fmt: skip

    def _one_of(self, shares: Sequence[tuple]) -> str | None:
        return self.chance.choices([key for key, _ in shares], [weight for _, weight in shares])[0]

    def _birth(self, one: Known) -> tuple[date, str]:
        how, born = self._one_of(_BIRTHS) if one.precision == "day" else None, one.born
        if how == "year":
            return date(born.year, 1, 1), "year"
        if how == "turned" and born.day <= 12:
            return date(born.year, born.day, born.month), "day"
        if how == "one_part":
            part = self.chance.randrange(3)
            changed = (
                (born.year - 1, born.month, born.day),
                (born.year, born.month % 12 + 1, born.day),
                (born.year, born.month, born.day % 28 + 1),
            )
            year, month, day = changed[part]
            return date(year, month, min(day, 28)), "day"
        return born, one.precision

    def _slip(self, number: str) -> str:
        """One digit wrong, or two neighbours turned."""
        place = self.chance.randrange(len(number) - 1)
        if self.chance.random() < 0.25 and number[place] != number[place + 1]:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        return number[:place] + str((int(number[place]) + self.chance.randrange(1, 10)) % 10) + number[place + 1 :]

    def _number(self, sex: str, born: date) -> str:
        return f"034{2 * (born.year >= 2000) + (sex == 'female')}{born.year % 100:02d}{self.chance.randrange(10**6):06d}"


def slipped_name(name: str, how: str | None, chance: random.Random) -> str:
    """A name as somebody else wrote it down. A slip that the name has no room for leaves it as it is."""
    parts = name.split(" ")
    if how == "marks":
        place = chance.randrange(len(parts))
        plain = unicodedata.normalize("NFD", parts[place]).replace("đ", "d").replace("Đ", "D")
        parts[place] = "".join(letter for letter in plain if not unicodedata.combining(letter))
    elif how == "i_y":
        parts = [part.replace("ý", "í").replace("y", "i") if len(part) <= 3 else part for part in parts]
    elif how == "order" and len(parts) > 3:
        parts[1], parts[2] = parts[2], parts[1]
    elif how == "no_middle" and len(parts) > 2:
        del parts[1 + chance.randrange(len(parts) - 2)]
    elif how == "letter":
        place = chance.randrange(len(parts))
        if len(parts[place]) > 2:
            cut = chance.randrange(1, len(parts[place]))
            parts[place] = parts[place][:cut] + parts[place][cut + 1 :]
    return " ".join(parts)


def _written(doubles: list[Double], province: Province) -> Planted:
    """Rows, their households, old papers and relatives, and what the first rows need to agree with them."""
    given = [one.row.personal_number for one in doubles if one.row.personal_number]
    taken = {number for (number,) in _rows("SELECT personal_number FROM people_person WHERE personal_number = ANY (%s)", given)}
    for one in doubles:
        if one.row.personal_number in taken:
            one.row.personal_number = None
        elif one.row.personal_number:
            taken.add(one.row.personal_number)
    insert_keyed([one.row for one in doubles])
    insert_rows(_memberships(doubles, province))
    insert_rows(_papers(doubles, province))
    insert_rows(_relatives(doubles, province))
    with connection.cursor() as cursor:
        for column in ("telephone", "payment_book"):
            told = [(one.of.id, getattr(one.row, column)) for one in doubles if getattr(one.row, column)]
            cursor.executemany(f"UPDATE people_person SET {column} = %s WHERE id = %s", [(said, key) for key, said in told])
    pairs = {flag: {(one.of.id, one.row.pk) for one in doubles if one.is_same == flag} for flag in (True, False)}
    return Planted(pairs[True], pairs[False])


def _recorded(province: Province) -> dict:
    return {"source": SOURCE, "recorded_by": SOURCE, "recorded_at": province.now}


def _memberships(doubles: list[Double], province: Province) -> Iterator[Membership]:
    for one in doubles:
        if one.household:
            yield Membership(
                person=one.row, household_id=one.household, relation="cháu", period=DateRange(None, None), **_recorded(province)
            )


def _papers(doubles: list[Double], province: Province) -> Iterator[OtherNumber]:
    for one in doubles:
        if one.old_paper:
            yield OtherNumber(person=one.row, kind="cmnd", number=one.old_paper, **_recorded(province))
        if one.on_both:
            yield OtherNumber(person_id=one.of.id, kind="cmnd", number=one.old_paper, **_recorded(province))


def _relatives(doubles: list[Double], province: Province) -> Iterator[Relative]:
    asked = {one.of.id: one.row for one in doubles if one.relatives}
    for person, kind, name in _rows(_RELATED, list(asked)):
        yield Relative(person=asked[person], kind=kind, name=name, period=DateRange(None, None), **_recorded(province))
