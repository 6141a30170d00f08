"""Draft what the law sees differently: one bulk decision a commune, replaced each time it is asked for, signed apart.

Who has HIV stands in no bulk paper: each such person gets a paper of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations.draft import draft_decision
from ansinh.entitlements.queries.differences import differences
from ansinh.entitlements.queries.naming import is_sensitive
from ansinh.kernel.periods import month_text
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids


def drop_proposals(*, unit: Unit, month: date, kinds: Collection[str]) -> set[tuple[str, int]]:
    """Remove drafts the system wrote for a month and nobody signed, before they are written anew. For use inside an operation.

    A printed one lies on the signer's desk and stays. Returns (kind, person) of its lines, which are not to be written twice.
    """
    old = Decision.objects.select_for_update(of=("self",)).filter(unit=unit, month=month, origin="proposed", state="draft")
    old = old.filter(kind__in=kinds)
    for decision in old.filter(paper=None):
        decision.items.all().delete()
        decision.delete()
    return set(old.exclude(paper=None).values_list("kind", "items__person"))


@transaction.atomic
def draft_differences(
    *, unit: Unit, month: date, by: Post | None, now: datetime, among: Collection[int] | None = None
) -> list[Decision]:
    """Replace the commune's unsigned drafts of the month by what the law says now; none when nothing differs.

    A line that rests on an unconfirmed point is left out: it waits for the point to be confirmed. `among`: the people to look at,
    where they are known already (`queries.suspects`).
    """
    printed = {person for _kind, person in drop_proposals(unit=unit, month=month, kinds=("mixed",))}
    found = differences(unit_ids=scope_ids(unit, on=now.date()), month=month, among=among)
    items = [item for difference in found if not difference.held for item in difference.items if item.person_id not in printed]
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return [
        draft_decision(
            office=office, unit=unit, kind="mixed", origin="proposed", items=paper, by=by, now=now, month=month,
            title=f"Điều chỉnh, thôi hưởng theo rà soát tháng {month_text(month)}",
        )
        for paper in _papers(items)
    ]  # fmt: skip


def _papers(items: Sequence[ItemDraft]) -> list[list[ItemDraft]]:
    """The bulk paper, then one for each person with a sensitive ground before or after."""
    apart = {
        item.person_id
        for item in items
        if is_sensitive(item.category) or (item.entitlement and is_sensitive(item.entitlement.category))
    }
    papers = [[item for item in items if item.person_id not in apart]]
    papers += [[item for item in items if item.person_id == person] for person in sorted(apart)]
    return [paper for paper in papers if paper]
