"""Rows valid in time: a new value from a day on closes or parts what stood before."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet


def make_room(rows: QuerySet, start: date | None, end: date | None) -> list:
    """Cut [start, end) out of the periods of `rows`. A row around it is parted in two, one inside it is removed.

    Gives the removed rows back, so that the act can keep in the journal what they said.
    """
    removed = []
    for row in rows.select_for_update().filter(period__overlap=DateRange(start, end)):
        lower, upper = row.period.lower, row.period.upper
        parts = []
        if start is not None and (lower is None or lower < start):
            parts.append(DateRange(lower, start))
        if end is not None and (upper is None or end < upper):
            parts.append(DateRange(end, upper))
        if not parts:
            removed.append(row)
            type(row).objects.filter(pk=row.pk).delete()
            continue
        row.period = parts[0]
        row.save(update_fields=["period"])
        if len(parts) == 2:
            _twin(row, parts[1]).save()
    return removed


def _twin(row, period: DateRange):
    """The same fact in another period."""
    columns = (f for f in row._meta.concrete_fields if not f.primary_key and not f.generated)
    return type(row)(**{f.attname: getattr(row, f.attname) for f in columns if f.attname != "period"}, period=period)
