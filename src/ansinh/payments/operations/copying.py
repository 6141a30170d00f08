"""Copy onto a line who receives, where and how, as it stands today. Once the list is closed it stays as it was."""

from __future__ import annotations

from datetime import date

from ansinh.payments.models import PaymentLine
from ansinh.payments.operations.history import HELD_BY_DEATH, after_death
from ansinh.people.models import Person


def as_of(line: PaymentLine, person: Person, day: date) -> PaymentLine:
    """Fill in the person's side of a line; hold what falls due after a death."""
    line.person_name, line.sort_key = person.full_name, person.sort_key
    line.book = person.payment_book or person.code
    line.born_text = _born(person)
    payee = next((p for p in person.payees.all() if _holds(p.period, day)), None)
    if payee:
        line.payee_name, line.payee_relation, line.payee_number = payee.name, payee.relation, payee.number
    account = next((a for a in person.accounts.all() if _holds(a.period, day)), None)
    line.method = "bank" if account else "cash"
    if account:
        line.account_number, line.bank = account.number, account.bank
    membership = next((m for m in person.memberships.all() if _holds(m.period, day)), None)
    line.household_code = membership.household.code if membership else ""
    line.village, line.village_name = person.village, person.village.name if person.village else ""
    line.address = ", ".join(part for part in (line.village_name, person.unit.name) if part)
    if after_death(person, line.benefit_month) and line.amount_vnd > 0:
        line.state, line.hold_reason = "held", f"{HELD_BY_DEATH} {person.died_on:%d/%m/%Y}"
    return line


def _holds(period, day: date) -> bool:
    return (period.lower is None or period.lower <= day) and (period.upper is None or day < period.upper)


def _born(person: Person) -> str:
    if not person.born_on:
        return ""
    return {"year": f"{person.born_on:%Y}", "month": f"{person.born_on:%m/%Y}"}.get(
        person.birth_precision, f"{person.born_on:%d/%m/%Y}"
    )
