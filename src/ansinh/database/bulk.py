"""Many rows written by one statement, as one JSON text, or read by one: Django's own bulk calls grow slow with rows × columns.

For plain columns: text, numbers, days and moments, JSON, periods, keys. Row security and constraints count as always.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import connection, models
from django.db.models.expressions import RawSQL
from psycopg.types.range import Range

_CHUNK = 5000
_FEW = 50


def among(keys: Iterable[int]) -> RawSQL | list[int]:
    """For `pk__in=among(keys)`: many keys as one value. A long list of them would be gone through one by one, slowly."""
    some = list(keys)
    return some if len(some) <= _FEW else RawSQL("SELECT unnest(%s::bigint[])", [some])


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> int:
    """Write `fields` of rows of one model as they stand in memory. Returns how many were there to write."""
    if not rows:
        return 0
    model = type(rows[0])
    columns = [model._meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(c.column)} = v.{quote(c.column)}" for c in columns)
    key = model._meta.pk
    statement = (
        f"UPDATE {quote(model._meta.db_table)} t SET {sets} FROM {_records([key, *columns])} "
        f"WHERE t.{quote(key.column)} = v.{quote(key.column)}"
    )
    return _run(statement, map(vars, rows), [key, *columns])


def insert_rows(rows: Iterable[models.Model]) -> int:
    """Insert new rows of one model, in their order; `rows` may be a generator. Their keys are not read back. Returns how many."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    model = type(first)
    columns = [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]
    return _insert(model, map(vars, _with(first, rows)), columns)


def insert_values(model: type[models.Model], rows: Iterable[Mapping[str, object]]) -> int:
    """Insert new rows of one model given as values by attribute name (`person_id`); what is not named gets its default.

    For a hundred thousand rows making model instances would cost more than writing them.
    """
    columns = [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]
    usual = {column.attname: column.get_default() for column in columns}
    return _insert(model, ({**usual, **row} for row in rows), columns)


def insert_keyed(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model under keys taken from its sequence beforehand, so that other rows can point at them."""
    if not rows:
        return
    model = type(rows[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
    columns = [f for f in model._meta.concrete_fields if not f.generated]
    _insert(model, map(vars, rows), columns)


def _insert(model: type[models.Model], rows: Iterable[Mapping[str, object]], columns: Sequence[models.Field]) -> int:
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    # Keys given by us take the place of those the column would make itself.
    given = "OVERRIDING SYSTEM VALUE " if any(column.primary_key for column in columns) else ""
    statement = (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) {given}SELECT {names} FROM {_records(columns)}"
    )
    return _run(statement, rows, columns)


def _with(first: models.Model, rest: Iterator[models.Model]) -> Iterator[models.Model]:
    yield first
    yield from rest


def _records(columns: Sequence[models.Field]) -> str:
    shape = ", ".join(f"{connection.ops.quote_name(c.column)} {_type(c)}" for c in columns)
    return f"jsonb_to_recordset(%s::jsonb) AS v({shape})"


def _type(column: models.Field) -> str:
    return (column.rel_db_type if column.primary_key else column.db_type)(connection)


def _run(statement: str, rows: Iterable[Mapping[str, object]], columns: Sequence[models.Field]) -> int:
    names = [(column.column, column.attname) for column in columns]
    rows, written = iter(rows), 0
    with connection.cursor() as cursor:
        while chunk := [{column: row[name] for column, name in names} for row in islice(rows, _CHUNK)]:
            cursor.execute(statement, [json.dumps(chunk, ensure_ascii=False, default=_plain)])
            written += cursor.rowcount
    return written


def read_binary(query: str, arguments: Mapping[str, object]) -> bytes:
    """The rows of a query as the database sends them: per row the number of columns (int16), per column its size (int32) and value."""
    connection.ensure_connection()
    statement = f"COPY ({query}) TO STDOUT (FORMAT BINARY)"
    # Beside Django's cursor: the one of debugging takes no arguments.
    with connection.connection.cursor() as cursor, cursor.copy(statement, arguments) as stream:
        return b"".join(stream)[19:-2]


def _plain(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it."""
    if not isinstance(value, Range):
        return str(value)
    if value.isempty:
        return "empty"
    lower, upper = (f"{value.lower or ''}", f"{value.upper or ''}")
    return f"{'[' if value.lower_inc else '('}{lower},{upper}{']' if value.upper_inc else ')'}"
