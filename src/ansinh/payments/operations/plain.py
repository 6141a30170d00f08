"""Most people's month is a copy of their running entries: found and written by the database itself, for many communes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from ansinh.payments.models import PaymentLine
from ansinh.payments.operations.lines import Proposal

_FILLED_LATER = {"item", "corrects", "handover", "paid_on"}
_COLUMNS = [
    column.column
    for column in PaymentLine._meta.concrete_fields
    if not column.primary_key and not column.generated and column.name not in _FILLED_LATER
]


@dataclass
class Written:
    """What became of the plain people of one list, and who is left for the careful road.

    `over`: people who may have received more for some month than the ledger gives by now; None: not asked.
    """

    lines: int = 0
    careful: set[int] | None = None
    over: set[int] | None = None


@dataclass
class _Scope:
    """Lists with the places they cover, as the database's functions take them."""

    proposals: list[Proposal]
    arrays: tuple[list, list, list] = field(init=False)

    def __post_init__(self) -> None:
        rows = [(one.payment_list.pk, unit, one.known_at) for one in self.proposals for unit in one.unit_ids]
        self.arrays = tuple(map(list, zip(*rows, strict=True)))


def write_plain(proposals: Sequence[Proposal]) -> dict[int, Written]:
    """Write the lines of everybody who is owed the month and nothing else, for lists that hold no line yet; by list.

    Four statements for any number of people. Lists with lines, and lists that cover the same place, are left to the careful road.
    """
    done = {one.payment_list.pk: Written() for one in proposals}
    fresh = _Scope(_apart([one for one in proposals if not one.has_lines]))
    if not fresh.proposals:
        return done
    apart = {key for one in fresh.proposals for key in one.apart}
    plain: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_plain(%s::bigint[], %s::bigint[], %s::timestamptz[])", fresh.arrays)
        for key, mine, careful, over in cursor.fetchall():
            plain += [person for person in mine if person not in apart]
            done[key].careful, done[key].over = {*careful, *apart.intersection(mine)}, {*over, *apart.intersection(mine)}
    return done if not plain else _write(fresh, plain, done)


def _write(fresh: _Scope, plain: list[int], done: dict[int, Written]) -> dict[int, Written]:
    names = ", ".join(_COLUMNS)
    on = fresh.proposals[0].on
    statement = (
        f"WITH fresh AS (INSERT INTO payments_paymentline ({names}) SELECT {names} "
        "FROM payments_plain_lines(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s) RETURNING list_id) "
        "SELECT list_id, count(*) FROM fresh GROUP BY list_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*fresh.arrays, plain, on])
        for key, count in cursor.fetchall():
            done[key].lines = count
    return done


def _apart(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Lists that share no place with another one: whoever lives there stands on one list only."""
    times = Counter(unit for one in proposals for unit in one.unit_ids)
    return [one for one in proposals if all(times[unit] == 1 for unit in one.unit_ids)]
