"""Who is away, and who stands in."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ansinh.access.models import Absence, Office, Post, Role
from ansinh.database.columns import on_day

# Whose post may do the work of whom. Who signs for a body is replaced by a deputy of the same kind alone (KT., Điều 13 NĐ
# 30/2020/NĐ-CP); whoever carries money, by another who does.
STANDS_IN: dict[str, tuple[str, ...]] = {
    Role.COMMUNE_CHAIRMAN: (Role.COMMUNE_CHAIRMAN,),
    Role.COMMUNE_HEAD: (Role.COMMUNE_HEAD, Role.COMMUNE_OFFICER),
    Role.COMMUNE_OFFICER: (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD),
    Role.ONE_STOP: (Role.ONE_STOP, Role.CLERK, Role.COMMUNE_OFFICER),
    Role.CLERK: (Role.CLERK, Role.ONE_STOP),
    Role.ACCOUNTANT: (Role.ACCOUNTANT,),
    Role.FACILITY_HEAD: (Role.FACILITY_HEAD,),
    Role.FACILITY_STAFF: (Role.FACILITY_STAFF, Role.FACILITY_HEAD),
    Role.DIVISION_HEAD: (Role.DIVISION_HEAD,),
    Role.DIVISION_OFFICER: (Role.DIVISION_OFFICER, Role.DIVISION_HEAD),
    Role.DEPARTMENT_LEADER: (Role.DEPARTMENT_LEADER,),
}
# Heads say who of their office is away; everybody says it of themselves.
HEADS = (
    Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.FACILITY_HEAD, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER,
)  # fmt: skip
_AROUND = ("post__user", "post__office", "deputy__user", "deputy__office")


def absences_of(office: Office) -> QuerySet[Absence]:
    """Absences of an office, the newest first; those taken back before they began are left out."""
    found = Absence.objects.filter(post__office=office, period__isempty=False)
    return found.select_related(*_AROUND).order_by("-period", "-id")


def stood_in_for(*posts: Post, on: date) -> list[Absence]:
    """Absences of the day in which one of these posts does the work of the other. One query."""
    return list(
        Absence.objects.filter(on_day(on), deputy__in=[post.pk for post in posts]).select_related(*_AROUND).order_by("id")
    )


def away_holder(by: Post, holder: int | None, *, on: date) -> Post | None:
    """The post `holder` when it is away on the day and `by` stands in for it."""
    if holder is None or holder == by.pk:
        return None
    found = Absence.objects.filter(on_day(on), post=holder, deputy=by.pk).select_related("post__user").first()
    return found.post if found else None


def possible_deputies(post: Post, *, on: date) -> QuerySet[Post]:
    """Colleagues who may do the work of a post: seated, of the same office, of a role that may."""
    found = Post.objects.on(on).filter(office=post.office, role__in=STANDS_IN.get(post.role, ()), user__isnull=False)
    return found.exclude(user=post.user).select_related("user", "office").order_by("-is_deputy", "id")


def posts_to_excuse(post: Post, *, on: date) -> QuerySet[Post]:
    """Posts whose absence this one may write down: its own, and for heads every seated one of the office."""
    found = Post.objects.on(on).filter(office=post.office, user__isnull=False).select_related("user", "office")
    return (found if post.role in HEADS else found.filter(pk=post.pk)).order_by("id")
