"""Who acts and receives for a person, and into which account, from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.folding import tidy
from ansinh.people.models import BankAccount, Guardian, Payee, Person
from ansinh.people.operations.spans import make_room


@transaction.atomic
def set_payee(
    *,
    person: Person,
    name: str,
    relation: str,
    number: str,
    telephone: str = "",
    basis: str,
    since: date,
    by: Post,
    now: datetime,
) -> Payee:
    """From `since` this person receives the money (người nhận thay)."""
    if not tidy(name):
        raise InvalidInput(_("Tên người nhận thay bỏ trống."), field="name")
    make_room(person.payees.all(), since, None)
    payee = Payee.objects.create(
        person=person, name=tidy(name), relation=relation, number=number, telephone=telephone, basis=basis,
        period=DateRange(since, None), source=basis, recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="set_payee", noun="person", key=person.code, detail={"basis": basis}, at=now)
    return payee


@transaction.atomic
def set_account(
    *, person: Person, holder: str, bank: str, number: str, since: date, source: str, by: Post, now: datetime
) -> BankAccount:
    """From `since` the money goes into this account. Another person may have the same one: a guardian's, for example."""
    digits = "".join(number.split())
    if not digits.isalnum() or not 4 <= len(digits) <= 30:
        raise InvalidInput(
            _("Số tài khoản “%(number)s” không đúng: cần từ 4 đến 30 chữ số.") % {"number": number}, field="number"
        )
    make_room(person.accounts.all(), since, None)
    account = BankAccount.objects.create(
        person=person, holder=tidy(holder), bank=tidy(bank), number=digits, period=DateRange(since, None), source=source,
        recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="set_account", noun="person", key=person.code, detail={"bank": account.bank}, at=now)
    return account


@transaction.atomic
def end_payee(*, person: Person, on: date, source: str, by: Post, now: datetime) -> None:
    """From `on` the person receives the money again. Raises AlreadyDone when nobody receives for them then."""
    _end(person, person.payees.all(), "end_payee", on, source, by, now, _("Ngày đó không có người nhận thay."))


@transaction.atomic
def end_account(*, person: Person, on: date, source: str, by: Post, now: datetime) -> None:
    """From `on` the money is paid in cash. Raises AlreadyDone when there is no account then."""
    _end(person, person.accounts.all(), "end_account", on, source, by, now, _("Ngày đó không có tài khoản nào."))


@transaction.atomic
def end_guardian(*, person: Person, on: date, source: str, by: Post, now: datetime) -> None:
    """From `on` the person has no guardian. Raises AlreadyDone when there is none then."""
    _end(person, person.guardians.all(), "end_guardian", on, source, by, now, _("Ngày đó không có người giám hộ."))


def _end(person: Person, rows: QuerySet, act: str, on: date, source: str, by: Post, now: datetime, nothing: str) -> None:
    if not rows.filter(period__contains=on).exists():
        raise AlreadyDone(nothing)
    make_room(rows, on, None)
    journal.record(by=by.actor, act=act, noun="person", key=person.code, detail={"on": on.isoformat(), "source": source}, at=now)


@transaction.atomic
def set_guardian(
    *,
    person: Person,
    name: str,
    relation: str,
    number: str,
    known: Person | None,
    since: date,
    source: str,
    by: Post,
    now: datetime,
) -> Guardian:
    """From `since` this is the person's guardian (người giám hộ)."""
    if not tidy(name):
        raise InvalidInput(_("Tên người giám hộ bỏ trống."), field="name")
    make_room(person.guardians.all(), since, None)
    guardian = Guardian.objects.create(
        person=person, name=tidy(name), relation=relation, number=number, known=known, period=DateRange(since, None),
        source=source, recorded_by=by.actor.text, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="set_guardian", noun="person", key=person.code, at=now)
    return guardian
