"""Copy onto a line who receives, where and how, as it stands today. Once the list is closed it stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from ansinh.entitlements.models import Benefit, Entitlement
from ansinh.payments.models import PaymentLine
from ansinh.payments.operations.history import HELD_BY_DEATH, after_death, left_by_death
from ansinh.people.models import Person


def side_of(person: Person, day: date) -> dict[str, Any]:
    """The columns of a line that say who receives, where and how. The same for every line of a person on a list."""
    payee = next((p for p in person.payees.all() if _holds(p.period, day)), None)
    account = next((a for a in person.accounts.all() if _holds(a.period, day)), None)
    membership = next((m for m in person.memberships.all() if _holds(m.period, day)), None)
    village = person.village.name if person.village else ""
    return {
        "person_name": person.full_name,
        "sort_key": person.sort_key,
        "book": person.payment_book or person.code,
        "born_text": _born(person),
        "payee_name": payee.name if payee else "",
        "payee_relation": payee.relation if payee else "",
        "payee_number": payee.number if payee else "",
        "method": "bank" if account else "cash",
        "account_number": account.number if account else "",
        "bank": account.bank if account else "",
        "household_code": membership.household.code if membership else "",
        "village_id": person.village_id,
        "village_name": village,
        "address": ", ".join(part for part in (village, person.unit.name) if part),
    }


def fill_in(line: PaymentLine, person: Person, side: dict[str, Any], entry: Entitlement | None = None) -> PaymentLine:
    """Put the person's side onto a line; hold what falls due after a death. `entry`: the line's, where it is known."""
    for column, value in side.items():
        setattr(line, column, value)
    if entry is not None and entry.payee:
        _receive_by(line, entry.payee)
    if line.amount_vnd > 0 and (reason := _held(line, person, entry)):
        line.state, line.hold_reason = "held", reason
    return line


def _held(line: PaymentLine, person: Person, entry: Entitlement | None) -> str:
    if entry is not None:
        return left_by_death(entry, person, line.benefit_month)
    late = line.benefit != Benefit.FUNERAL and after_death(person, line.benefit_month)
    return f"{HELD_BY_DEATH} {person.died_on:%d/%m/%Y}" if late else ""


def _receive_by(line: PaymentLine, payee: dict[str, str]) -> None:
    """Who receives what is given for somebody dead; never into an account of the dead."""
    line.payee_name, line.payee_relation = payee["name"], payee.get("relation", "")
    line.payee_number = payee.get("number", "")
    line.account_number, line.bank = payee.get("account", ""), payee.get("bank", "")
    line.method = "bank" if line.account_number else "cash"


def _holds(period, day: date) -> bool:
    return not period.isempty and (period.lower is None or period.lower <= day) and (period.upper is None or day < period.upper)


def _born(person: Person) -> str:
    if not person.born_on:
        return ""
    return {"year": f"{person.born_on:%Y}", "month": f"{person.born_on:%m/%Y}"}.get(
        person.birth_precision, f"{person.born_on:%d/%m/%Y}"
    )
