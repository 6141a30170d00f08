"""Take back what a list wrote into the register: people nobody else speaks of, and facts nobody changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import among, insert_rows
from ansinh.database.dependents import drop_drafts
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.people.models import Circumstance, Person
from ansinh.people.queries.resting import WRITTEN_WITH, facts_as_they_stand, resting_on_people


@transaction.atomic
def unregister_people(*, persons: Sequence[Person], reason: str, by: Post, now: datetime) -> int:
    """Remove people of one list, with what was written down with them, as if the list had not been taken in.

    All or none. Raises InvalidInput when anything else speaks of one of them, also where this post cannot see it.
    """
    if resting_on_people(persons, mine={}):
        raise InvalidInput(_("Không hoàn tác được: có người đã được ghi thêm điều khác."))
    keys = [person.pk for person in persons]
    try:
        with transaction.atomic():
            drop_drafts(Person, keys)
            for model in WRITTEN_WITH:
                model.objects.filter(person__in=among(keys))._raw_delete("default")
            Person.objects.filter(pk__in=among(keys))._raw_delete("default")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError:
        raise InvalidInput(
            _("Không hoàn tác được: có người đã được ghi thêm điều khác ở nơi chức vụ này không xem được.")
        ) from None
    detail = {"people": [person.code for person in persons], "reason": reason}
    journal.record(by=by.actor, act="unregister_many", noun="person", key="", detail=detail, at=now)
    return len(keys)


@transaction.atomic
def restore_facts(
    *, person: Person, kind: str, before: list[dict], after: list[dict], reason: str, by: Post, now: datetime
) -> None:
    """Bring facts of one kind back to what they were. Raises InvalidInput when they are no longer what the list left."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if facts_as_they_stand(person, kind) != after:
        raise InvalidInput(_("Điều đã ghi cho %(name)s đã thay đổi sau khi nạp.") % {"name": person.full_name})
    person.circumstances.filter(kind=kind).delete()
    insert_rows(
        Circumstance(
            person=person, kind=kind, value=was["value"], period=DateRange(_day(was["since"]), _day(was["until"])),
            detail=was["detail"], source=was["source"], recorded_by=was["recorded_by"],
            recorded_at=datetime.fromisoformat(was["recorded_at"]),
        )
        for was in before
    )  # fmt: skip
    detail = {"kind": kind, "reason": reason}
    journal.record(by=by.actor, act="restore_facts", noun="person", key=person.code, detail=detail, at=now)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
