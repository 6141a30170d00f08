"""Who the rows of a list may be, among everybody: exact number first, then name, birth and place with a score.

Two people of the same name never match by themselves: only an equal number is sure. What the door gives of people in other
communes is a masked name, birth year and commune.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True)
class MatchRow:
    """One row of a list: what it says of who it is about."""

    row: int
    name: str
    born: date | None
    precision: str
    number: str | None
    unit: int


@dataclass(frozen=True)
class Match:
    """A known person a row may be about. `sure` only when the number is equal."""

    person_id: int
    code: str
    name: str
    birth_year: int | None
    commune: str
    number: str
    score: int
    reason: str
    in_scope: bool
    sure: bool

    def as_json(self) -> dict:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def match(rows: Iterable[MatchRow], *, units: Iterable[int]) -> dict[int, list[Match]]:
    """The best candidates by row number, at most eight, best first. One query for any number of rows."""
    asked = {row.row: row for row in rows}
    payload = [
        {
            "row": row.row,
            "name": row.name,
            "number": row.number or "",
            "born": row.born.isoformat() if row.born else None,
            "precision": row.precision,
            "unit": row.unit,
        }
        for row in asked.values()
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_match(%s::jsonb, %s::bigint[])", [json.dumps(payload), list(units)])
        hits = cursor.fetchall()
    found: dict[int, list[Match]] = {}
    for hit in hits:
        found.setdefault(hit[0], []).append(_scored(hit, asked[hit[0]]))
    return {row: sorted(matches, key=lambda m: (-m.score, m.person_id)) for row, matches in found.items()}


def _scored(hit: tuple, row: MatchRow) -> Match:
    _, person, code, name, year, tail, unit, commune, exact, same_name, same_birth, in_scope = hit
    birth = "trùng ngày sinh" if row.precision == "day" else "trùng năm sinh"
    reasons = [("trùng số định danh", 60, exact), ("trùng họ tên", 20, same_name), (birth, 12, bool(same_birth))]
    reasons += [("cùng xã", 8, unit == row.unit)]
    return Match(
        person_id=person,
        code=code,
        name=name,
        birth_year=year,
        commune=commune,
        number=f"…{tail}" if tail else "",
        score=sum(points for _, points, holds in reasons if holds),
        reason=", ".join(words for words, _, holds in reasons if holds) or "trùng năm sinh",
        in_scope=in_scope,
        sure=bool(exact),
    )
