"""The drafts that give back what a wrong stop took away, and take back what a wrong death gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.models import Post
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import draft_decision
from ansinh.kernel.periods import add_months, month_of
from ansinh.people.models import Person
from ansinh.watch.queries import office_of
from ansinh.watch.queries.overpaid import funeral_to_recover
from ansinh.watch.queries.resuming import lines_to_resume


def draft_resumption(*, person: Person, entries: Sequence[Entitlement], why: str, by: Post, now: datetime) -> Decision | None:
    """Draft what gives back the months a wrong stop took away; the one there is already, or None where the law gives nothing.

    Whoever signs sees each stretch of months with its own article; the lists then bring the months missed by themselves.
    """
    ready = Decision.objects.filter(state="draft", kind="resume", items__entitlement__in=[one.pk for one in entries])
    if standing := ready.order_by("-id").first():
        return standing
    until = add_months(month_of(now.date()), 1)
    items = lines_to_resume(person=person, entries=entries, until=until, why=why).items
    if not items:
        return None
    return draft_decision(
        office=office_of(person.unit, by.office), unit=person.unit, kind="resume", origin="proposed", items=items, by=by, now=now,
        title=f"Hưởng lại: {person.full_name}",
    )  # fmt: skip


def draft_funeral_back(*, person: Person, funerals: Sequence[Entitlement], by: Post, now: datetime) -> Decision | None:
    """Draft the recovery of what was handed out for the funeral of somebody alive; None where nothing was.

    Whoever received it pays it back; what the person draws is left alone.
    """
    items = [item for entry in funerals for item in funeral_to_recover(entry, due_vnd=0)]
    if not items:
        return None
    return draft_decision(
        office=office_of(person.unit, by.office), unit=person.unit, kind="recovery", origin="proposed", items=items, by=by, now=now,
        title=f"Thu hồi hỗ trợ mai táng: {person.full_name}",
    )  # fmt: skip
