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

HEAD = "chủ hộ"


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
        _end_headship(household, since)
    membership = Membership.objects.create(
        person=person, household=household, relation=relation, is_head=is_head, period=DateRange(since, None), source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="join", noun="household", key=household.code, detail={"person": person.code}, at=now)
    return membership


def _end_headship(household: Household, since: date | None) -> None:
    """Whoever heads the household after `since` goes on as a member: their time as head ends that day."""
    for former in household.memberships.select_for_update().filter(is_head=True, period__overlap=DateRange(since, None)):
        before, former.period = former.period, DateRange(max_day(former.period.lower, since), former.period.upper)
        former.is_head, former.relation = False, ""
        former.save(update_fields=["is_head", "relation", "period"])
        if since is not None and (before.lower is None or before.lower < since):
            Membership.objects.create(
                person_id=former.person_id, household=household, relation=HEAD, is_head=True,
                period=DateRange(before.lower, since), source=former.source, recorded_by=former.recorded_by,
                recorded_at=former.recorded_at,
            )  # fmt: skip


def max_day(first: date | None, second: date | None) -> date | None:
    """The later of two beginnings; None is the beginning of time."""
    return max((day for day in (first, second) if day), default=None)


@transaction.atomic
def leave_household(*, person: Person, on: date, source: str, by: Post, now: datetime) -> None:
    """From `on` the person belongs to no household."""
    make_room(person.memberships.all(), on, None)
    journal.record(by=by.actor, act="leave", noun="person", key=person.code, detail={"source": source}, at=now)
