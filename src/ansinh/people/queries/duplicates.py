"""Who may stand in the register twice: candidate pairs by a few keys, each scored by weights stated here.

The score is that of Fellegi and Sunter: for each thing compared, the binary logarithm of how much more often it agrees between two
rows of one person than between rows of two. The weights are set by hand, not learnt; the officer sees each of them on the page.
Two rows with two different personal numbers are two people and are never asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move
from ansinh.people.models import DuplicatePair
from ansinh.people.workflow import DUPLICATE

SHOWN, SURE = 500, 950  # per mille: shown from here on; called very likely from there on
PRIOR = -12  # of pairs that share a key, one in four thousand is one person
WEIGHTS: dict[str, tuple[object, int]] = {
    "number": (_("Trùng số giấy tờ khác (chứng minh nhân dân cũ …)"), 14),
    "name": (_("Trùng họ tên"), 7),
    "name_near": (_("Họ tên gần giống"), 4),
    "name_far": (_("Họ tên khác nhau"), -6),
    "birth": (_("Trùng ngày sinh"), 8),
    "birth_year": (_("Trùng năm sinh, một bên chỉ biết năm"), 4),
    "birth_turned": (_("Ngày, tháng sinh đảo chỗ"), 5),
    "birth_near": (_("Ngày, tháng sinh trùng, năm lệch"), 2),
    "birth_far": (_("Ngày sinh khác nhau"), -7),
    "sex_far": (_("Giới tính khác nhau"), -5),
    "telephone": (_("Trùng số điện thoại"), 5),
    "book": (_("Trùng sổ lĩnh tiền"), 8),
    "account": (_("Trùng số tài khoản"), 4),
    "household": (_("Cùng hộ"), 3),
    "relative": (_("Trùng tên cha, mẹ hoặc vợ, chồng"), 5),
    "village": (_("Cùng thôn, tổ dân phố"), 3),
    "commune": (_("Cùng xã, phường"), 2),
}
# One of a pair has no personal number: the few without one are looked up among all.
_SQL = """
WITH mine AS (SELECT p.* FROM people_person p WHERE p.same_as_id IS NULL AND p.unit_id = ANY (%(units)s::bigint[])),
bare AS MATERIALIZED (SELECT * FROM mine WHERE personal_number IS NULL),
pair AS (
  SELECT a.id AS one, b.id AS other FROM bare a JOIN mine b ON b.name_folded = a.name_folded AND b.id <> a.id
    AND date_part('year', b.born_on) = date_part('year', a.born_on)
    AND (b.born_on = a.born_on OR a.birth_precision <> 'day' OR b.birth_precision <> 'day' OR b.unit_id = a.unit_id)
  UNION SELECT a.id, b.id FROM bare a JOIN mine b ON b.unit_id = a.unit_id AND b.born_on = a.born_on AND b.id <> a.id
    AND a.birth_precision = 'day' AND b.birth_precision = 'day' AND similarity(a.name_folded, b.name_folded) >= 0.5
  UNION SELECT a.id, b.id FROM bare a JOIN mine b ON b.telephone = a.telephone AND b.id <> a.id AND b.sort_key = a.sort_key
    WHERE a.telephone <> ''
  UNION SELECT a.id, b.id FROM bare a JOIN mine b ON b.payment_book = a.payment_book AND b.id <> a.id AND b.unit_id = a.unit_id
    WHERE a.payment_book <> ''
  UNION SELECT a.id, b.id FROM bare a JOIN people_othernumber n ON n.person_id = a.id JOIN people_othernumber m
    ON m.number = n.number AND m.person_id <> a.id JOIN mine b ON b.id = m.person_id
  UNION SELECT a.id, b.id FROM bare a JOIN people_othernumber n ON n.person_id = a.id JOIN mine b ON b.personal_number = n.number),
once AS (SELECT DISTINCT least(one, other) AS first, greatest(one, other) AS second FROM pair)
SELECT o.first, o.second, CASE WHEN a.unit_id = b.unit_id THEN a.unit_id END,
  a.name_folded = b.name_folded, similarity(a.name_folded, b.name_folded), a.born_on, b.born_on, a.birth_precision, b.birth_precision,
  a.sex <> b.sex AND 'unknown' NOT IN (a.sex, b.sex), a.telephone <> '' AND a.telephone = b.telephone,
  a.payment_book <> '' AND a.payment_book = b.payment_book, coalesce(a.village_id = b.village_id, false),
  EXISTS (SELECT 1 FROM people_othernumber n JOIN people_othernumber m ON m.number = n.number AND m.person_id = b.id
    WHERE n.person_id = a.id) OR EXISTS (SELECT 1 FROM people_othernumber n WHERE n.person_id = a.id AND n.number = b.personal_number)
    OR EXISTS (SELECT 1 FROM people_othernumber n WHERE n.person_id = b.id AND n.number = a.personal_number),
  EXISTS (SELECT 1 FROM people_bankaccount n JOIN people_bankaccount m ON m.number = n.number AND m.person_id = b.id
    WHERE n.person_id = a.id),
  EXISTS (SELECT 1 FROM people_membership n JOIN people_membership m ON m.household_id = n.household_id AND m.person_id = b.id
    WHERE n.person_id = a.id AND upper(n.period) IS NULL AND upper(m.period) IS NULL),
  EXISTS (SELECT 1 FROM people_relative n JOIN people_relative m ON m.kind = n.kind AND lower(m.name) = lower(n.name) AND m.person_id = b.id
    WHERE n.person_id = a.id AND n.kind IN ('father', 'mother', 'spouse'))
FROM once o JOIN people_person a ON a.id = o.first JOIN people_person b ON b.id = o.second ORDER BY o.first, o.second
"""


@dataclass(frozen=True)
class Pair:
    """Two rows with how likely they are one person, and what spoke for and against. `unit_id` None: two communes."""

    first_id: int
    second_id: int
    unit_id: int | None
    per_mille: int
    agreements: tuple[str, ...]


def candidates(*, unit_ids: Sequence[int]) -> Iterator[Pair]:
    """Pairs of these places worth an officer's look. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"units": list(unit_ids)})
        for row in cursor.fetchall():
            keys = tuple(_agreements(*row[2:]))
            found = Pair(row[0], row[1], row[2], likely(keys), keys)
            if found.per_mille >= SHOWN:
                yield found


def likely(keys: Sequence[str]) -> int:
    """How likely a pair with these agreements is one person, per mille."""
    return round(1000 / (1 + 2.0 ** -(PRIOR + sum(WEIGHTS[key][1] for key in keys))))


def _agreements(
    unit: int | None, same_name: bool, near: float, born: date | None, other_born: date | None, precision: str, other_precision: str,
    sex_differs: bool, *rest: bool,
) -> Iterator[str]:  # fmt: skip
    yield "name" if same_name else "name_near" if near >= 0.5 else "name_far"
    if born and other_born:
        yield _birth(born, other_born, {precision, other_precision} == {"day"})
    if sex_differs:
        yield "sex_far"
    yield from (
        key
        for key, holds in zip(("telephone", "book", "village", "number", "account", "household", "relative"), rest, strict=True)
        if holds
    )
    if unit is not None:
        yield "commune"


def _birth(one: date, other: date, both_exact: bool) -> str:
    if one == other:
        return "birth" if both_exact else "birth_year"
    if not both_exact:
        return "birth_year" if one.year == other.year else "birth_far"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "birth_turned"
    return "birth_near" if (one.month, one.day) == (other.month, other.day) else "birth_far"


def moves_of(pair: DuplicatePair, role: str) -> list[Move]:
    """What this role may judge of a pair."""
    return list(DUPLICATE.open_moves(pair.state, role))


def in_words(keys: Sequence[str]) -> list[tuple[str, int]]:
    """What spoke for and against, heaviest first, with its weight."""
    told = [(str(WEIGHTS[key][0]), WEIGHTS[key][1]) for key in keys if key in WEIGHTS]
    return sorted(told, key=lambda row: -row[1])
