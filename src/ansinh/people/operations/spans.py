"""Rows valid in time: a new value from a day on closes or parts what stood before. Nothing is lost."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet


def make_room(rows: QuerySet, start: date | None, end: date | None) -> None:
    """Cut [start, end) out of the periods of `rows`. A row inside it is removed, one around it is parted in two."""
    for row in rows.select_for_update().filter(period__overlap=DateRange(start, end)):
        lower, upper = row.period.lower, row.period.upper
        parts = []
        if start is not None and (lower is None or lower < start):
            parts.append(DateRange(lower, start))
        if end is not None and (upper is None or end < upper):
            parts.append(DateRange(end, upper))
        if not parts:
            row.delete()
            continue
        row.period = parts[0]
        row.save(update_fields=["period"])
        if len(parts) == 2:
            _twin(row, parts[1]).save()


def _twin(row, period: DateRange):
    """The same fact in another period."""
    columns = (f for f in row._meta.concrete_fields if not f.primary_key and not f.generated)
    return type(row)(**{f.attname: getattr(row, f.attname) for f in columns if f.attname != "period"}, period=period)
