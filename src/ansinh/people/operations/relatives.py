"""Father, mother, spouse, children; and two rows found to be one person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.folding import tidy
from ansinh.people.models import Person, Relative
from ansinh.people.operations.spans import make_room


@transaction.atomic
def record_relative(
    *, person: Person, kind: str, name: str, known: Person | None, since: date | None, source: str, by: Post, now: datetime
) -> Relative:
    """Write down father, mother, spouse or child: by name, and by row when the relative is in the register.

    A new father, mother or spouse ends the former one on that day; children stand beside each other.
    """
    if kind not in dict(Relative._meta.get_field("kind").choices):
        raise InvalidInput(_("Quan hệ không hợp lệ."), field="kind")
    if known and known.pk == person.pk:
        raise InvalidInput(_("Không ai là người thân của chính mình."), field="known")
    name = tidy(name) or (known.full_name if known else "")
    if not name:
        raise InvalidInput(_("Hãy ghi họ tên, hoặc mã của người đã có trong sổ."), field="name")
    if kind == "child":
        same = {"known": known} if known else {"known": None, "name": name}
        if person.relatives.filter(kind=kind, period__endswith=None, **same).exists():
            raise AlreadyDone(_("Người con này đã ghi."))
    else:
        make_room(person.relatives.filter(kind=kind), since, None)
    relative = Relative.objects.create(
        person=person, kind=kind, name=name, known=known, period=DateRange(since, None), source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="record_relative", noun="person", key=person.code, detail={"kind": kind}, at=now)
    return relative


@transaction.atomic
def mark_as_same(*, person: Person, other: Person, reason: str, by: Post, now: datetime) -> Person:
    """An officer found that `person` and `other` are one human being: lists show `other` from now on. No row is rewritten.

    Raises InvalidInput when both have a personal number and the numbers differ, or when one of them is already part of such a pair.
    """
    rows = Person.objects.select_for_update(of=("self",)).order_by("id").in_bulk([person.pk, other.pk])
    person, other = rows[person.pk], rows[other.pk]
    if person.same_as_id:
        raise AlreadyDone(_("Hồ sơ này đã ghi là trùng với một hồ sơ khác."))
    if person.pk == other.pk:
        raise InvalidInput(_("Đây chính là hồ sơ đang mở."), field="other")
    if other.same_as_id or person.merged.exists():
        raise InvalidInput(_("Một trong hai hồ sơ đã ghi trùng với hồ sơ khác; hãy giữ lại hồ sơ gốc."), field="other")
    if person.personal_number and other.personal_number:
        raise InvalidInput(_("Hai hồ sơ có hai số định danh khác nhau; hãy sửa số sai trước."), field="other")
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi vì sao biết là cùng một người."), field="reason")
    person.same_as = other
    person.save(update_fields=["same_as"])
    detail = {"same_as": other.code, "reason": reason.strip()}
    journal.record(by=by.actor, act="mark_as_same", noun="person", key=person.code, detail=detail, at=now)
    return person


@transaction.atomic
def undo_same(*, person: Person, reason: str, by: Post, now: datetime) -> Person:
    """They are two people after all: the row stands in lists again."""
    person = Person.objects.select_for_update(of=("self",)).select_related("same_as").get(pk=person.pk)
    if not person.same_as_id:
        raise AlreadyDone(_("Hồ sơ này không ghi là trùng với ai."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi vì sao là hai người khác nhau."), field="reason")
    detail = {"was": person.same_as_id, "reason": reason.strip()}
    person.same_as = None
    person.save(update_fields=["same_as"])
    journal.record(by=by.actor, act="undo_same", noun="person", key=person.code, detail=detail, at=now)
    return person
