"""Many take numbers at the same moment, on connections of their own: none is doubled, none is lost."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations
from ansinh.documents.models import NumberSeries, OutgoingEntry
from ansinh.documents.tests.factories import numbers_itself, office, printed
from ansinh.kernel.errors import AlreadyDone

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, EACH = 6, 4


class _Dropped(Exception):
    """Somebody's work is thrown away after a number was taken."""


def _at_once(*acts) -> list[Exception | None]:
    raised: list[Exception | None] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(place: int, act) -> None:
        try:
            start.wait(20)
            act()
        except Exception as error:  # noqa: BLE001 - what came is what the test asks
            raised[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def _take(by, *, drop: bool = False, **known) -> None:
    with as_post(by, on=DAY):
        operations.take_number(
            office=office(), symbol="QĐ", kind="Quyết định", summary="thử", on=date(2026, 11, 20), by=by, now=NOW, **known
        )
        if drop:
            raise _Dropped


def test_numbers_taken_at_once_are_one_row_without_gap_or_double():
    numbers_itself()
    hands = [post(Role.CLERK), post(Role.COMMUNE_HEAD)]

    def work(place: int):
        for number in range(EACH):
            try:
                _take(hands[place % 2], drop=number == 1)  # a transaction undone gives its number to the next
            except _Dropped:
                continue

    raised = _at_once(*(lambda place=place: work(place) for place in range(PEOPLE)))
    assert raised == [None] * PEOPLE
    with as_maintenance():
        taken = list(OutgoingEntry.objects.order_by("number").values_list("number", flat=True))
        assert taken == list(range(1, PEOPLE * (EACH - 1) + 1))
        assert NumberSeries.objects.get().last == len(taken)


def test_one_paper_gets_one_number_whoever_asks():
    numbers_itself()
    paper = printed().paper
    raised = _at_once(*(lambda by=by: _take(by, paper=paper) for by in (post(Role.CLERK), post(Role.COMMUNE_HEAD))))
    (told,) = [error for error in raised if error is not None]
    assert isinstance(told, AlreadyDone)
    with as_maintenance():
        assert list(OutgoingEntry.objects.values_list("number", "paper")) == [(1, paper.pk)]
