"""A signed decision feeds the ledger; its drafter does not record it."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, post
from ansinh.entitlements import operations
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.errors import NotAllowed
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db


def test_a_recorded_grant_is_a_line_of_the_ledger_from_its_month():
    entry = grant(person(), months_from=date(2026, 5, 1))
    assert (entry.amount_vnd, entry.months.lower, entry.months.upper) == (500_000, date(2026, 5, 1), None)


def test_the_drafter_does_not_record_their_own_decision(as_maintenance):
    officer = post()
    item = ItemDraft(
        person_id=person().id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=date(2026, 11, 1),
    )  # fmt: skip
    with as_maintenance():
        draft = operations.draft_decision(
            office=officer.office, unit=officer.office.unit, kind="grant", origin="recorded", items=[item], by=officer, now=NOW
        )
        with pytest.raises(NotAllowed, match="không tự ghi nhận"):
            operations.record_decision(decision=draft, signature=signature(date(2026, 11, 20)), by=officer, now=NOW)
