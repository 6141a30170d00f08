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
) -> Entitlement:
    """A ledger line. `coefficient` in hundredths; benefit follows from the category."""
    signed = signed or at(months_from.year, months_from.month, 12)
    benefit = benefit or ("social_pension" if category.startswith("SOCIAL_PENSION") else "monthly_allowance")
    office = f"UBND-{person.unit.code}"
    officer, clerk = post(office=office), post(Role.CLERK, office=office)
    item = ItemDraft(
        person_id=person.id, act="grant", benefit=benefit, category=category, law_code=law_code, coefficient=coefficient,
        standard_vnd=standard_vnd, amount_vnd=amount_of(coefficient, standard_vnd, 1), from_month=months_from,
    )  # fmt: skip
    with as_maintenance():
        decision = operations.draft_decision(
            office=officer.office, unit=person.unit, kind="grant", origin="recorded", items=[item], by=officer, now=signed
        )
        operations.record_decision(decision=decision, signature=signature(signed.date()), by=clerk, now=signed)
        return Entitlement.objects.get(granted_by__decision=decision)
