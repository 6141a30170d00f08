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
from ansinh.people.models import OtherNumber, Person, Relative
from ansinh.people.operations.spans import make_room

WITH_MERGE = "Chuyển sang hồ sơ được giữ khi nhập hai hồ sơ làm một"


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
def mark_as_same(*, person: Person, other: Person, reason: str, numbers_checked: bool = False, by: Post, now: datetime) -> Person:
    """An officer found that `person` and `other` are one human being: lists show `other` from now on. No row is rewritten, but the
    personal number goes over to `other` where it has none, for nobody can find the kept row by it otherwise.

    Two different personal numbers need the officer's word that the paper was seen and the number of `other` is right. Raises
    InvalidInput without it, or when one of them is already part of such a pair.
    """
    rows = Person.objects.select_for_update(of=("self",)).order_by("id").in_bulk([person.pk, other.pk])
    person, other = rows[person.pk], rows[other.pk]
    if person.same_as_id:
        raise AlreadyDone(_("Hồ sơ này đã ghi là trùng với một hồ sơ khác."))
    if person.pk == other.pk:
        raise InvalidInput(_("Đây chính là hồ sơ đang mở."), field="other")
    if other.same_as_id or person.merged.exists():
        raise InvalidInput(_("Một trong hai hồ sơ đã ghi trùng với hồ sơ khác; hãy giữ lại hồ sơ gốc."), field="other")
    two_numbers = bool(person.personal_number and other.personal_number)
    if two_numbers and not numbers_checked:
        raise InvalidInput(
            _("Hai hồ sơ có hai số định danh khác nhau; hãy xem thẻ căn cước, giữ hồ sơ có số đúng và xác nhận đã xem."),
            field="numbers_checked",
        )
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi vì sao biết là cùng một người."), field="reason")
    person.same_as = other
    person.save(update_fields=["same_as"])
    handed = _hand_number_over(person, other, {"source": WITH_MERGE, "recorded_by": by.actor.text, "recorded_at": now})
    detail = {"same_as": other.code, "reason": reason.strip(), "two_numbers": two_numbers, "number_went_over": handed}
    journal.record(by=by.actor, act="mark_as_same", noun="person", key=person.code, detail=detail, at=now)
    return person


def _hand_number_over(person: Person, other: Person, recorded: dict) -> bool:
    """Whoever is looked for by the number of either is found in `other`. True where the number itself went over."""
    number = person.personal_number
    goes = bool(number) and not other.personal_number
    if number:
        OtherNumber.objects.create(person=person if goes else other, kind="old_personal", number=number, **recorded)
    if goes:
        _write_number(person, None)
        _write_number(other, number)
    return goes


def _hand_number_back(person: Person, other: Person) -> None:
    """The number that came with the merge; one that was corrected since stays where it is."""
    other.other_numbers.filter(kind="old_personal", source=WITH_MERGE, number=person.personal_number).delete()
    kept = person.other_numbers.filter(kind="old_personal", source=WITH_MERGE, number=other.personal_number).first()
    if kept and not person.personal_number:
        _write_number(other, None)
        _write_number(person, kept.number)
        kept.delete()


def _write_number(person: Person, number: str | None) -> None:
    person.personal_number = number
    person.save(update_fields=["personal_number"])


@transaction.atomic
def undo_same(*, person: Person, reason: str, by: Post, now: datetime) -> Person:
    """They are two people after all: the row stands in lists again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.same_as_id:
        raise AlreadyDone(_("Hồ sơ này không ghi là trùng với ai."))
    other = Person.objects.select_for_update().get(pk=person.same_as_id)
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi vì sao là hai người khác nhau."), field="reason")
    detail = {"was": person.same_as_id, "reason": reason.strip()}
    person.same_as = None
    person.save(update_fields=["same_as"])
    _hand_number_back(person, other)
    journal.record(by=by.actor, act="undo_same", noun="person", key=person.code, detail=detail, at=now)
    return person
