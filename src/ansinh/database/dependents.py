"""What rests on rows: every foreign key of every room is asked, so that a room added later is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import models

from ansinh.database.bulk import among


def resting_on(
    model: type[models.Model], keys: Sequence[int], *, mine: Mapping[type[models.Model], models.Q], most: int = 10
) -> list[models.Model]:
    """Rows that point at rows of `model` with these keys, at most `most` of each kind.

    `mine` leaves out, by model, what goes away together with them. Rows of a model with `stands_when` count only while that
    holds: the others are drafts that may go (`drop_drafts`).
    """
    found: list[models.Model] = []
    for relation in _relations(model):
        rows = _pointing(relation, keys)
        if standing := getattr(relation.related_model, "stands_when", None):
            rows = rows.filter(standing)
        if relation.related_model in mine:
            rows = rows.exclude(mine[relation.related_model])
        found += rows[: most - sum(type(row) is relation.related_model for row in found)]
    return found


def drop_drafts(model: type[models.Model], keys: Sequence[int]) -> int:
    """Remove the rows that `resting_on` did not count: drafts made of rows that go away. Returns how many."""
    gone = 0
    for relation in _relations(model):
        if standing := getattr(relation.related_model, "stands_when", None):
            gone += _pointing(relation, keys).exclude(standing).delete()[0]
    return gone


def _relations(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and isinstance(relation, models.ForeignObjectRel):
            yield relation


def _pointing(relation: models.ForeignObjectRel, keys: Sequence[int]) -> models.QuerySet:
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": among(keys)}).order_by("pk")
