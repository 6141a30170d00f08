"""Two people at the same dossier at the same moment, on two connections of a real server: one wins, the other is told in words."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier, DossierStep
from ansinh.dossiers.operations.answering import Refusal
from ansinh.dossiers.tests.factories import act, dossier, fresh
from ansinh.kernel.errors import AlreadyDone, AnsinhError
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> AnsinhError:
    """Run (post, act) pairs in threads that start together; what the one that lost was told."""
    raised: list[Exception | None] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(place: int, by, act) -> None:
        try:
            start.wait(10)
            with as_post(by, on=DAY):
                act(by)
        except Exception as error:  # noqa: BLE001 - what came is what the test asks
            raised[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, *pair)) for place, pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (told,) = [error for error in raised if error is not None]
    assert isinstance(told, AnsinhError) and str(told), repr(told)
    return told


def steps(made: Dossier) -> list[str]:
    with as_maintenance():
        return list(DossierStep.objects.filter(dossier=made).order_by("id").values_list("act", flat=True))


def test_one_officer_takes_a_dossier_up_and_the_other_hears_who():
    made = dossier("received")
    with as_maintenance():
        seen = made.steps.order_by("-id").first().pk
    told = at_once(
        *(
            (by, lambda by: operations.take_up_dossier(dossier=made, by=by, now=NOW, seen=seen))
            for by in (post(), post(Role.COMMUNE_HEAD))
        )
    )
    assert isinstance(told, AlreadyDone) and "Nhận xác minh" in str(told)
    assert steps(made) == ["open", "receive", "verify"]


def test_a_dossier_is_taken_up_or_withdrawn_never_both_by_who_saw_the_same():
    made = dossier("received")
    with as_maintenance():
        seen = made.steps.order_by("-id").first().pk
    at_once(
        (post(), lambda by: operations.take_up_dossier(dossier=made, by=by, now=NOW, seen=seen)),
        (post(Role.ONE_STOP), lambda by: operations.withdraw_dossier(dossier=made, note="Rút", by=by, now=NOW, seen=seen)),
    )
    assert len(steps(made)) == 3 and fresh(made).state in ("verifying", "withdrawn")


def test_two_desks_open_one_dossier_for_a_person():
    who = person()
    told = at_once(
        *(
            (by, lambda by: operations.open_dossier(procedure="allowance_grant", person=who, by=by, now=NOW))
            for by in (post(), post(Role.ONE_STOP))
        )
    )
    assert isinstance(told, AlreadyDone)
    with as_maintenance():
        assert Dossier.objects.count() == 1


def test_one_code_of_the_one_stop_desk_goes_to_one_dossier():
    made = [dossier("writing", whose=person(f"Người {number}")) for number in (1, 2)]
    at_once(
        *(
            (
                by,
                lambda by, one=one: operations.receive_dossier(
                    dossier=one, received_on=DAY, given=[], one_stop_code="H31-1", by=by, now=NOW
                ),
            )
            for by, one in zip((post(), post(Role.ONE_STOP)), made, strict=True)
        )
    )
    assert sorted(fresh(one).state for one in made) == ["received", "writing"]


def test_a_refusal_is_recorded_once():
    made = dossier("verifying")
    with as_maintenance():
        act("submit_refusal", made)
    papers = [Refusal(f"{number}/TB", DAY, "Phạm Văn Ký", "Chủ tịch") for number in (1, 2)]
    at_once(
        *(
            (by, lambda by, paper=paper: operations.record_refusal(dossier=made, paper=paper, by=by, now=NOW))
            for by, paper in zip((post(Role.CLERK), post(Role.COMMUNE_HEAD)), papers, strict=True)
        )
    )
    assert steps(made).count("refuse") == 1 and fresh(made).answer_number in ("1/TB", "2/TB")
