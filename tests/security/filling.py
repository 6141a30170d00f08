"""A row of every table that holds data of people, in a commune: whatever the table, the wall around it is the same."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import count

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, Post
from ansinh.database.acting import as_maintenance
from ansinh.database.security import secured_models
from ansinh.lawbook.workflow import RESOLUTION
from ansinh.localities.models import Unit
from ansinh.rendering.signed_pdf import Seen

_serial = count(1)
_MONTH = date(2026, 11, 1)
_SEEN = asdict(
    Seen(
        field="Ky", name="Phạm Văn Ký", subject="Phạm Văn Ký", issuer="Nơi cấp", serial="1", valid_from="2026-01-01T00:00:00+00:00",
        valid_to="2027-01-01T00:00:00+00:00", signed_at="2026-11-20T02:00:00+00:00", told_by="signer", is_stamp=False, intact=True,
        covers="file", changes="none", trust="unknown",
    )
)  # fmt: skip
# Texts that a page looks up in a table of the program.
_FITTING = {
    "Batch": {"layout": "assistance.enrolment"}, "ListStep": {"target": "checking"}, "ResolutionStep": {"act": RESOLUTION.moves[0].act},
    "TransitionLine": {"change": "2026"},
    "Mandate": {"acts": ["monthly_allowance"], "period": DateRange(date(2026, 1, 1), date(2027, 1, 1))},
    "SignedFile": {"signatures": [_SEEN], "doubts": ["text"]},
    "HolidayList": {"year": 2026, "days_off": ["2026-01-01"]}, "Paper": {"kind": "notice", "noun": "decision"}, "PaperTemplate": {"kind": "notice"},
    "OutgoingEntry": {"noun": "decision"},
    "Dossier": {"procedure": "allowance_grant", "case": "disabled", "state": "verifying", "received_on": date(2026, 11, 9)},
}  # fmt: skip


# Keys that must not name the row another key of the table names already.
_ANOTHER = {("DuplicatePair", "second")}


def _another(row: models.Model) -> models.Model:
    """A second row like this one."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy.personal_number = None, None
    copy._state.adding = True
    copy.save()
    return copy


def personal_models() -> list[type[models.Model]]:
    """Every table declared personal, those that others point at first."""
    return [model for model in secured_models() if model.security.personal and not model._meta.proxy]


def fill_commune(
    unit: Unit, text: str = "thử", *, also: Iterable[type[models.Model]] = ()
) -> dict[type[models.Model], models.Model]:
    """One row of each personal table in this commune, with `text` in each; rows point at each other, never out of the commune.

    And one of each table `also` named.
    """
    wanted = [*personal_models(), *also]
    known: dict = {Unit: unit, "text": text}
    with as_maintenance():
        known[Office] = Office.objects.get(code=f"UBND-{unit.code}")
        known[Post] = Post.objects.filter(office=known[Office]).first()
        for model in wanted:
            _row(model, known)
    return {model: known[model] for model in wanted}


def _row(model: type[models.Model], known: dict) -> models.Model:
    if model not in known and not model.security.personal and (shared := model.objects.first()):
        known[model] = shared  # a month, a payer, a source of money: one for all communes
    if model not in known:
        values = {}
        for field in model._meta.concrete_fields:
            if field.primary_key or getattr(field, "generated", False):
                continue
            if field.is_relation:
                if not field.null or field.related_model is Unit:
                    values[field.name] = _row(field.related_model, known)
                if (model.__name__, field.name) in _ANOTHER:
                    values[field.name] = _another(values[field.name])
            else:
                values[field.name] = _value(field, known["text"])
        known[model] = model.objects.create(**values | _FITTING.get(model.__name__, {}))
    return known[model]


def _value(field: models.Field, text: str) -> object:
    """Something the column takes."""
    if field.null:
        return None
    if field.has_default() and not field.unique:
        return field.get_default()
    if field.choices:
        return next(iter(dict(field.flatchoices)))
    kinds = (
        (DateRangeField, DateRange(date(2026, 1, 1), None)),
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, datetime(2026, 11, 20, 2, tzinfo=UTC)),
        (models.DateField, _MONTH),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.IntegerField, 1),
        (models.TextField, f"{text} {next(_serial)}"),
    )
    return next(value for kind, value in kinds if isinstance(field, kind))
