"""Households: open one, join, leave."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.localities.models import Unit, Village
from ansinh.people.models import Household, Membership, Person
from ansinh.people.operations.spans import make_room


@transaction.atomic
def open_household(
    *, unit: Unit, village: Village | None, address: str = "", local_code: str = "", source: str, by: Post, now: datetime
) -> Household:
    """Write a household down."""
    household = Household.objects.create(
        unit=unit, village=village, address=address, local_code=local_code, source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="open", noun="household", key=household.code, at=now)
    return household


@transaction.atomic
def join_household(
    *,
    person: Person,
    household: Household,
    relation: str,
    is_head: bool = False,
    since: date | None,
    source: str,
    by: Post,
    now: datetime,
) -> Membership:
    """From `since` the person belongs to this household; the former membership ends that day."""
    make_room(person.memberships.all(), since, None)
    if is_head:
        household.memberships.filter(is_head=True, period__endswith=None).update(is_head=False)
    membership = Membership.objects.create(
        person=person, household=household, relation=relation, is_head=is_head, period=DateRange(since, None), source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="join", noun="household", key=household.code, detail={"person": person.code}, at=now)
    return membership


@transaction.atomic
def leave_household(*, person: Person, on: date, source: str, by: Post, now: datetime) -> None:
    """From `on` the person belongs to no household."""
    make_room(person.memberships.all(), on, None)
    journal.record(by=by.actor, act="leave", noun="person", key=person.code, detail={"source": source}, at=now)
