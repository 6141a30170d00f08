"""Two people do the same thing at once, on two connections of a real server: one wins, the other is told, nothing is doubled."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.imports import operations as imports
from ansinh.journal.models import Entry
from ansinh.journal.queries import verify
from ansinh.kernel.errors import AnsinhError
from ansinh.payments import operations as payments
from ansinh.payments import queries
from ansinh.payments.models import ListStep, PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
JUL = date(2026, 7, 1)


def at_once(*acts) -> list[Exception | None]:
    """Run (post, act) pairs in threads that start together; what each raised."""
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
    return raised


def one_is_told(raised: list[Exception | None]) -> AnsinhError:
    """Exactly one was refused, in words."""
    (told,) = [error for error in raised if error is not None]
    assert isinstance(told, AnsinhError), repr(told)
    assert str(told)
    return told


def entries(act: str) -> int:
    with as_maintenance():
        return Entry.objects.filter(act=act).count()


def test_a_list_is_taken_into_the_register_once():
    officers = [post(), post(Role.COMMUNE_HEAD)]
    batch = describe(take(ENROLMENT, newcomer(), newcomer("Lê Thị Năm", **{"Số CCCD": "034160000125", "Giới tính": "Nữ"})))
    with as_post(officers[0], on=DAY):
        states = set(batch.rows.values_list("state", flat=True))
    assert states == {"ready"}, states
    one_is_told(at_once(*((by, lambda by: imports.commit_batch(batch=batch, by=by, now=NOW)) for by in officers)))
    with as_maintenance():
        assert (Person.objects.count(), Entitlement.objects.count(), Decision.objects.count()) == (2, 2, 1)
    assert entries("commit_list") == 1


def test_two_lists_that_name_the_same_newcomer_write_down_one_person():
    officers = [post(), post(Role.COMMUNE_HEAD)]
    batches = [describe(take(ENROLMENT, newcomer()), number=f"{n}/QĐ-UBND") for n in (1, 2)]
    acts = [
        (by, lambda by, batch=batch: imports.commit_batch(batch=batch, by=by, now=NOW))
        for by, batch in zip(officers, batches, strict=True)
    ]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert (Person.objects.count(), Entitlement.objects.count()) == (1, 1)


def draft_for(someone, by) -> Decision:
    item = ItemDraft(
        person_id=someone.id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", law_code="x", coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=date(2026, 11, 1),
    )  # fmt: skip
    with as_maintenance():
        return ledger.draft_decision(
            office=by.office, unit=someone.unit, kind="grant", origin="recorded", items=[item], by=by, now=NOW
        )


def test_a_decision_is_recorded_once():
    someone, others = person(born="1940-01-01"), [post(Role.CLERK), post(Role.COMMUNE_HEAD)]
    draft = draft_for(someone, post())
    acts = [(by, lambda by: ledger.record_decision(decision=draft, signature=signature(DAY), by=by, now=NOW)) for by in others]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert Entitlement.objects.count() == 1
    assert entries("record") == 1


def test_two_drafts_for_the_same_person_and_benefit_give_one_entry():
    someone, others = person(born="1940-01-01"), [post(Role.CLERK), post(Role.COMMUNE_HEAD)]
    drafts = [draft_for(someone, post()) for _ in range(2)]
    acts = [
        (by, lambda by, draft=draft: ledger.record_decision(decision=draft, signature=signature(DAY), by=by, now=NOW))
        for by, draft in zip(others, drafts, strict=True)
    ]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert Entitlement.objects.count() == 1 and Decision.objects.filter(state="signed").count() == 1


def test_one_number_of_one_day_is_given_to_one_decision():
    drafts = [draft_for(person(f"Người {n}", "1940-01-01"), post()) for n in (1, 2)]
    paper = signature(DAY, "77/QĐ-UBND")
    acts = [
        (by, lambda by, draft=draft: ledger.record_decision(decision=draft, signature=paper, by=by, now=NOW))
        for by, draft in zip([post(Role.CLERK), post(Role.COMMUNE_HEAD)], drafts, strict=True)
    ]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert Decision.objects.filter(number="77/QĐ-UBND", state="signed").count() == 1


def test_a_signed_list_is_approved_and_handed_over_once():
    with transaction.atomic():
        grant(person())
        found = month.closed(JUL)
        month.payer(unit=found.unit)
    acts = [
        (by, lambda by: payments.hand_over(payment_list=found, by=by, now=at(2026, 6, 23)))
        for by in (month.officer(), post(Role.COMMUNE_HEAD))
    ]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert found.handovers.count() == 1 and ListStep.objects.filter(act="hand_over").count() == 1


def test_a_list_taken_back_is_not_approved_at_the_same_moment():
    with transaction.atomic():
        grant(person())
        found = month.proposed(JUL)
        with as_maintenance():
            payments.check_list(payment_list=found, by=month.officer(), now=at(2026, 6, 20))
            signed = month.approval(found, month.clerk(), at(2026, 6, 21))
    now = at(2026, 6, 21)
    told = one_is_told(
        at_once(
            (month.officer(), lambda by: payments.recall_list(payment_list=found, note="Sai", by=by, now=now)),
            (month.clerk(), lambda by: payments.approve_list(payment_list=found, approval=signed, by=by, now=now)),
        )
    )
    assert "khi đang ở trạng thái" in str(told)
    with as_maintenance():
        found.refresh_from_db()
        assert (found.state, found.approved_number == "") in (("proposed", True), ("approved", False))


def test_a_list_withdrawn_is_not_sent_for_signature_at_the_same_moment():
    with transaction.atomic():
        grant(person())
        found = month.proposed(JUL)
    now = at(2026, 6, 20)
    one_is_told(
        at_once(
            (month.officer(), lambda by: payments.withdraw_list(payment_list=found, note="Sai tháng", by=by, now=now)),
            (post(Role.COMMUNE_HEAD), lambda by: payments.check_list(payment_list=found, by=by, now=now)),
        )
    )
    with as_maintenance():
        found.refresh_from_db()
        assert (found.state, found.lines.count()) in (("withdrawn", 0), ("checking", 1))


def test_a_receipt_and_a_write_off_of_the_same_rest_do_not_both_stand():
    with transaction.atomic():
        entry = grant(person())
        month.decide(entry, "recovery", JUL, recorded=at(2026, 6, 10), amount_vnd=500_000, months=(date(2026, 5, 1),))
        with as_maintenance():
            item = DecisionItem.objects.get(act="recovery")
            draft = payments.draft_write_off(item=item, reason="Không còn tài sản", by=month.officer(), now=NOW)
        paper, day = signature(DAY), date(2026, 11, 1)
    paid = {"amount_vnd": 500_000, "paid_on": day, "receipt": "BL 1", "payer_name": "Lê Văn Con", "now": NOW}
    one_is_told(
        at_once(
            (post(Role.ACCOUNTANT), lambda by: payments.record_repayment(item=item, by=by, **paid)),
            (post(Role.CLERK), lambda by: ledger.record_decision(decision=draft, signature=paper, by=by, now=NOW)),
        )
    )
    with as_maintenance():
        found = queries.claims().get(pk=item.pk)
        assert (found.left, {found.repaid, found.written}) == (0, {0, 500_000})


def test_two_answers_of_the_payer_at_once_leave_one_answer_on_each_line():
    with transaction.atomic():
        grant(person("Nguyễn Thị Một")), grant(person("Nguyễn Thị Hai"))
        found = month.handed_over(JUL)
        with as_maintenance():
            (handover,) = found.handovers.all()
            files = [month.filled(handover), month.filled(handover, absent={"Nguyễn Thị Một"})]
    takers = [post(Role.ACCOUNTANT), month.officer()]
    raised = at_once(
        *(
            (
                by,
                lambda by, data=data: payments.take_return(
                    handover=handover, data=data, filename="kq.xlsx", by=by, now=at(2026, 7, 15)
                ),
            )
            for by, data in zip(takers, files, strict=True)
        )
    )
    assert raised == [None, None]
    with as_maintenance():
        taken = sorted(handover.returns.values_list("taken", flat=True))
        told = [problem for answer in handover.returns.all() for problem in answer.problems]
        assert {line.state for line in PaymentLine.objects.all()} <= {"paid", "unpaid"}
    # Whichever came first stands; the other hears which line had its answer already.
    assert taken == [0, 2] and len(told) == 1 and "đã ghi" in told[0]["message"]


def test_a_person_is_written_down_once_under_a_number():
    known = people.Newcomer(
        full_name="Trần Văn Bính", sex="male", born_on=date(1950, 10, 20), birth_precision="day", personal_number="034050000124"
    )
    acts = [
        (
            by,
            lambda by: people.register_person(
                newcomer=known, unit=commune(), village=None, since=None, source="thử", by=by, now=NOW
            ),
        )
        for by in (post(), post(Role.COMMUNE_HEAD))
    ]
    one_is_told(at_once(*acts))
    with as_maintenance():
        assert Person.objects.count() == 1


def test_a_button_pressed_twice_writes_one_person_down():
    """Without a number nothing in the database tells the two apart: the second press is shown the person of the first."""
    form = {"full_name": "Đỗ Văn Không Số", "sex": "male", "born": "1961", "unit": commune().id, "source": "thử"}
    clients = [signed_in(), signed_in()]
    answers: list[int] = []
    acts = [
        (post(), lambda by, client=client: answers.append(client.post("/nguoi/moi/", form).status_code)) for client in clients
    ]
    assert at_once(*acts) == [None, None]
    assert sorted(answers) == [200, 302]
    with as_maintenance():
        assert Person.objects.count() == 1


def test_many_acts_at_once_leave_one_chain_without_a_gap():
    officers = [post(role) for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.CLERK)]
    someone = [person(f"Người {n}", "1950-01-01", by=officers[0]) for n in range(4)]
    acts = [
        (
            by,
            lambda by, who=who: [
                people.add_other_name(person=who, name=f"Tên {n}", source="thử", by=by, now=NOW) for n in range(5)
            ],
        )
        for by, who in zip(officers, someone, strict=True)
    ]
    assert at_once(*acts) == [None] * 4
    with as_maintenance():
        verdict = verify(heads=[], now=NOW)
        keys = list(Entry.objects.order_by("id").values_list("id", flat=True))
    assert verdict.is_sound and keys == list(range(1, len(keys) + 1))
    assert entries("add_other_name") == 20
