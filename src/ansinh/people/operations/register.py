"""Register a person, correct who they are, keep their other names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.folding import fold, sort_key, tidy
from ansinh.localities.models import Unit, Village
from ansinh.people.models import OtherName, OtherNumber, Person, Residence
from ansinh.people.numbers import number_errors
from ansinh.people.operations.lives import birth_allows


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
    columns = checked(newcomer, now.date())
    recorded = {"source": source, "recorded_by": by.actor.text, "recorded_at": now}
    try:
        with transaction.atomic():
            person = Person.objects.create(unit=unit, village=village, **columns, **recorded)
    except IntegrityError as error:
        raise taken(error, columns["personal_number"]) from None
    Residence.objects.create(person=person, unit=unit, village=village, period=DateRange(since, None), **recorded)
    if newcomer.old_number:
        OtherNumber.objects.create(person=person, kind="cmnd", number=newcomer.old_number, **recorded)
    journal.record(by=by.actor, act="register", noun="person", key=person.code, detail={"source": source}, at=now)
    return person


def checked(newcomer: Newcomer, on: date) -> dict:
    """The columns of a person as they are kept. Raises InvalidInput for a name, number or birth that cannot be."""
    name = tidy(newcomer.full_name)
    if not name:
        raise InvalidInput(_("Họ và tên bỏ trống."), field="full_name")
    number = newcomer.personal_number or None
    if number and (errors := number_errors(number)):
        raise InvalidInput(errors[0], field="personal_number")
    if newcomer.born_on and newcomer.born_on > on:
        raise InvalidInput(_("Ngày sinh chưa tới."), field="born_on")
    plain = ("sex", "born_on", "birth_precision", "ethnicity", "telephone", "payment_book", "address")
    columns = {column: getattr(newcomer, column) for column in plain}
    return {"full_name": name, "sort_key": sort_key(name), "personal_number": number, **columns}


def taken(error: IntegrityError, number: str | None) -> Exception:
    """What the database refused, in words where it is a number that somebody has."""
    if "personal_number_once" in str(error):
        return InvalidInput(
            _("Số định danh này đã ghi cho một người khác trong sổ (có thể ở xã khác). Hãy tìm bằng số để đối chiếu."),
            field="personal_number",
        )
    return error


CORRECTABLE = frozenset(
    (
        "full_name", "sex", "born_on", "birth_precision", "personal_number", "ethnicity", "telephone", "payment_book", "address",
    )
)  # fmt: skip


def hold_name(*, full_name: str) -> None:
    """Until the transaction ends, nobody else writes somebody of this name down: a button pressed twice makes one person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people_register'), hashtext(%s))", [fold(full_name)])


@transaction.atomic
def correct_identity(*, person: Person, changes: dict, source: str, by: Post, now: datetime) -> Person:
    """Correct name, birth, sex, number, telephone, book or address. The old name and number stay as other ones.

    A ruling on a birth that the corrected birth no longer allows is withdrawn, so that it cannot serve a later question; the
    journal keeps it. Raises InvalidInput for a value that cannot be, AlreadyDone when nothing differs.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    wanted = {name: changes[name] for name in changes.keys() & CORRECTABLE}
    if "full_name" in wanted:
        wanted["full_name"] = tidy(wanted["full_name"])
    wanted = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if not wanted:
        raise AlreadyDone(_("Không có gì khác với điều đã ghi."))
    _check_identity(person, wanted, now.date())
    was = {name: _as_text(getattr(person, name)) for name in sorted(wanted.keys() & _KEPT_IN_JOURNAL)}
    _keep_former(person, wanted, {"source": source, "recorded_by": by.actor.text, "recorded_at": now})
    for name, value in wanted.items():
        setattr(person, name, value)
    person.sort_key = sort_key(person.full_name)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise taken(error, person.personal_number) from None
    detail = {"fields": sorted(wanted), "was": was, "source": source, "rulings": _withdraw_rulings(person)}
    journal.record(by=by.actor, act="correct_identity", noun="person", key=person.code, detail=detail, at=now)
    return person


_KEPT_IN_JOURNAL = frozenset(("sex", "born_on", "birth_precision", "ethnicity", "payment_book"))


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _check_identity(person: Person, wanted: dict, on: date) -> None:
    if not wanted.get("full_name", person.full_name):
        raise InvalidInput(_("Họ và tên bỏ trống."), field="full_name")
    if (number := wanted.get("personal_number")) and (errors := number_errors(number)):
        raise InvalidInput(errors[0], field="personal_number")
    born = wanted.get("born_on")
    if born and born > on:
        raise InvalidInput(_("Ngày sinh chưa tới."), field="born_on")
    if born and person.died_on and born > person.died_on:
        raise InvalidInput(
            _("Người này đã ghi mất ngày %(day)s, trước ngày sinh mới.") % {"day": f"{person.died_on:%d/%m/%Y}"}, field="born_on"
        )


def _keep_former(person: Person, wanted: dict, recorded: dict) -> None:
    if "full_name" in wanted:
        OtherName.objects.create(person=person, name=person.full_name, **recorded)
    if "personal_number" in wanted and person.personal_number:
        OtherNumber.objects.create(person=person, kind="old_personal", number=person.personal_number, **recorded)


def _withdraw_rulings(person: Person) -> list[dict]:
    """Rulings outside the birth as it stands now. What they said goes to the journal."""
    withdrawn = []
    for ruling in person.birth_rulings.order_by("id"):
        if not birth_allows(person, ruling.born_on):
            withdrawn.append({"born_on": ruling.born_on.isoformat(), "evidence": ruling.evidence})
            ruling.delete()
    return withdrawn


@transaction.atomic
def add_other_name(*, person: Person, name: str, source: str, by: Post, now: datetime) -> OtherName:
    """Write down another name someone is known by; search finds them under it."""
    name = tidy(name)
    if not name:
        raise InvalidInput(_("Tên gọi khác bỏ trống."), field="name")
    if fold(name) == person.name_folded or person.other_names.filter(name_folded=fold(name)).exists():
        raise AlreadyDone(_("Tên này đã ghi cho người này."))
    other = OtherName.objects.create(
        person=person, name=name, source=source, recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="add_other_name", noun="person", key=person.code, at=now)
    return other


@transaction.atomic
def add_other_number(*, person: Person, kind: str, number: str, source: str, by: Post, now: datetime) -> OtherNumber:
    """Write down an old 9-digit number, or the number of another paper or system. History only: it never identifies alone."""
    digits = "".join(number.split())
    if kind not in dict(OtherNumber._meta.get_field("kind").choices):
        raise InvalidInput(_("Loại số không hợp lệ."), field="kind")
    if not digits or (kind == "cmnd" and not (digits.isascii() and digits.isdigit() and len(digits) == 9)):
        raise InvalidInput(_("Số chứng minh nhân dân cũ phải có đúng 9 chữ số."), field="number")
    if person.other_numbers.filter(kind=kind, number=digits).exists():
        raise AlreadyDone(_("Số này đã ghi cho người này."))
    other = OtherNumber.objects.create(
        person=person, kind=kind, number=digits, source=source, recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="add_other_number", noun="person", key=person.code, detail={"kind": kind}, at=now)
    return other
