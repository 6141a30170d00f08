"""A petition from the register to the answer: each step, each forbidden one, its days, what is linked."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, at, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.petitions import operations, queries
from ansinh.petitions.models import Petition
from ansinh.petitions.operations import Answer, Sender
from ansinh.petitions.tests.factories import assign, fresh, petition, step
from ansinh.petitions.workflow import PETITION
from ansinh.work.models import Notice

pytestmark = pytest.mark.django_db


def notices(role: str) -> list[str]:
    with as_maintenance():
        return list(Notice.objects.filter(post=post(role)).order_by("id").values_list("text", flat=True))


def test_a_complaint_is_entered_with_its_days_and_the_heads_hear_of_it():
    post(Role.COMMUNE_CHAIRMAN)
    made = petition()
    assert (made.state, made.admit_due_on, made.answer_due_on) == ("registered", date(2026, 11, 30), None)
    assert notices(Role.COMMUNE_CHAIRMAN) == [f"Đơn {made.code} mới tiếp nhận, chờ xử lý."]
    with as_maintenance():
        entry = Entry.objects.get(act="register_petition", key=made.code)
    assert "Trần Văn Ba" not in str(entry.detail) and "trợ cấp" not in str(entry.detail)


def test_admission_starts_the_days_to_answer():
    made = petition("admitted")
    assert (made.admitted_on, made.answer_due_on) == (DAY, date(2026, 12, 21))  # 30 days end on a Sunday


def test_a_proposal_has_no_day_to_be_answered_by():
    assert petition("admitted", kind="proposal").answer_due_on is None


def test_the_answer_with_its_paper_and_what_was_changed():
    reopened = dossier("returned")
    made, chairman = petition("admitted"), post(Role.COMMUNE_CHAIRMAN)
    with as_post(chairman, on=DAY):
        answer = Answer("right", "Mở lại hồ sơ", "15/QĐ-UBND", DAY, "Phạm Văn Ký", dossier=reopened)
        operations.answer_petition(petition=made, answer=answer, by=chairman, now=NOW)
        assert [one.pk for one in queries.petitions_about(reopened)] == [made.pk]
    done = fresh(made)
    assert (done.state, done.outcome, done.answer_number, done.result_dossier_id) == (
        "answered",
        "right",
        "15/QĐ-UBND",
        reopened.pk,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": " "}, "số văn bản"), ({"signed_on": date(2026, 11, 21)}, "chưa tới"),
        ({"signed_on": date(2026, 11, 19)}, "trước ngày thụ lý"), ({"text": ""}, "nội dung giải quyết"),
    ],
)  # fmt: skip
def test_an_answer_that_lacks_something_is_refused(change, words):
    made, chairman = petition("admitted"), post(Role.COMMUNE_CHAIRMAN)
    said = {"outcome": "right", "text": "x", "number": "1/QĐ", "signed_on": DAY, "signer_name": "y"} | change
    with as_post(chairman, on=DAY), pytest.raises(InvalidInput, match=words):
        operations.answer_petition(petition=made, answer=Answer(**said), by=chairman, now=NOW)


_ACTS = sorted({move.act for move in PETITION.moves})


@pytest.mark.parametrize(
    ("state", "act"),
    [(s, a) for s in PETITION.states for a in _ACTS if not any(m.act == a and s in m.sources for m in PETITION.moves)],
)
def test_what_the_table_does_not_name_is_refused(state, act):
    made = petition(state)
    with pytest.raises(MoveNotAllowed):
        step(made, act)
    assert fresh(made).state == state


@pytest.mark.parametrize("act", ["refuse", "transfer", "withdraw"])
def test_what_ends_without_an_answer_says_why(act):
    with pytest.raises(InvalidInput, match="nội dung"):
        step(petition(), act, note=" ")


def test_an_officer_neither_admits_nor_assigns():
    made = assign(petition(), post())
    with pytest.raises(NotAllowed):
        step(made, "admit", by=post())
    with pytest.raises(NotAllowed):
        assign(made, post(Role.COMMUNE_HEAD), by=post())


def test_who_handles_it_answers_and_nobody_else():
    made = assign(petition("admitted"), post())
    with pytest.raises(NotAllowed, match="người khác giải quyết"):
        step(made, "answer", by=post(Role.CLERK))
    assert step(made, "answer", by=post()).state == "answered"
    assert notices(Role.COMMUNE_OFFICER) == [f"Đơn {made.code} được giao cho ông, bà giải quyết."]


def test_the_deputy_of_who_handles_it_answers_under_the_own_name():
    made, away, deputy = assign(petition("admitted"), post()), post(), post(Role.COMMUNE_HEAD)
    with as_post(away, on=DAY):
        access.record_absence(post=away, deputy=deputy, first=DAY, last=DAY, reason="", by=away, now=NOW)
    step(made, "answer", by=deputy)
    with as_maintenance():
        assert "(thay Đỗ Thị Thử)" in made.steps.order_by("-id").first().actor


def test_a_complaint_nobody_signed_is_none():
    with pytest.raises(InvalidInput, match="họ tên người khiếu nại"):
        petition(sender=Sender())
    assert petition(kind="report", sender=Sender()).state == "registered"


def test_what_cannot_be_entered_is_said():
    with pytest.raises(InvalidInput, match="chưa tới"):
        petition(received_on=date(2026, 11, 21))
    with pytest.raises(NotAllowed):
        petition(by=Role.ACCOUNTANT)


def test_another_kind_has_other_days():
    made, chairman = petition(), post(Role.COMMUNE_CHAIRMAN)
    with as_post(chairman, on=DAY):
        done = operations.classify_petition(
            petition=made, kind="proposal", note="Không khiếu nại quyết định", by=chairman, now=NOW
        )
        assert done.admit_due_on == date(2026, 12, 4)
        with pytest.raises(AlreadyDone):
            operations.classify_petition(petition=made, kind="proposal", note="", by=chairman, now=NOW)


def extend(made: Petition, until: date, note: str = "Vụ việc phức tạp") -> Petition:
    chairman = post(Role.COMMUNE_CHAIRMAN)
    with as_post(chairman, on=DAY):
        return operations.extend_petition(petition=made, until=until, note=note, by=chairman, now=NOW)


def test_more_days_within_the_law_alone():
    made = petition("admitted")
    with pytest.raises(InvalidInput, match="không quá 04/01/2027"):
        extend(made, date(2027, 1, 5))
    with pytest.raises(InvalidInput, match="sau hạn hiện tại"):
        extend(made, date(2026, 12, 21))
    with pytest.raises(InvalidInput, match="lý do"):
        extend(made, date(2026, 12, 31), " ")
    assert extend(made, date(2026, 12, 31)).answer_due_on == date(2026, 12, 31)
    with pytest.raises(NotAllowed):
        extend(petition("admitted", kind="proposal"), date(2026, 12, 31))


def test_late_ones_are_found():
    late, fine = petition(received_on=date(2026, 11, 2), now=at(2026, 11, 2)), petition()
    with as_post(post(), on=DAY):
        found = list(Petition.objects.overdue(DAY))
    assert found == [late] and late.is_late(DAY) and not fine.is_late(DAY)


def test_what_it_is_about_is_found_by_the_code_people_know():
    made = dossier("received")
    with as_post(post(), on=DAY):
        assert queries.find_about(made.code.lower()).dossier == made
        assert not queries.find_about("HS99999999").is_known and not queries.find_about("").is_known
    with as_post(post(office=f"UBND-{THAI_BINH}"), on=DAY):
        assert not queries.find_about(made.code).is_known


def test_who_acts_on_what_changed_meanwhile_is_told():
    made = petition()
    with as_maintenance():
        seen = made.steps.get().pk
    step(made, "admit")
    with pytest.raises(AlreadyDone, match="Thụ lý"):
        step(made, "answer", seen=seen)


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_admit_and_refuse_and_one_is_told():
    made, heads = petition(), (post(Role.COMMUNE_CHAIRMAN), post(Role.COMMUNE_HEAD))
    start, raised = Barrier(2), []

    def run(by, act: str) -> None:
        try:
            start.wait(10)
            with as_post(by, on=DAY):
                operations.decide_petition(petition=made, act=act, note="x", by=by, now=NOW)
        except AnsinhError as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in zip(heads, ("admit", "refuse"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(raised) == 1 and isinstance(raised[0], MoveNotAllowed)
