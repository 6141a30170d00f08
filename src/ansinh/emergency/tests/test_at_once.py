"""Two people at the same moment, on connections of their own: one acts, the other is told; nobody stands twice, no money is given twice."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.tests.factories import numbers_itself
from ansinh.emergency import operations
from ansinh.emergency.models import AidLine, AidLineStep, AidListStep
from ansinh.emergency.operations.funds import NewEntry, remaining
from ansinh.emergency.papers import AID_DECISION
from ansinh.emergency.tests.factories import act, add, brought, mark, relief, rice, signature
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*acts) -> list[Exception]:
    """What was raised when these ran at the same moment."""
    raised: list[Exception] = []
    start = Barrier(len(acts))

    def run(one) -> None:
        try:
            start.wait(20)
            one()
        except Exception as error:  # noqa: BLE001 - what came is what the test asks
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_two_recorders_record_one_decision():
    made = brought("submitted")
    clerk, head = post(Role.CLERK), post(Role.COMMUNE_HEAD)
    paper = signature()
    (told,) = _at_once(*(lambda by=by: act("decide", made, by=by, signature=paper) for by in (clerk, head)))
    assert isinstance(told, MoveNotAllowed)
    with as_maintenance():
        assert AidListStep.objects.filter(list=made, act="decide").count() == 1
        assert AidLineStep.objects.filter(act="allot").count() == 1


def test_two_officers_mark_one_line_once():
    made = brought("decided")
    (told,) = _at_once(*(lambda by=by: mark(made, "give", by=by) for by in (post(), post(Role.ACCOUNTANT))))
    assert isinstance(told, MoveNotAllowed) and "Trần Văn Lụt" in str(told)
    with as_maintenance():
        assert AidLineStep.objects.filter(act="give").count() == 1


def test_two_officers_write_the_same_household_down_once():
    made = relief()
    (told,) = _at_once(*(lambda by=by: add(made, rice(), by=by) for by in (post(), post(Role.COMMUNE_HEAD))))
    assert isinstance(told, AlreadyDone)
    with as_maintenance():
        assert AidLine.objects.count() == 1


def test_a_fund_is_not_allocated_beyond_what_remains():
    officer = post()
    with as_post(officer, on=DAY):
        fund = operations.open_fund(name="Quỹ bão", purpose="", by=officer, now=NOW)
        gift = NewEntry("received", DAY, "Ông Tốt", "PT 1", 5_000_000)
        operations.record_fund_entry(fund=fund, new=gift, by=officer, now=NOW)

    def allocate(number: int) -> None:
        with as_post(officer, on=DAY):
            new = NewEntry("allocated", DAY, "Thôn Đông", f"PC {number}", 3_000_000)
            operations.record_fund_entry(fund=fund, new=new, by=officer, now=NOW)

    (told,) = _at_once(*(lambda number=number: allocate(number) for number in (1, 2)))
    assert isinstance(told, InvalidInput)
    with as_maintenance():
        assert remaining(fund) == (2_000_000, 0)


def test_two_clerks_take_one_number_for_one_decision():
    numbers_itself()
    made, by = brought("submitted"), post()
    with as_post(by, on=DAY):
        operations.print_aid_paper(subject=made, kind=AID_DECISION, signer=None, by=by, on=DAY, now=NOW)

    def take(who) -> None:
        with as_post(who, on=DAY):
            operations.number_aid_paper(subject=made, kind=AID_DECISION, dated_on=DAY, by=who, now=NOW)

    (told,) = _at_once(*(lambda by=by: take(by) for by in (post(Role.CLERK), post(Role.COMMUNE_HEAD))))
    assert isinstance(told, AlreadyDone) and "01/QĐ-UBND" in str(told)
    with as_maintenance():
        assert OutgoingEntry.objects.count() == 1
