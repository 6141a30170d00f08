"""The list as an officer sees it: items of the places he may see, with what is already prepared for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import DecisionItem
from ansinh.entitlements.queries import on_screen
from ansinh.law.procedures import load_sheets
from ansinh.localities.models import Unit
from ansinh.watch.models import WatchItem, WatchKind

# Suspension has no sheet of its own. Its article from Decree 335 on was not confirmed by its text: none is named rather than a wrong one.
SUSPENSION, SUSPENSION_UNTIL = "Điều 2 TT 02/2021/TT-BLĐTBXH", date(2026, 10, 1)


def items() -> QuerySet[WatchItem]:
    """Every item this post sees; row security says which communes."""
    return WatchItem.objects.select_related("person", "unit", "dossier", "moved_by__user", "reminded_by__user")


def office_of(unit: Unit, otherwise: Office) -> Office:
    """The office whose paper it is: that of the commune, where there is one."""
    return Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first() or otherwise


def unanswered(person_ids: Iterable[int]) -> QuerySet[Dossier]:
    """Dossiers of these people, drafts too, that have no answer yet."""
    return Dossier.objects.filter(person__in=person_ids).exclude(state__in=("decided", "refused", "delivered", "withdrawn"))


@dataclass(frozen=True)
class KindCount:
    """One kind with how many of its items wait."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Told:
    """How much was ever told in the places one sees, and how much of it officers dismissed: what the list is worth, measured."""

    items: int
    dismissed: int

    @property
    def percent(self) -> int:
        """Dismissed ones of a hundred."""
        return round(100 * self.dismissed / self.items) if self.items else 0


def counts() -> tuple[list[KindCount], Told]:
    """Open items by kind, in the order of the kinds; and what became of all. One query."""
    by_state = WatchItem.objects.values_list("kind", "state").annotate(n=Count("id")).order_by()
    found = {(kind, state): number for kind, state, number in by_state}
    told = Told(sum(found.values()), sum(number for (_kind, state), number in found.items() if state == "dismissed"))
    return [
        KindCount(kind.value, kind.label, found[kind.value, "open"]) for kind in WatchKind if (kind.value, "open") in found
    ], told


@dataclass(frozen=True)
class Shown:
    """One row of the list. `draft` is the code of an unsigned decision about it, `dossier` that of a dossier opened for it."""

    item: WatchItem
    article: str
    draft: str
    dossier: Dossier | None

    @property
    def may_choose(self) -> bool:
        """Whether something can be done about it together with others: a letter, or the stop of somebody dead without a draft."""
        return self.item.may_remind or (self.item.kind == WatchKind.DEATH and not self.draft)


def article_of(item: WatchItem, *, tells: bool) -> str:
    """The article behind an item: that of the ground where it may be told, else that of the procedure, for everybody alike."""
    if tells and item.article:
        return item.article
    made = load_sheets().get(item.asked_by[0])
    version = made.on(item.month) if made else None
    if version:
        return version.basis
    return SUSPENSION if item.month < SUSPENSION_UNTIL else ""


def shown(rows: Iterable[WatchItem], *, post: Post) -> list[Shown]:
    """The rows of a page with what is prepared for them. Two queries."""
    found, tells = list(rows), on_screen(post).tells
    people = {item.person_id for item in found}
    drafts = dict(
        DecisionItem.objects.filter(person__in=people, decision__state="draft", entitlement__isnull=False)
        .order_by("-id")
        .values_list("entitlement", "decision__code")
    )
    running = {}
    for dossier in unanswered(people).order_by("id"):
        running[dossier.person_id, dossier.procedure] = dossier
    return [
        Shown(
            item, article_of(item, tells=tells), drafts.get(item.entitlement_id, ""),
            running.get((item.person_id, item.asked_by[0])) or item.dossier,
        )
        for item in found
    ]  # fmt: skip
