"""Grants for tests: drafted by one post, recorded by another, as decisions are."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import add_months
from ansinh.people.models import Person

_numbers = count(1)


def signature(signed_on: date, number: str | None = None) -> Signature:
    """A paper of the chairman, with a number of its own."""
    return Signature(number or f"{next(_numbers)}/QĐ-UBND", signed_on, "Phạm Văn Ký", "Chủ tịch")


def grant(
    person: Person,
    category: str = "SOCIAL_PENSION_75",
    *,
    coefficient: int = 100,
    standard_vnd: int = 500_000,
    months_from: date = date(2026, 5, 1),
    benefit: str | None = None,
    law_code: str = "ND176.2.1",
    signed: datetime | None = None,
    cared_for: Person | None = None,
    payee: dict | None = None,
) -> Entitlement:
    """A ledger line. `coefficient` in hundredths; benefit follows from the category. A funeral is of one month."""
    signed = signed or at(months_from.year, months_from.month, 12)
    benefit = benefit or ("social_pension" if category.startswith("SOCIAL_PENSION") else "monthly_allowance")
    office = f"UBND-{person.unit.code}"
    officer, clerk = post(office=office), post(Role.CLERK, office=office)
    item = ItemDraft(
        person_id=person.id, act="grant", benefit=benefit, category=category, law_code=law_code, coefficient=coefficient,
        standard_vnd=standard_vnd, amount_vnd=amount_of(coefficient, standard_vnd, 1), from_month=months_from,
        to_month=add_months(months_from, 1) if benefit == "funeral" else None, payee=payee,
        cared_for_id=cared_for.id if cared_for else None,
    )  # fmt: skip
    with as_maintenance():
        decision = operations.draft_decision(
            office=officer.office, unit=person.unit, kind="grant", origin="recorded", items=[item], by=officer, now=signed
        )
        operations.record_decision(decision=decision, signature=signature(signed.date()), by=clerk, now=signed)
        return Entitlement.objects.get(granted_by__decision=decision)


def funeral(dead: Person, months_from: date, *, signed: datetime | None = None, **payee) -> Entitlement:
    """Support for the funeral of somebody dead, to a son unless said otherwise."""
    payee = {"name": "Trần Văn Con", "relation": "con", "number": "034085000001"} | payee
    return grant(
        dead, "FUNERAL", benefit="funeral", coefficient=2000, standard_vnd=540_000, months_from=months_from,
        law_code="ND335.11.1.a", signed=signed, payee=payee,
    )  # fmt: skip


def care(carer: Person, cared_for: Person, months_from: date, *, signed: datetime | None = None) -> Entitlement:
    """Money of a household that cares for an extremely severely disabled member."""
    return grant(
        carer, "HH_CARE_EXTREME", benefit="carer_money", standard_vnd=540_000, months_from=months_from, law_code="ND335.17",
        signed=signed, cared_for=cared_for,
    )  # fmt: skip
