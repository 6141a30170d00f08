"""A commune with a row in every table, and the same commune three times as large: more rows in lists, more children of each row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, count

from django.db import DatabaseError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.security.filling import fill_commune, personal_models

from ansinh.access.models import Post
from ansinh.database.acting import as_maintenance
from ansinh.database.security import secured_models
from ansinh.documents.models import Paper
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.files import storage
from ansinh.files.models import StoredFile
from ansinh.jobs.models import Job
from ansinh.law.procedures import load_sheets
from ansinh.localities.models import Unit
from ansinh.payments.models import Handover, PaymentLine
from ansinh.payments.papers import HANDOVER_MINUTES
from ansinh.petitions.models import Petition

_serial = count(1000)
Rows = dict[type[models.Model], models.Model]


# Rows the program brings, and rows that come by themselves.
GIVEN = {"journal", "localities.Unit", "localities.Succession", "access.Office", "access.OfficeSuccession", "access.Competence",
         "access.Session", "people.KnownName"}  # fmt: skip


# Words of which the program knows each.
LISTED = {"procedure": tuple(load_sheets())}


def growing_models() -> list[type[models.Model]]:
    """Tables of the office that grow with its work, those that others point at first."""
    shared = [
        m
        for m in secured_models()
        if not m.security.personal and m._meta.managed and not GIVEN & {m._meta.app_label, m._meta.label}
    ]
    return [*shared, *personal_models()]


def small(unit: Unit) -> Rows:
    """One row of each table."""
    shared = [model for model in growing_models() if not model.security.personal]
    rows = fill_commune(unit, also=shared)
    with as_maintenance():
        _own(rows)
    return rows


def _own(rows: Rows) -> None:
    """What a page looks for beside the row: the bytes of the file, whose work it is, in which file the payer got the line."""
    stored = rows[StoredFile]
    storage.write(stored.sha256, b"x")
    rows[Job].asked_by = rows[Post]
    rows[Job].save()
    rows[PaymentLine].handover = rows[Handover]
    rows[PaymentLine].save()
    Paper.objects.filter(pk=rows[Paper].pk).update(kind=HANDOVER_MINUTES.key)  # one whose signature is recorded at its own page
    for model in (Paper, Petition):
        model.objects.filter(pk=rows[model].pk).update(scan=stored)
    _claim(rows)


def _claim(rows: Rows) -> None:
    """A signed recovery beside the draft: its page opens for no other line."""
    signed, item = Decision.objects.get(pk=rows[Decision].pk), DecisionItem.objects.get(pk=rows[DecisionItem].pk)
    signed.pk, signed.paper, signed.dossier = None, None, None
    signed.state, signed.number, signed.signed_on = "signed", "1/QĐ-UBND", date(2026, 8, 1)
    item.pk, item.decision, item.act, item.amount_vnd, item.months = None, signed, "recovery", 500_000, ["2026-07", "2026-08"]
    for row in (signed, item):
        row._state.adding = True
        row.save()
    rows[DecisionItem] = item


def grow(rows: Rows, *, by: int) -> set[str]:
    """Add `by` rows beside each: children of the same parents where the table allows it. Returns tables that took none."""
    refused = set()
    with as_maintenance():
        for number in range(by):
            copies: Rows = {}
            for model in growing_models():
                copy = _beside(rows[model], copies, number + 1)
                if copy is None:
                    refused.add(model._meta.label)
                else:
                    copies[model] = copy
    return refused


def _beside(row: models.Model, copies: Rows, number: int) -> models.Model | None:
    """A row like this one: under the same parents if it may, else under as few new ones as it must."""
    keys = [f for f in row._meta.concrete_fields if f.is_relation and getattr(row, f.attname) and f.related_model in copies]
    for others in _few_first([key.name for key in keys]):
        for vary in (False, True):
            values = {name: copies[row._meta.get_field(name).related_model] for name in others}
            try:
                with transaction.atomic():
                    return type(row).objects.create(**_values(row, number, vary=vary) | values)
            except DatabaseError:
                continue
    return None


def _few_first(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def _values(row: models.Model, number: int, *, vary: bool) -> dict:
    """The values of a row, with others where no two rows may have the same."""
    together = set(_together(row._meta))
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or getattr(field, "generated", False):
            continue
        value = getattr(row, field.name)
        if field.unique or (vary and not field.is_relation and field.name in together):
            value = LISTED[field.name][number] if field.name in LISTED else _other(field, value, number)
        values[field.name] = value
    return values


def _together(meta) -> Iterable[str]:
    for constraint in meta.constraints:
        yield from getattr(constraint, "fields", ())
        for expression, _operator in getattr(constraint, "expressions", ()) if hasattr(constraint, "index_type") else ():
            yield expression if isinstance(expression, str) else getattr(expression, "name", "")


def _other(field: models.Field, value: object, number: int) -> object:
    if field.choices or value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value + number
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, DateRange):
        start = date(1990 + number, 1, 1)
        return DateRange(start, start + timedelta(days=300))
    if isinstance(value, date):
        return value.replace(year=value.year - number)
    return f"{value} {next(_serial)}" if isinstance(value, str) else value
