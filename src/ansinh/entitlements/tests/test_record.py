"""A signed decision feeds the ledger; its drafter does not record it."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries.papers import begun_too_early
from ansinh.entitlements.queries.proposing import Stretch, items_of
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.errors import NotAllowed
from ansinh.law.situation import Line
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

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


def drafted(from_month: date, *, now=NOW) -> Decision:
    officer = post()
    item = ItemDraft(
        person_id=person().id, act="grant", benefit="monthly_allowance", category="DISABLED_SEVERE", coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=from_month,
    )  # fmt: skip
    return operations.draft_decision(
        office=officer.office, unit=officer.office.unit, kind="grant", origin="recorded", items=[item], by=officer, now=now
    )


def recorded(draft: Decision, signed_on: str, **more):
    with open("docs/pictures/person.png", "rb") as scan:
        given = {"number": "12/QĐ-UBND", "signed_on": signed_on, "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
        return signed_in(Role.CLERK).post(reverse("entitlements:record", args=[draft.code]), {**given, "scan": scan, **more})


def test_a_grant_drafted_for_november_and_signed_in_december_is_not_paid_november(settings, as_maintenance):
    """Điều 8 NĐ 335/2026: from the month of signing. The paper as drafted would give 540.000 đồng too much."""
    settings.ANSINH_TODAY = date(2026, 12, 2)
    with as_maintenance():
        draft = drafted(date(2026, 11, 1))
    answer = recorded(draft, "02/12/2026")
    assert answer.status_code == 422 and "luật cho hưởng từ tháng ký" in answer.content.decode()
    with as_maintenance():
        assert not Entitlement.objects.exists()
    assert recorded(draft, "02/12/2026", as_signed="on").status_code == 302  # the signed paper says so, and somebody said so
    with as_maintenance():
        assert Entitlement.objects.get().months.lower == date(2026, 11, 1)


@pytest.mark.parametrize(("from_month", "signed_on"), [(date(2026, 11, 1), "20/11/2026"), (date(2024, 3, 1), "10/05/2025")])
def test_the_month_of_signing_and_what_the_older_law_reached_back_to_are_not_asked_about(
    settings, as_maintenance, from_month, signed_on
):
    settings.ANSINH_TODAY = DAY
    with as_maintenance():
        draft = drafted(from_month)
    assert recorded(draft, signed_on).status_code == 302


def test_who_signs_is_filled_in_where_nothing_was_printed(settings, as_maintenance):
    settings.ANSINH_TODAY = DAY
    chairman = post(Role.COMMUNE_CHAIRMAN)
    with as_maintenance():
        draft = drafted(date(2026, 11, 1))
    text = signed_in(Role.CLERK).get(reverse("entitlements:record", args=[draft.code])).content.decode()
    assert (
        f'value="{chairman.user.full_name}"' in text and 'value="Chủ tịch"' in text and "Bản đã ký ghi đúng như vậy" not in text
    )


def test_a_grant_that_goes_on_where_an_adjustment_ends_begins_nothing(settings, as_maintenance):
    """The review of an old entry: its level rises, then it becomes a pension; the same paper, months ago."""
    settings.ANSINH_TODAY = DAY
    with as_maintenance():
        entry = grant(person(), "ELDER_80", standard_vnd=360_000, months_from=date(2024, 1, 1), law_code="ND20.5.5.c")
        stretches = [
            Stretch(date(2025, 2, 1), date(2025, 7, 1), _line("monthly_allowance", "ELDER_80")),
            Stretch(date(2025, 7, 1), None, _line("social_pension", "SOCIAL_PENSION_75")),
        ]
        officer = post()
        draft = operations.draft_decision(
            office=officer.office, unit=officer.office.unit, kind="mixed", origin="proposed", items=items_of(entry, stretches),
            by=officer, now=NOW,
        )  # fmt: skip
        assert [(item.act, item.from_month) for item in draft.items.order_by("number")] == [
            ("adjust", date(2025, 2, 1)), ("grant", date(2025, 7, 1)),
        ]  # fmt: skip
    assert recorded(draft, "20/11/2026").status_code == 302
    with as_maintenance():
        draft.items.filter(act="adjust").update(to_month=date(2025, 6, 1))  # a gap: the grant begins anew
        assert [item.act for item in begun_too_early(draft, date(2026, 11, 20))] == ["grant"]


def _line(kind: str, category: str) -> Line:
    return Line("1", kind, category, "ND20.5.5.c", "person", 100, 500_000, 1, basis=("Điều 5",))
