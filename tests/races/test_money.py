"""Money at once: a list approved by two, the rest of a claim paid twice, a receipt taken back twice, a write-off drafted twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from tests.races.together import one_is_told, together

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.tests.factories import grant
from ansinh.payments import operations, queries
from ansinh.payments.models import ListStep, PaymentLine, PaymentList, RecoveryPlan, Repayment
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
JUL, AUG, SEP = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
OFFICER, HEAD, CLERK, ACCOUNTANT = Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK, Role.ACCOUNTANT


def claim() -> DecisionItem:
    """A signed recovery of one million."""
    with transaction.atomic():
        entry = grant(person("Nguyễn Thị Tư"))
        month.decide(entry, "recovery", SEP, recorded=at(2026, 8, 10), amount_vnd=500_000, months=(JUL, AUG))
    with as_maintenance():
        return queries.claims().get(act="recovery")


def left() -> int:
    with as_maintenance():
        return queries.claims().get(act="recovery").left


def repaying(item: DecisionItem, receipt: str, amount: int):
    return lambda by: operations.record_repayment(
        item=item, amount_vnd=amount, paid_on=date(2026, 9, 10), receipt=receipt, payer_name="Lê Văn Con", by=by, now=NOW
    )


def test_the_rest_of_a_claim_is_paid_once():
    item, by = claim(), (post(ACCOUNTANT), post(OFFICER))
    one_is_told(*((who, repaying(item, f"BL {number}", 1_000_000)) for number, who in enumerate(by)))
    assert left() == 0
    with as_maintenance():
        assert Repayment.objects.get().amount_vnd == 1_000_000


def test_two_receipts_never_come_to_more_than_the_claim():
    item, by = claim(), (post(ACCOUNTANT), post(OFFICER))
    one_is_told(*((who, repaying(item, f"BL {number}", 700_000)) for number, who in enumerate(by)))
    assert left() == 300_000


def test_one_receipt_is_written_down_once_and_taken_back_once():
    item, by = claim(), (post(ACCOUNTANT), post(OFFICER))
    one_is_told(*((who, repaying(item, "BL 15", 200_000)) for who in by))
    with as_maintenance():
        made = Repayment.objects.get()
    one_is_told(*((who, lambda one: operations.correct_repayment(repayment=made, reason="Nhầm", by=one, now=NOW)) for who in by))
    assert left() == 1_000_000


def test_a_write_off_is_drafted_once():
    item = claim()
    one_is_told(
        *(
            (post(role), lambda by: operations.draft_write_off(item=item, reason="Hộ không còn ai", by=by, now=NOW))
            for role in (OFFICER, HEAD)
        )
    )
    with as_maintenance():
        assert Decision.objects.filter(kind="write_off", state="draft").count() == 1


def test_of_two_plans_both_are_kept_and_one_holds():
    item = claim()
    agreed = {"from_month": SEP, "consent_on": date(2026, 8, 12), "consent_paper": "Bản cam kết"}
    acts = [
        (post(role), lambda by, sum_vnd=sum_vnd: operations.plan_recovery(
            item=item, person=item.person, per_month_vnd=sum_vnd, by=by, now=NOW, **agreed
        ))
        for role, sum_vnd in ((OFFICER, 100_000), (HEAD, 200_000))
    ]  # fmt: skip
    assert together(*acts) == [None, None]
    with as_maintenance():
        assert RecoveryPlan.objects.count() == 2
    found = month.proposed(SEP)
    with as_maintenance():
        assert -found.lines.get(kind="recovery").amount_vnd == RecoveryPlan.objects.latest("id").per_month_vnd


def test_a_list_is_approved_once():
    with transaction.atomic():
        grant(person())
        found = month.proposed(JUL)
        with as_maintenance():
            operations.check_list(payment_list=found, by=month.officer(), now=month.before(JUL, 20))
    now = month.before(JUL, 21)
    with as_maintenance():
        papers = {role: month.approval(found, post(role), now) for role in (CLERK, Role.COMMUNE_CHAIRMAN)}
    one_is_told(
        *(
            (post(role), lambda by, paper=paper: operations.approve_list(payment_list=found, approval=paper, by=by, now=now))
            for role, paper in papers.items()
        )
    )
    with as_maintenance():
        assert ListStep.objects.filter(act="approve").count() == 1


def test_a_list_is_approved_or_sent_back_never_both():
    with transaction.atomic():
        grant(person())
        found = month.proposed(JUL)
        with as_maintenance():
            operations.check_list(payment_list=found, by=month.officer(), now=month.before(JUL, 20))
    now = month.before(JUL, 21)
    with as_maintenance():
        paper = month.approval(found, post(CLERK), now)
    errors = together(
        (post(CLERK), lambda by: operations.approve_list(payment_list=found, approval=paper, by=by, now=now)),
        (
            post(Role.COMMUNE_CHAIRMAN),
            lambda by: operations.return_list(payment_list=found, note="Thiếu người", by=by, now=now),
        ),
    )
    told = [error for error in errors if error is not None]
    with as_maintenance():
        found.refresh_from_db()
        acts = list(ListStep.objects.exclude(act__in=("propose", "check")).order_by("id").values_list("act", flat=True))
    # The chairman may send back what was approved a moment before: then both stand, one after the other.
    assert (acts, len(told), found.state) in (
        (["return"], 1, "proposed"), (["approve"], 1, "approved"), (["approve", "reopen"], 0, "proposed"),
    )  # fmt: skip


def test_a_month_proposed_by_two_has_each_line_once():
    with transaction.atomic():
        grant(person("Một")), grant(person("Hai"))
    acts = [
        (post(role), lambda by: operations.prepare_run(benefit_month=JUL, units=[commune()], by=by, now=month.before(JUL, 19)))
        for role in (OFFICER, HEAD)
    ]
    assert together(*acts) == [None, None]
    with as_maintenance():
        assert PaymentList.objects.count() == 1
        assert sorted(PaymentLine.objects.filter(benefit_month=JUL).values_list("person_name", flat=True)) == ["Hai", "Một"]


def test_a_month_is_settled_once():
    with transaction.atomic():
        grant(person())
        found = month.paid(JUL)
    acts = [
        (post(ACCOUNTANT), lambda by: operations.settle_list(payment_list=found, by=by, now=at(2026, 7, 20))) for _ in range(2)
    ]
    one_is_told(*acts)
    with as_maintenance():
        assert ListStep.objects.filter(act="settle").count() == 1
