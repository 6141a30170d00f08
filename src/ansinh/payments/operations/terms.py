"""How signed recoveries are paid back, whichever commune wrote it down: by whom, how much a month, what was settled otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ansinh.entitlements.queries import DecidedMoney


@dataclass(frozen=True)
class Terms:
    """`person_id`: whose payments it is taken from; `per_month_vnd` None: all that a list has room for.

    `settled_vnd` was paid back in cash or written off by a decision.
    """

    person_id: int
    per_month_vnd: int | None = None
    from_month: date = date.min
    settled_vnd: int = 0

    def room(self, room: int, month: date) -> int:
        """How much of what a list leaves over may be taken in a month."""
        if self.per_month_vnd is None:
            return room
        return min(room, self.per_month_vnd) if month >= self.from_month else 0


def terms_of(items: Iterable[DecidedMoney]) -> dict[int, Terms]:
    """The terms of each recovery among these. One query; none where there is no recovery."""
    asked = {item.id: item for item in items if item.act == "recovery"}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_terms(%s::bigint[])", [list(asked)])
        found = {row[0]: Terms(row[1], row[2], row[3] or date.min, row[4]) for row in cursor.fetchall()}
    return {key: found.get(key) or Terms(item.person_id) for key, item in asked.items()}
