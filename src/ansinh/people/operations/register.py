"""Register a person, correct who they are, write down relatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.folding import sort_key, tidy
from ansinh.localities.models import Unit, Village
from ansinh.people.models import OtherName, OtherNumber, Person, Relative, Residence
from ansinh.people.numbers import number_errors


@dataclass(frozen=True)
class Newcomer:
    """What is known of a person when they are first written down. Names are kept whole."""

    full_name: str
    sex: str = "unknown"
    born_on: date | None = None
    birth_precision: str = "day"
    personal_number: str | None = None
    ethnicity: str = ""
    telephone: str = ""
    payment_book: str = ""
    address: str = ""
    old_number: str = ""


@transaction.atomic
def register_person(
    *, newcomer: Newcomer, unit: Unit, village: Village | None, since: date | None, source: str, by: Post, now: datetime
) -> Person:
    """Write a person down in a commune. Raises InvalidInput for a number that is none, or that another person has."""
    name = tidy(newcomer.full_name)
    if not name:
        raise InvalidInput(_("Họ và tên bỏ trống."), field="full_name")
    number = newcomer.personal_number or None
    if number and (errors := number_errors(number)):
        raise InvalidInput(errors[0], field="personal_number")
    if newcomer.born_on and newcomer.born_on > now.date():
        raise InvalidInput(_("Ngày sinh chưa tới."), field="born_on")
    recorded = {"source": source, "recorded_by": by.actor.text, "recorded_at": now}
    try:
        with transaction.atomic():
            person = Person.objects.create(
                full_name=name,
                sort_key=sort_key(name),
                sex=newcomer.sex,
                born_on=newcomer.born_on,
                birth_precision=newcomer.birth_precision,
                personal_number=number,
                ethnicity=newcomer.ethnicity,
                telephone=newcomer.telephone,
                payment_book=newcomer.payment_book,
                unit=unit,
                village=village,
                address=newcomer.address,
                **recorded,
            )
    except IntegrityError as error:
        raise _taken(error, number) from None
    Residence.objects.create(person=person, unit=unit, village=village, period=DateRange(since, None), **recorded)
    if newcomer.old_number:
        OtherNumber.objects.create(person=person, kind="cmnd", number=newcomer.old_number, **recorded)
    journal.record(by=by.actor, act="register", noun="person", key=person.code, detail={"source": source}, at=now)
    return person


def _taken(error: IntegrityError, number: str | None) -> Exception:
    if "personal_number_once" in str(error):
        return InvalidInput(
            _("Số định danh này đã ghi cho một người khác trong sổ (có thể ở xã khác). Hãy tìm bằng số để đối chiếu."),
            field="personal_number",
        )
    return error


@transaction.atomic
def correct_identity(*, person: Person, changes: dict, source: str, by: Post, now: datetime) -> Person:
    """Correct name, birth, sex, number, telephone, book or address. The old name and number stay as other ones."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    recorded = {"source": source, "recorded_by": by.actor.text, "recorded_at": now}
    changed = [name for name, value in changes.items() if getattr(person, name) != value]
    if "full_name" in changed:
        OtherName.objects.create(person=person, name=person.full_name, **recorded)
        changes["full_name"] = tidy(changes["full_name"])
        person.sort_key = sort_key(changes["full_name"])
    if "personal_number" in changed:
        if changes["personal_number"] and (errors := number_errors(changes["personal_number"])):
            raise InvalidInput(errors[0], field="personal_number")
        if person.personal_number:
            OtherNumber.objects.create(person=person, kind="old_personal", number=person.personal_number, **recorded)
    for name in changed:
        setattr(person, name, changes[name])
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise _taken(error, person.personal_number) from None
    journal.record(
        by=by.actor, act="correct_identity", noun="person", key=person.code, detail={"fields": changed, "source": source}, at=now
    )
    return person


@transaction.atomic
def record_relative(
    *, person: Person, kind: str, name: str, known: Person | None, since: date | None, source: str, by: Post, now: datetime
) -> Relative:
    """Write down father, mother, spouse or child: by name, and by row when the relative is in the register."""
    if kind not in dict(Relative._meta.get_field("kind").choices):
        raise InvalidInput(_("Quan hệ không hợp lệ."), field="kind")
    relative = Relative.objects.create(
        person=person,
        kind=kind,
        name=tidy(name) or (known.full_name if known else ""),
        known=known,
        period=DateRange(since, None),
        source=source,
        recorded_by=by.actor.text,
        recorded_at=now,
    )
    journal.record(by=by.actor, act="record_relative", noun="person", key=person.code, detail={"kind": kind}, at=now)
    return relative
