"""Who decides an act on a day: a question to dated rows, never to the name of a role."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ansinh.access.models import Competence, Post
from ansinh.database.columns import on_day


def competent(act: str, *, on: date) -> list[Competence]:
    """Rows that say who decides `act` on a day, each with its basis; empty when no rule is known."""
    return list(Competence.objects.filter(on_day(on), act=act).order_by("id"))


def competent_posts(act: str, *, unit_ids: list[int], on: date) -> QuerySet[Post]:
    """Posts of offices of these units that may decide `act` on a day, deputies included."""
    rules = competent(act, on=on)
    posts = Post.objects.on(on).select_related("office", "user").filter(office__unit__in=unit_ids)
    allowed = posts.none()
    for rule in rules:
        allowed = allowed | posts.filter(office__kind=rule.office_kind, role=rule.role)
    return allowed.order_by("is_deputy", "id")
