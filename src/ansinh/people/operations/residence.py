"""Moves: inside one's own places, and across communes through a door of the database."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit, Village
from ansinh.people.models import Person, Residence
from ansinh.people.operations.spans import make_room


@transaction.atomic
def move_within(
    *, person: Person, unit: Unit, village: Village | None, address: str = "", since: date, source: str, by: Post, now: datetime
) -> Residence:
    """A move the post sees both ends of, to another village for example. The former residence ends that day."""
    if village and village.unit_id != unit.id:
        raise InvalidInput(_("Thôn, tổ dân phố này không thuộc xã, phường đã chọn."), field="village")
    make_room(person.residences.all(), since, None)
    home = Residence.objects.create(
        person=person, unit=unit, village=village, period=DateRange(since, None), source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    Person.objects.filter(pk=person.pk).update(unit=unit, village=village, address=address)
    journal.record(by=by.actor, act="move", noun="person", key=person.code, detail={"to": unit.code}, at=now)
    return home


@transaction.atomic
def move_across(*, person: Person, unit: Unit, since: date, source: str, by: Post, now: datetime) -> None:
    """The old commune hands a person over: from now on the new one sees them, and they leave their household.

    What was paid stays with the old commune's lists.
    """
    if unit.id == person.unit_id:
        raise InvalidInput(_("Người này đang ở chính xã, phường đó."), field="unit")
    journal.record(
        by=by.actor,
        act="move",
        noun="person",
        key=person.code,
        detail={"from": person.unit_id, "to": unit.code, "source": source},
        at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_move(%s, %s, %s, %s, %s, %s)", [person.id, unit.id, since, source, by.actor.text, now])
        if not cursor.fetchone()[0]:
            raise InvalidInput(_("Không tìm thấy người này trong địa bàn đang quản lý."))
