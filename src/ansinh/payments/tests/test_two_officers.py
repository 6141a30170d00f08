"""Two officers at once, on two connections of a real server: the second waits, and sees what the first did."""

from datetime import date
from threading import Thread

import pytest
from django.db import connections, transaction

from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import AnsinhError
from ansinh.payments import operations
from ansinh.payments.models import ListStep, PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
JUL, AUG, SEP = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


def together(*acts) -> list:
    """Run the acts each in a thread of its own; what each raised, or None."""
    raised: list = [None] * len(acts)

    def run(place, act):
        try:
            with as_maintenance():
                act()
        except AnsinhError as error:
            raised[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_a_list_is_closed_once():
    with transaction.atomic():
        grant(person())
        found = month.signed(JUL)
    who = (month.officer(), post("commune_head"))
    raised = together(*(lambda by=by: operations.close_list(payment_list=found, by=by, now=at(2026, 6, 22)) for by in who))
    assert sum(error is not None for error in raised) == 1
    with as_maintenance():
        assert ListStep.objects.filter(act="close").count() == 1


def test_arrears_are_not_paid_on_two_lists_proposed_at_once():
    with transaction.atomic():
        entry = grant(person())
        month.paid(JUL)
        month.decide(entry, "adjust", JUL, recorded=at(2026, 7, 10), amount_vnd=540_000)
    raised = together(*(lambda benefit=benefit: month.proposed(benefit, now=at(2026, 8, 19)) for benefit in (AUG, SEP)))
    assert raised == [None, None]
    with as_maintenance():
        assert PaymentLine.objects.filter(kind="arrears", benefit_month=JUL).count() == 1
