"""Every allowed and every forbidden move of a list and of a line; the proposer never approves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AnsinhError, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.payments import operations
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.operations.move import move
from ansinh.payments.tests import factories as month
from ansinh.payments.workflow import LINE, LIST
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
NOW = at(2026, 6, 24)
ROLES = sorted({role for step in LIST.moves for role in step.roles} | {"payer", "inspector"})


def in_state(state: str) -> PaymentList:
    """A list moved to a state by hand, whatever its way there."""
    found = month.proposed(date(2026, 7, 1))
    PaymentList.objects.filter(pk=found.pk).update(state=state)
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("state", LIST.states)
def test_a_list_makes_exactly_the_moves_of_its_table(state):
    grant(person())
    found = in_state(state)
    for act in {step.act for step in LIST.moves}:
        for role in ROLES:
            found.state = state
            by = month.payer() if role == "payer" else post(Role(role))
            allowed = [s for s in LIST.moves if s.act == act and state in s.sources and role in s.roles]
            if allowed:
                assert move(found, act, by=by, now=NOW, note="vì").state == allowed[0].target
            else:
                with pytest.raises((MoveNotAllowed, NotAllowed)):
                    move(found, act, by=by, now=NOW, note="vì")


@pytest.mark.parametrize("step", [s for s in LIST.moves if s.needs_note], ids=lambda step: step.act)
def test_a_move_that_needs_words_asks_for_them(step):
    found = in_state(step.sources[0])
    with pytest.raises(InvalidInput, match="lý do"):
        move(found, step.act, by=post(Role(step.roles[0])), now=NOW, note=" ")


ACTS = {
    "hold": lambda line, by: operations.hold_line(line=line, reason="vì", by=by, now=NOW),
    "release": lambda line, by: operations.release_line(line=line, reason="vì", by=by, now=NOW),
}


@pytest.mark.parametrize("state", LINE.states)
@pytest.mark.parametrize("act", ACTS)
def test_a_line_of_an_open_list_is_held_and_released_as_its_table_says(act, state):
    grant(person())
    line = month.proposed(date(2026, 7, 1)).lines.get()
    for role in ("commune_officer", "commune_head", "commune_chairman", "clerk", "accountant"):
        PaymentLine.objects.filter(pk=line.pk).update(state=state)
        allowed = [s for s in LINE.moves if s.act == act and state in s.sources and role in s.roles]
        if allowed:
            assert ACTS[act](line, post(Role(role))).state == allowed[0].target
        else:
            with pytest.raises((MoveNotAllowed, NotAllowed)):
                ACTS[act](line, post(Role(role)))


@pytest.mark.parametrize("state", ["approved", "closed", "handed_over", "reconciled", "settled"])
def test_no_line_is_held_or_released_once_the_list_is_signed(state):
    grant(person())
    line = in_state("proposed").lines.get()
    PaymentList.objects.update(state=state)
    for act in ACTS.values():
        with pytest.raises(MoveNotAllowed):
            act(line, month.officer())


def test_money_is_not_added_to_a_list_that_is_out_for_signature():
    """What is held leaves less to pay than was signed; what is released would pay more than anybody signed."""
    grant(person())
    line = in_state("proposed").lines.get()
    operations.hold_line(line=line, reason="vì", by=month.officer(), now=NOW)
    PaymentList.objects.update(state="checking")
    with pytest.raises(MoveNotAllowed, match="Trả lại danh sách"):
        operations.release_line(line=line, reason="vì", by=month.officer(), now=NOW)


@pytest.mark.parametrize(("days", "said"), [(-1, "trước ngày lập danh sách"), (1, "chưa tới")])
def test_a_list_is_not_signed_before_it_was_made_nor_after_today(days, said):
    grant(person())
    found = month.proposed(now=NOW)
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    clerk = month.clerk()
    paper = replace(month.approval(found, clerk, NOW), signed_on=NOW.date() + timedelta(days=days))
    with pytest.raises(InvalidInput, match=said):
        operations.approve_list(payment_list=found, approval=paper, by=clerk, now=NOW)


def test_neither_who_proposed_nor_who_sent_it_approves_whatever_their_post():
    grant(person())
    head = post(Role.COMMUNE_HEAD)
    found = month.proposed(by=head)
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    for by in (head, post(Role.COMMUNE_HEAD)):
        with pytest.raises(NotAllowed, match="không tự duyệt"):
            operations.approve_list(payment_list=found, approval=month.approval(found, by, NOW), by=by, now=NOW)
    clerk = month.clerk()
    type(clerk).objects.filter(pk=clerk.pk).update(user=head.user)
    clerk.refresh_from_db()
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        operations.approve_list(payment_list=found, approval=month.approval(found, clerk, NOW), by=clerk, now=NOW)
    chairman = post(Role.COMMUNE_CHAIRMAN)
    done = operations.approve_list(payment_list=found, approval=month.approval(found, chairman, NOW), by=chairman, now=NOW)
    assert done.state == "approved"


def test_whoever_proposed_it_again_is_a_proposer_too():
    grant(person())
    month.proposed(by=month.officer())
    found = month.proposed(by=post(Role.COMMUNE_HEAD))
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    by = post(Role.COMMUNE_HEAD)
    with pytest.raises(NotAllowed):
        operations.approve_list(payment_list=found, approval=month.approval(found, by, NOW), by=by, now=NOW)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"total_vnd": 5_000_000}, "total_vnd", "Bản đã ký ghi 5.000.000\xa0đ, danh sách là 500.000\xa0đ"),
        ({"people": 3}, "people", "Bản đã ký ghi 3 người, danh sách có 1 người"),
    ],
)
def test_sum_and_people_of_the_signed_paper_are_those_of_the_list(change, field, said):
    grant(person())
    found = month.proposed()
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    clerk = month.clerk()
    paper = month.approval(found, clerk, NOW)
    with pytest.raises(InvalidInput, match=said) as told:
        operations.approve_list(payment_list=found, approval=replace(paper, **change), by=clerk, now=NOW)
    assert told.value.field == field
    found.refresh_from_db()
    assert found.state == "checking"
    operations.approve_list(payment_list=found, approval=paper, by=clerk, now=NOW)
    kept = Entry.objects.get(act="approve", key=found.code).detail
    assert (kept["total_vnd"], kept["people"]) == (500_000, 1)


def test_a_held_line_stands_on_no_paper():
    grant(person()), grant(person("Lê Thị Hai"))
    found = month.proposed()
    operations.hold_line(line=found.lines.first(), reason="vì", by=month.officer(), now=NOW)
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    paper = month.approval(found, month.clerk(), NOW)
    assert (paper.people, paper.total_vnd) == (1, 500_000)
    assert operations.approve_list(payment_list=found, approval=paper, by=month.clerk(), now=NOW).state == "approved"


@pytest.mark.parametrize("lack", ["number", "signer_name", "scan", "signed_on"])
def test_an_approval_has_number_signer_scan_and_a_day_that_has_come(lack):
    from dataclasses import replace

    grant(person())
    found = month.proposed()
    operations.check_list(payment_list=found, by=month.officer(), now=NOW)
    wrong = {"number": " ", "signer_name": "", "scan": None, "signed_on": date(2026, 6, 25)}
    paper = replace(month.approval(found, month.clerk(), NOW), **{lack: wrong[lack]})
    with pytest.raises(InvalidInput):
        operations.approve_list(payment_list=found, approval=paper, by=month.clerk(), now=NOW)


def test_a_list_with_an_open_line_is_not_reconciled():
    grant(person())
    found = month.handed_over()
    with pytest.raises(InvalidInput, match="1 dòng"):
        operations.reconcile_list(payment_list=found, by=month.officer(), now=NOW)


def test_every_step_leaves_who_when_and_why():
    grant(person())
    found = month.paid()
    assert list(found.steps.order_by("id").values_list("act", "source", "target")) == [
        ("propose", "", "proposed"), ("check", "proposed", "checking"), ("approve", "checking", "approved"),
        ("close", "approved", "closed"), ("hand_over", "closed", "handed_over"), ("reconcile", "handed_over", "reconciled"),
    ]  # fmt: skip
    done = operations.settle_list(payment_list=found, by=post(Role.ACCOUNTANT), now=NOW)
    assert done.state == "settled"
    with pytest.raises(AnsinhError):
        operations.settle_list(payment_list=found, by=post(Role.ACCOUNTANT), now=NOW)
