"""Birth dates decided, deaths recorded, and a wrong death undone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.people.models import BirthRuling, Person


def birth_allows(person: Person, day: date) -> bool:
    """Whether a birth known by year or month may be this day. A birth known to the day leaves nothing to rule on."""
    if person.born_on is None or person.birth_precision == "day" or day.year != person.born_on.year:
        return False
    return person.birth_precision == "year" or day.month == person.born_on.month


@transaction.atomic
def rule_on_birth(*, person: Person, born_on: date, evidence: str, by: Post, now: datetime) -> BirthRuling:
    """Decide once, with evidence, which day counts for a birth known only by year or month; every later question uses it."""
    if person.birth_precision == "day":
        raise AlreadyDone(_("Ngày sinh của người này đã biết đủ ngày, tháng, năm."))
    if not birth_allows(person, born_on):
        raise InvalidInput(_("Ngày quyết định phải nằm trong năm (tháng) sinh đã ghi."), field="born_on")
    if not evidence.strip():
        raise InvalidInput(_("Hãy ghi căn cứ của ngày sinh này."), field="evidence")
    ruling = BirthRuling.objects.create(
        person=person,
        born_on=born_on,
        evidence=evidence.strip(),
        source=evidence.strip(),
        recorded_by=by.actor.text,
        recorded_at=now,
    )
    journal.record(by=by.actor, act="rule_on_birth", noun="person", key=person.code, at=now)
    return ruling


@transaction.atomic
def record_death(*, person: Person, died_on: date, source: str, by: Post, now: datetime) -> Person:
    """Write a death down. What follows (list, ledger) is asked for by the rooms that own it."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.died_on:
        raise AlreadyDone(_("Đã ghi người này mất ngày %(day)s.") % {"day": f"{person.died_on:%d/%m/%Y}"})
    if died_on > now.date():
        raise InvalidInput(_("Ngày mất chưa tới."), field="died_on")
    if person.born_on and died_on < person.born_on:
        raise InvalidInput(_("Ngày mất trước ngày sinh."), field="died_on")
    person.died_on, person.death_source = died_on, source
    person.save(update_fields=["died_on", "death_source"])
    journal.record(
        by=by.actor,
        act="record_death",
        noun="person",
        key=person.code,
        detail={"on": died_on.isoformat(), "source": source},
        at=now,
    )
    return person


@transaction.atomic
def undo_death(*, person: Person, reason: str, by: Post, now: datetime) -> Person:
    """Take a wrong death back, with the reason. Lines held because of it show again in the next proposal."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not person.died_on:
        raise AlreadyDone(_("Người này không bị ghi là đã mất."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do hủy ghi nhận đã mất."), field="reason")
    was = person.died_on
    person.died_on, person.death_source = None, ""
    person.save(update_fields=["died_on", "death_source"])
    journal.record(
        by=by.actor, act="undo_death", noun="person", key=person.code, detail={"was": was.isoformat(), "reason": reason}, at=now
    )
    return person
