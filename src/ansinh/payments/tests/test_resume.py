"""Suspended months: not paid while suspended; paid with the resumption as the law of its month says."""

from datetime import date

import pytest

from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Suspension
from ansinh.entitlements.tests.factories import grant
from ansinh.lawbook.models import Confirmation
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(7, 13))


def suspended(since: date = AUG):
    """Paid in July, suspended from August; a neighbour keeps the lists going."""
    month.neighbour()
    entry = grant(person("Vũ Thị Xa"))
    month.paid(JUL)
    month.decide(entry, "suspend", since, recorded=month.before(since, 5))
    return entry


def test_nothing_is_paid_while_suspended():
    suspended()
    assert month.rows(month.paid(AUG)) == [] and month.rows(month.proposed(SEP)) == []


@pytest.mark.parametrize("start", [OCT, NOV])
def test_resumed_under_the_decree_of_october_the_suspended_months_come_along(start):
    entry = suspended()
    for between in (AUG, SEP):
        month.paid(between)
    if start == NOV:
        month.paid(OCT)
    month.decide(entry, "resume", start, recorded=month.before(start, 10))
    arrears = [("arrears", n, 500_000) for n in range(8, start.month)]
    assert [row[1:4] for row in month.rows(month.proposed(start))] == [*arrears, ("regular", start.month, 500_000)]


def confirm(value: str) -> None:
    with as_maintenance():
        Confirmation.objects.create(
            parameter="resume_months_r1_r2", value=value, source="Công văn trả lời", confirmed_by=post(),
            confirmed_at=at(2026, 7, 1),
        )  # fmt: skip


@pytest.mark.parametrize(("answer", "arrears"), [("all_suspended", [("arrears", 8, 500_000, "due")]), ("none", [])])
def test_resumed_before_october_the_confirmed_answer_decides(answer, arrears):
    entry = suspended()
    confirm(answer)
    month.paid(AUG)
    month.decide(entry, "resume", SEP, recorded=at(2026, 8, 10))
    assert [row[1:] for row in month.rows(month.proposed(SEP))] == [*arrears, ("regular", 9, 500_000, "due")]


def test_resumed_before_october_without_an_answer_the_months_are_listed_and_held():
    entry = suspended()
    month.paid(AUG)
    month.decide(entry, "resume", SEP, recorded=at(2026, 8, 10))
    assert [row[1:] for row in month.rows(month.paid(SEP))] == [("arrears", 8, 500_000, "held"), ("regular", 9, 500_000, "paid")]
    assert [row[1:] for row in month.rows(month.proposed(OCT))] == [
        ("arrears", 8, 500_000, "held"),
        ("regular", 10, 500_000, "due"),
    ]


def test_taking_the_resumption_back_suspends_again():
    entry = suspended()
    for between in (AUG, SEP):
        month.paid(between)
    decision = month.decide(entry, "resume", OCT, recorded=at(2026, 9, 10))
    assert Suspension.objects.get(entitlement=entry).owed
    ledger.revoke_decision(decision=decision, reason="Ghi nhầm", by=month.clerk(), now=at(2026, 9, 11))
    again = Suspension.objects.get(entitlement=entry)
    assert (again.owed, again.months.lower, again.months.upper) == (False, AUG, None)
    assert month.rows(month.proposed(OCT)) == []
