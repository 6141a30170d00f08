"""Two officers answer the same pair at the same moment, or one answers while the night compares the register."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AnsinhError, MoveNotAllowed
from ansinh.people import operations
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)


def a_pair() -> DuplicatePair:
    person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    person("Nguyễn Thị Tư", "1950-03-08")
    with as_maintenance():
        operations.find_duplicates(units=[commune()], by=None, now=NOW)
        return DuplicatePair.objects.select_related("first", "second").get()


def at_once(*acts: tuple[object, Callable[[], object]]) -> list[Exception]:
    """Each act by its post, all let go together; what was refused."""
    start, told = Barrier(len(acts)), []

    def run(by, act) -> None:
        try:
            start.wait(20)
            with as_post(by, on=DAY):
                act()
        except AnsinhError as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def test_one_is_heard_and_the_other_is_told():
    pair, one, other = a_pair(), post(), post(Role.COMMUNE_HEAD)
    told = at_once(
        (one, lambda: operations.judge_same(pair=pair, keep=pair.first, note="Một người", by=one, now=NOW)),
        (other, lambda: operations.judge_apart(pair=pair, note="Hai người", by=other, now=NOW)),
    )
    assert [type(error) for error in told] == [MoveNotAllowed]
    with as_maintenance():
        pair.refresh_from_db()
        assert pair.state in ("same", "apart")
        assert Person.objects.filter(same_as=pair.first).exists() == (pair.state == "same")
        assert Entry.objects.filter(act__in=("judge_same", "judge_apart"), key=pair.code).count() == 1


def test_the_night_never_takes_away_what_was_just_judged():
    pair, officer = a_pair(), post()
    with as_maintenance():
        operations.correct_identity(person=pair.second, changes={"full_name": "Phạm Văn Khác"}, source="x", by=officer, now=NOW)
    told = at_once(
        (None, lambda: operations.find_duplicates(units=[commune()], by=None, now=NOW)),
        (officer, lambda: operations.judge_apart(pair=pair, note="Hai người", by=officer, now=NOW)),
    )
    with as_maintenance():
        left = DuplicatePair.objects.filter(pk=pair.pk).first()
        journaled = Entry.objects.filter(act="judge_apart", key=pair.code).exists()
    # Either the night came first and the officer is told that the pair is gone, or the judgement stands.
    assert (left is None and len(told) == 1 and not journaled) or (left.state == "apart" and journaled and told == [])
