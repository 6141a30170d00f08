"""Many changed rows written by one statement: Django's own `bulk_update` grows slow with rows × columns."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection, models

_CHUNK = 5000


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> int:
    """Write `fields` of rows of one model as they stand in memory; a statement for every few thousand rows.

    For plain columns (text, numbers, days, JSON, keys). Returns how many rows were there to write; row security counts as always.
    """
    if not rows:
        return 0
    model = type(rows[0])
    columns = [model._meta.get_field(name) for name in fields]
    statement = _statement(model, columns)
    written = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _CHUNK):
            values = [
                {"id": row.pk, **{column.column: getattr(row, column.attname) for column in columns}}
                for row in rows[start : start + _CHUNK]
            ]
            cursor.execute(statement, [json.dumps(values, ensure_ascii=False, default=str)])
            written += cursor.rowcount
    return written


def _statement(model: type[models.Model], columns: Sequence[models.Field]) -> str:
    quote = connection.ops.quote_name
    key = quote(model._meta.pk.column)
    sets = ", ".join(f"{quote(c.column)} = v.{quote(c.column)}" for c in columns)
    shape = ", ".join(f"{quote(c.column)} {c.db_type(connection)}" for c in columns)
    table = quote(model._meta.db_table)
    return f"UPDATE {table} t SET {sets} FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, {shape}) WHERE t.{key} = v.id"
