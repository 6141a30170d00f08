"""The transition list as it was reckoned last: sums by kind, drafts by state."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from ansinh import law
from ansinh.entitlements.models import Decision, TransitionKind, TransitionLine
from ansinh.entitlements.queries.naming import Naming, is_sensitive, sensitive_categories
from ansinh.pages.own_words import own_words


@dataclass(frozen=True)
class KindSum:
    """Lines of one kind: how many people, how much more a month, how much is owed, how many are held."""

    key: str
    label: str
    people: int
    change_vnd: int
    owed_vnd: int
    held: int


def transition_sums(lines: QuerySet[TransitionLine]) -> list[KindSum]:
    """Sums by kind, in the order of the kinds. One query."""
    counted = lines.values("kind").annotate(
        people=Count("id"), change=Sum("change_vnd"), owed_sum=Sum("owed_vnd"), waiting=Count("id", filter=Q(held=True))
    )
    found = {row["kind"]: row for row in counted.order_by()}
    return [
        KindSum(kind.value, str(kind.label), row["people"], row["change"], row["owed_sum"], row["waiting"])
        for kind in TransitionKind
        if (row := found.get(kind.value))
    ]


def transition_papers(change: str, *, unit_id: int | None = None, most: int = 20) -> tuple[dict[str, int], list[Decision]]:
    """How many decisions of a transition stand in each state, and the first of those to be signed. Two queries."""
    found = Decision.objects.filter(transition=change)
    if unit_id:
        found = found.filter(unit=unit_id)
    states = dict(found.values_list("state").annotate(n=Count("id")).order_by())
    waiting = found.filter(state="draft").select_related("unit").annotate(people=Count("items__person", distinct=True))
    return states, list(waiting.order_by("unit__name_folded", "id")[:most])


def tells_illness(lines: QuerySet[TransitionLine]) -> QuerySet[TransitionLine]:
    """Those of these lines whose ground, before or after, tells an illness."""
    keys = sensitive_categories()
    return lines.filter(Q(category__in=keys) | Q(entitlement__category__in=keys))


def points_in_words(keys: list[str]) -> list[str]:
    """Open points of law as they are asked."""
    known = law.questions()
    return [own_words(known[key], "label") for key in keys if key in known]


def points_of(decision: Decision, naming: Naming) -> list[str]:
    """The open points that lines of a decision rest on, for whoever signs or records it; of a sensitive ground only to who may know."""
    rows = decision.items.filter(law__has_key="unconfirmed").values_list("category", "law")
    keys = [key for category, told in rows if naming.tells or not is_sensitive(category) for key in told["unconfirmed"]]
    return points_in_words(list(dict.fromkeys(keys)))
