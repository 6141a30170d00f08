"""Who may sign a paper on a day: the competent post, or the head of a unit with a written mandate (TUQ.)."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ansinh.access.models import Competence, Mandate, Office, OfficeKind, Post, Role
from ansinh.access.queries.competence import competent
from ansinh.database.columns import on_day

# Who keeps the papers of a body, and its head.
MANDATES_RECORD = (
    Role.CLERK, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER,
)  # fmt: skip
# The head of a body, and who heads the units within it.
_HEADS = {OfficeKind.COMMUNE: Role.COMMUNE_CHAIRMAN, OfficeKind.DEPARTMENT: Role.DEPARTMENT_LEADER}
_UNIT_HEADS = (Role.COMMUNE_HEAD, Role.DIVISION_HEAD)


def body_of(office: Office) -> Office:
    """The body whose head gives mandates: a division is a unit within its department."""
    return office.parent if office.kind == OfficeKind.DIVISION and office.parent else office


def mandates_of(office: Office) -> QuerySet[Mandate]:
    """Mandates given in an office, the newest first; those taken back before they began are left out."""
    found = Mandate.objects.filter(giver__office=office, period__isempty=False)
    return found.select_related("giver__user", "post__user", "recorded_by__user").order_by("-period", "-id")


def mandate_on(post: Post, act: str, *, on: date) -> Mandate | None:
    """The mandate by which a post may sign an act on a day: given by whoever is competent for it then."""
    rules = competent(act, on=on)
    given = Q(pk__in=[])
    for rule in rules:
        given |= Q(giver__office__kind=rule.office_kind, giver__role=rule.role)
    found = Mandate.objects.filter(given, on_day(on), post=post.pk, acts__contains=[act])
    return found.order_by("id").first()


def may_sign(post: Post, act: str, *, on: date) -> bool:
    """Whether a post may sign an act on a day, in its own power or by mandate."""
    own = any((post.office.kind, post.role) == (rule.office_kind, rule.role) for rule in competent(act, on=on))
    return own or mandate_on(post, act, on=on) is not None


def signing_posts(act: str, *, unit_ids: list[int], on: date) -> QuerySet[Post]:
    """Seated posts of these units that may sign an act on a day: heads, then deputies, then those with a mandate."""
    own, given = Q(pk__in=[]), Q(pk__in=[])
    for rule in competent(act, on=on):
        own |= Q(office__kind=rule.office_kind, role=rule.role)
        given |= Q(giver__office__kind=rule.office_kind, giver__role=rule.role)
    mandated = Mandate.objects.filter(given, on_day(on), acts__contains=[act]).values("post")
    posts = Post.objects.on(on).filter(own | Q(pk__in=mandated), office__unit__in=unit_ids, user__isnull=False)
    rank = Case(When(own, then=Value(0)), default=Value(1), output_field=IntegerField())
    return posts.annotate(rank=rank).select_related("office", "user").order_by("rank", "is_deputy", "id")


def possible_givers(office: Office, *, on: date) -> QuerySet[Post]:
    """The seated head of a body, who alone gives a mandate."""
    role = _HEADS.get(office.kind)
    found = Post.objects.on(on).filter(office=office, role=role, is_deputy=False, user__isnull=False)
    return found.exclude(title__startswith="Phó ").select_related("user", "office").order_by("id")


def possible_holders(giver: Post, *, on: date) -> QuerySet[Post]:
    """Seated heads of units within the giver's body; their deputies and everybody else cannot be given a mandate."""
    units = Q(office=giver.office_id) | Q(office__parent=giver.office_id)
    found = Post.objects.on(on).filter(units, role__in=_UNIT_HEADS, is_deputy=False, user__isnull=False)
    return found.exclude(user=giver.user_id).exclude(title__startswith="Phó ").select_related("user", "office").order_by("id")


def acts_of(giver: Post, *, on: date) -> list[str]:
    """What a post decides by itself on a day: the acts a mandate may name."""
    rules = Competence.objects.filter(on_day(on), office_kind=giver.office.kind, role=giver.role)
    return list(rules.order_by("act").values_list("act", flat=True).distinct())
