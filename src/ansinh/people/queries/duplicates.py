"""Who may stand in the register twice: pairs that share one of a few keys, each weighed by `queries.resemblance`.

Everything is asked of the whole register at once, by a handful of statements over a table made for it. What a pair shares decides
only that it is looked at; whether an officer is asked about it, its weights decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ansinh.kernel.workflow import Move
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.queries.resemblance import WORDS, Row, Size, per_mille, shares, weigh
from ansinh.people.workflow import DUPLICATE, JUDGES

__all__ = ["JUDGES", "Pair", "candidates", "compare_two", "facts_of", "in_words", "moves_of", "waiting_pairs"]

# The first of January is what is written where only the year is known.
_POOL = """
CREATE TEMPORARY TABLE duplicates_pool ON COMMIT DROP AS
SELECT p.id, p.unit_id, p.village_id, p.full_name, p.name_folded, split_part(p.sort_key, ' ', 1) AS given, p.born_on, p.sex,
  p.birth_precision = 'day' AND NOT (extract(month FROM p.born_on) = 1 AND extract(day FROM p.born_on) = 1) AS exact,
  extract(year FROM p.born_on)::int AS year, extract(month FROM p.born_on)::int AS month, extract(day FROM p.born_on)::int AS day,
  p.personal_number AS number, p.telephone, p.payment_book AS book
FROM people_person p WHERE p.same_as_id IS NULL AND p.{column} = ANY (%s::bigint[])
"""
# One key a line: how two rows may come to be compared.
_KEYS = {
    "name and day of birth": "b.name_folded = a.name_folded AND b.born_on = a.born_on AND a.exact AND b.exact",
    "name, day and month turned": "b.name_folded = a.name_folded AND b.year = a.year AND b.month = a.day AND b.day = a.month "
    "AND a.exact AND b.exact AND b.born_on <> a.born_on",
    "name and year in a commune": "b.name_folded = a.name_folded AND b.unit_id = a.unit_id AND b.year = a.year",
    "name, day and month in a commune": "b.name_folded = a.name_folded AND b.unit_id = a.unit_id AND b.month = a.month "
    "AND b.day = a.day AND a.exact AND b.exact AND b.year <> a.year",
    "like name and day of birth in a commune": "b.unit_id = a.unit_id AND b.born_on = a.born_on AND a.exact AND b.exact "
    "AND b.name_folded <> a.name_folded AND similarity(b.name_folded, a.name_folded) >= 0.5",
    "name and end of the number": "b.name_folded = a.name_folded AND right(b.number, 6) = right(a.number, 6)",
    "name and start of the number": "b.name_folded = a.name_folded AND left(b.number, 9) = left(a.number, 9)",
    "telephone and given name": "a.telephone <> '' AND b.telephone = a.telephone AND b.given = a.given",
    "book in a commune": "a.book <> '' AND b.book = a.book AND b.unit_id = a.unit_id",
}  # fmt: skip
_OLD_NUMBERS = """
SELECT least(n.person_id, m.person_id), greatest(n.person_id, m.person_id) FROM people_othernumber n
  JOIN people_othernumber m ON m.number = n.number AND m.person_id <> n.person_id
UNION SELECT least(n.person_id, p.id), greatest(n.person_id, p.id) FROM people_othernumber n
  JOIN duplicates_pool p ON p.number = n.number AND p.id <> n.person_id
"""
_PAIRS = f"""
CREATE TEMPORARY TABLE duplicates_pair ON COMMIT DROP AS
{" UNION ".join(f"SELECT a.id AS one, b.id AS other FROM duplicates_pool a JOIN duplicates_pool b ON b.id > a.id AND {key}" for key in _KEYS.values())}
UNION {_OLD_NUMBERS}
"""
_COMPARED = """
SELECT a.id, b.id, CASE WHEN a.unit_id = b.unit_id THEN a.unit_id END, similarity(a.name_folded, b.name_folded),
  a.full_name, a.name_folded, a.born_on, coalesce(a.exact, false), a.sex, a.number,
  b.full_name, b.name_folded, b.born_on, coalesce(b.exact, false), b.sex, b.number,
  a.unit_id = b.unit_id, a.village_id = b.village_id, a.telephone <> '' AND a.telephone = b.telephone, a.book <> '' AND a.book = b.book,
  EXISTS (SELECT 1 FROM people_othernumber n JOIN people_othernumber m ON m.number = n.number AND m.person_id = b.id
    WHERE n.person_id = a.id) OR EXISTS (SELECT 1 FROM people_othernumber n WHERE n.person_id = a.id AND n.number = b.number)
    OR EXISTS (SELECT 1 FROM people_othernumber n WHERE n.person_id = b.id AND n.number = a.number),
  EXISTS (SELECT 1 FROM people_bankaccount n JOIN people_bankaccount m ON m.number = n.number AND m.person_id = b.id
    WHERE n.person_id = a.id),
  EXISTS (SELECT 1 FROM people_membership n JOIN people_membership m ON m.household_id = n.household_id AND m.person_id = b.id
    WHERE n.person_id = a.id AND upper(n.period) IS NULL AND upper(m.period) IS NULL),
  EXISTS (SELECT 1 FROM people_relative n JOIN people_relative m ON m.kind = n.kind AND lower(m.name) = lower(n.name) AND m.person_id = b.id
    WHERE n.person_id = a.id AND n.kind IN ('father', 'mother', 'spouse'))
FROM duplicates_pair o JOIN duplicates_pool a ON a.id = o.one JOIN duplicates_pool b ON b.id = o.other
"""
_HOLDS = ("commune", "village", "telephone", "book", "number", "account", "household", "relative")
_AT_A_TIME = 20_000


@dataclass(frozen=True)
class Pair:
    """Two rows with how likely they are one person, and what spoke for and against. `unit_id` None: two communes."""

    first_id: int
    second_id: int
    unit_id: int | None
    per_mille: int
    weights: dict[str, int]


def candidates(*, unit_ids: Sequence[int]) -> list[Pair]:
    """Pairs of these places worth an officer's look, in the order of their rows. A constant number of statements."""
    with _pool("unit_id", unit_ids) as cursor:
        cursor.execute(_PAIRS)
        found = [pair for pair in _compared(cursor) if pair.per_mille >= shares().shown]
    return sorted(found, key=lambda pair: (pair.first_id, pair.second_id))


def compare_two(one: Person, other: Person) -> Pair:
    """How these two look beside each other, however unlike they are. Both stand by themselves and are seen by whoever asks."""
    with _pool("id", [one.pk, other.pk]) as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE duplicates_pair ON COMMIT DROP AS SELECT min(id) AS one, max(id) AS other FROM duplicates_pool"
        )
        (pair,) = _compared(cursor)
    return pair


@contextmanager
def _pool(column: str, keys: Sequence[int]) -> Iterator[CursorWrapper]:
    """A cursor beside the table of who is compared. It goes at once: the next role of this transaction could not touch it."""
    with connection.cursor() as cursor:
        cursor.execute(_POOL.format(column=column), [list(keys)])
        cursor.execute("ANALYZE duplicates_pool")
        yield cursor
        cursor.execute("DROP TABLE duplicates_pair, duplicates_pool")


def _compared(cursor) -> Iterator[Pair]:
    size, namesakes = _register(cursor)
    cursor.execute(_COMPARED)
    while rows := cursor.fetchmany(_AT_A_TIME):
        yield from (_pair(row, size, namesakes) for row in rows)


def _register(cursor) -> tuple[Size, dict[str, int]]:
    """The size of the whole register, and how many share each name that is compared: the same for whoever looks."""
    cursor.execute("SELECT people, numbered FROM people_register_size()")
    size = Size(*cursor.fetchone())
    cursor.execute(
        "SELECT name_folded, persons FROM people_name_counts(ARRAY(SELECT DISTINCT p.name_folded FROM duplicates_pair o "
        "JOIN duplicates_pool p ON p.id = o.one))"
    )
    return size, dict(cursor.fetchall())


def _pair(row: tuple, size: Size, namesakes: Mapping[str, int]) -> Pair:
    first, second, unit, near = row[:4]
    one, other = Row(*row[4:10]), Row(*row[10:16])
    holds = dict(zip(_HOLDS, row[16:], strict=True))
    weights = weigh(one, other, near=near, holds=holds, namesakes=namesakes.get(one.folded, 1), size=size)
    return Pair(first, second, unit, per_mille(weights), weights)


def facts_of(*people: Person) -> str:
    """A short mark of what identifies these people: another mark means that somebody corrected it."""
    columns = ("full_name", "born_on", "birth_precision", "sex", "personal_number", "telephone", "payment_book")
    said = "|".join(f"{getattr(person, column)}" for person in sorted(people, key=lambda one: one.pk) for column in columns)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def waiting_pairs() -> int:
    """How many pairs this post sees that nobody has judged."""
    return DuplicatePair.objects.filter(state="open").count()


def moves_of(pair: DuplicatePair, role: str) -> list[Move]:
    """What this role may judge of a pair."""
    return list(DUPLICATE.open_moves(pair.state, role))


def in_words(weights: Mapping[str, int]) -> list[tuple[str, int]]:
    """What spoke for and against, heaviest first, with its weight."""
    told = [(str(WORDS[key]), weight) for key, weight in weights.items() if key in WORDS]
    return sorted(told, key=lambda row: -row[1])
