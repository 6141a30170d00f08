"""Which communes a post works on."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ansinh.access.models import OfficeKind, Post
from ansinh.database.columns import on_day
from ansinh.localities.models import Level, Unit
from ansinh.localities.queries import where_today


def communes_of(post: Post, *, on: date) -> QuerySet[Unit]:
    """Communes of the day a post may act for: its own (on the map of the day), or every one of the province."""
    communes = Unit.objects.filter(on_day(on), level=Level.COMMUNE).order_by("name_folded")
    unit = post.office.unit
    if unit is None:
        return communes.none()
    if post.office.kind == OfficeKind.COMMUNE:
        return communes.filter(id__in=[s.unit.id for s in where_today(unit, on=on) if s.is_default])
    return communes.filter(province_code=unit.province_code)
