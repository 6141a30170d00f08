"""Write down what is true of a person or household from a day on. What stood before is closed, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.people.facts_catalogue import checked_value
from ansinh.people.facts_catalogue import kind as kind_of
from ansinh.people.models import Circumstance, Household, HouseholdCircumstance, Person
from ansinh.people.operations.spans import make_room


@transaction.atomic
def set_circumstance(
    *,
    person: Person,
    kind: str,
    value: Any,
    since: date | None,
    until: date | None = None,
    source: str,
    detail: str = "",
    by: Post,
    now: datetime,
) -> Circumstance:
    """From `since` (None: always) up to but without `until` this is so. Raises InvalidInput for a value of no such kind."""
    found = kind_of(kind)
    _check_span(since, until)
    if found.of != "person":
        raise InvalidInput(_("“%(label)s” ghi cho hộ, không ghi cho từng người.") % {"label": found.label}, field="kind")
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    replaced = make_room(person.circumstances.filter(kind=kind), since, until)
    fact = Circumstance.objects.create(
        person=person,
        kind=kind,
        value=checked_value(kind, value),
        period=DateRange(since, until),
        is_sensitive=found.is_sensitive,
        detail=detail,
        source=source,
        recorded_by=by.actor.text,
        recorded_at=now,
    )
    _note(by, "set_circumstance", "person", person.code, kind, since, found.is_sensitive, now, replaced)
    return fact


def _check_span(since: date | None, until: date | None) -> None:
    if since and until and until <= since:
        raise InvalidInput(_("Ngày kết thúc phải sau ngày bắt đầu %(day)s.") % {"day": f"{since:%d/%m/%Y}"}, field="until")


@transaction.atomic
def end_circumstance(*, fact: Circumstance, on: date, source: str, by: Post, now: datetime) -> Circumstance:
    """From `on` this is no longer so."""
    fact = Circumstance.objects.select_for_update(of=("self",)).select_related("person").get(pk=fact.pk)
    if fact.period.lower and on <= fact.period.lower:
        raise InvalidInput(
            _("Ngày kết thúc phải sau ngày bắt đầu %(day)s.") % {"day": f"{fact.period.lower:%d/%m/%Y}"}, field="on"
        )
    fact.period = DateRange(fact.period.lower, on)
    fact.save(update_fields=["period"])
    _note(by, "end_circumstance", "person", fact.person.code, fact.kind, on, fact.is_sensitive, now)
    return fact


@transaction.atomic
def set_household_circumstance(
    *,
    household: Household,
    kind: str,
    value: Any,
    since: date | None,
    until: date | None = None,
    source: str,
    by: Post,
    now: datetime,
) -> HouseholdCircumstance:
    """The same for a household: poverty class, hard area."""
    found = kind_of(kind)
    _check_span(since, until)
    if found.of != "household":
        raise InvalidInput(_("“%(label)s” ghi cho từng người, không ghi cho hộ.") % {"label": found.label}, field="kind")
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    replaced = make_room(household.circumstances.filter(kind=kind), since, until)
    fact = HouseholdCircumstance.objects.create(
        household=household,
        kind=kind,
        value=checked_value(kind, value),
        period=DateRange(since, until),
        source=source,
        recorded_by=by.actor.text,
        recorded_at=now,
    )
    _note(by, "set_circumstance", "household", household.code, kind, since, False, now, replaced)
    return fact


def _note(
    by: Post, act: str, noun: str, key: str, kind: str, day: date | None, sensitive: bool, now: datetime, replaced: Sequence = ()
) -> None:
    """What a new value wiped out whole stays in the journal, except of sensitive kinds, of which it names nothing."""
    detail: dict = {} if sensitive else {"kind": kind, "on": day.isoformat() if day else None}
    if replaced and not sensitive:
        detail["replaced"] = [{"value": row.value, "period": str(row.period), "source": row.source} for row in replaced]
    journal.record(by=by.actor, act=act, noun=noun, key=key, detail=detail, at=now)
