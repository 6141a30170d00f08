"""A person asks for an allowance: form, register, law, signed decision, the payer's list. And somebody who is refused in writing."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.answering import Refusal
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import signature
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentList
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SEVERE = {"disability": {"value": "severe", "since": "2026-11-02"}}


def given_by_law(who: Person, month: date) -> list[ItemDraft]:
    """What the law gives the person in a month, as lines of a decision."""
    return [
        ItemDraft(
            person_id=who.id, act="grant", benefit=line.kind, category=line.category, law_code=line.code, from_month=month,
            coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
        )
        for line in law_for(who, month)
    ]  # fmt: skip


def asked(who: Person, facts: dict) -> Dossier:
    """The one-stop desk takes the form with a code of its own, the officer takes the dossier up."""
    desk, officer = post(Role.ONE_STOP), post()
    with as_post(desk, on=date(2026, 11, 3)):
        made = dossiers.open_dossier(procedure="allowance_grant", case="disabled", person=who, by=desk, now=at(2026, 11, 3))
        dossiers.declare(dossier=made, facts=facts, by=desk, now=at(2026, 11, 3))
        dossiers.receive_dossier(
            dossier=made, received_on=date(2026, 11, 3), given=["declaration", "disability_certificate"], one_stop_code=f"H31-{made.pk}",
            by=desk, now=at(2026, 11, 3),
        )  # fmt: skip
    with as_post(officer, on=date(2026, 11, 4)):
        return dossiers.take_up_dossier(dossier=made, by=officer, now=at(2026, 11, 4))


def test_from_the_form_to_the_list_of_the_payer():
    who, officer, clerk = person("Đỗ Thị Mùi", "1985-03-02"), post(), post(Role.CLERK)
    made = asked(who, SEVERE)
    assert (made.due_on, made.version.regime) == (date(2026, 11, 12), "R3")
    now = at(2026, 11, 5)
    with as_post(officer, on=now.date()):
        assert not law_for(who, NOVEMBER)
        dossiers.accept_declaration(dossier=made, by=officer, now=now)
        items = given_by_law(who, NOVEMBER)
        draft = ledger.propose_decision(dossier=made, kind="grant", items=items, by=officer, now=now)
        with pytest.raises(NotAllowed):
            ledger.record_decision(decision=draft, signature=signature(now.date()), by=officer, now=now)
    with as_post(clerk, on=date(2026, 11, 6)):
        ledger.record_decision(decision=draft, signature=signature(date(2026, 11, 6)), by=clerk, now=at(2026, 11, 6))
        made.refresh_from_db()
        assert (made.state, made.answered_on) == ("decided", date(2026, 11, 6))
        dossiers.deliver_dossier(dossier=made, note="Trao tận tay", by=clerk, now=at(2026, 11, 6))
    with as_post(officer, on=date(2026, 11, 20)):
        run = payments.prepare_run(benefit_month=DECEMBER, units=[commune()], by=officer, now=at(2026, 11, 20))
        lines = PaymentList.objects.get(run=run).lines.order_by("benefit_month")
        assert list(lines.values_list("person", "benefit_month", "amount_vnd")) == [
            (who.id, NOVEMBER, 810_000), (who.id, DECEMBER, 810_000),
        ]  # fmt: skip
        acts = list(made.steps.order_by("id").values_list("act", flat=True))
    assert acts == ["open", "receive", "verify", "accept", "submit", "decide", "deliver"]


def test_a_draft_that_is_sent_back_and_a_decision_taken_back_bring_the_dossier_back():
    who, officer, chairman, clerk = person("Đỗ Thị Mùi", "1985-03-02"), post(), post(Role.COMMUNE_CHAIRMAN), post(Role.CLERK)
    made, now = asked(who, SEVERE), at(2026, 11, 5)
    with as_post(officer, on=now.date()):
        dossiers.accept_declaration(dossier=made, by=officer, now=now)
        draft = ledger.propose_decision(dossier=made, kind="grant", items=given_by_law(who, NOVEMBER), by=officer, now=now)
    with as_post(chairman, on=now.date()):
        ledger.discard_draft(decision=draft, reason="Chưa rõ mức độ", by=chairman, now=now)
        made.refresh_from_db()
        assert (made.state, made.steps.last().note) == ("returned", "Chưa rõ mức độ")
    with as_post(officer, on=now.date()):
        again = ledger.propose_decision(dossier=made, kind="grant", items=given_by_law(who, NOVEMBER), by=officer, now=now)
    with as_post(clerk, on=now.date()):
        ledger.record_decision(decision=again, signature=signature(now.date()), by=clerk, now=now)
        ledger.revoke_decision(decision=again, reason="Nhầm người", by=clerk, now=now)
        made.refresh_from_db()
        assert (made.state, made.answer_number, made.answered_on) == ("returned", "", None)
        assert not Entitlement.objects.filter(person=who).exists()
        assert set(Decision.objects.filter(dossier=made).values_list("state", flat=True)) == {"discarded", "revoked"}


def test_a_decision_of_a_dossier_waits_for_the_facts_and_is_about_its_person_alone():
    who, other, officer = person("Đỗ Thị Mùi", "1985-03-02"), person("Lê Văn Khác", "1980-01-01"), post()
    made, now = asked(who, SEVERE), at(2026, 11, 5)
    with as_post(officer, on=now.date()):
        with pytest.raises(InvalidInput, match="chưa ghi vào sổ"):
            ledger.propose_decision(dossier=made, kind="grant", items=[], by=officer, now=now)
        dossiers.accept_declaration(dossier=made, by=officer, now=now)
        (item,) = given_by_law(who, NOVEMBER)
        wrong = ItemDraft(**{name: getattr(item, name) for name in ItemDraft.__dataclass_fields__} | {"person_id": other.id})
        with pytest.raises(InvalidInput, match="chỉ về người có hồ sơ"):
            ledger.propose_decision(dossier=made, kind="grant", items=[wrong], by=officer, now=now)
        made.refresh_from_db()
        assert made.state == "verifying"


def test_a_refusal_is_in_writing_with_its_reason_and_article():
    who, officer, clerk = person("Trần Văn Nhẹ", "1985-03-02"), post(), post(Role.CLERK)
    made, now = asked(who, {"disability": {"value": "mild", "since": "2026-11-02"}}), at(2026, 11, 5)
    with as_post(officer, on=now.date()):
        dossiers.accept_declaration(dossier=made, by=officer, now=now)
        assert not law_for(who, NOVEMBER)
        for missing in ({"reason": "", "article": "Khoản 6"}, {"reason": "Khuyết tật nhẹ", "article": " "}):
            with pytest.raises(InvalidInput):
                dossiers.propose_refusal(dossier=made, by=officer, now=now, **missing)
        dossiers.propose_refusal(
            dossier=made, reason="Mức độ khuyết tật nhẹ", article="Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP", by=officer, now=now
        )
        paper = Refusal("31/TB-UBND", date(2026, 11, 5), "Phạm Văn Ký", "Chủ tịch", post=post(Role.COMMUNE_CHAIRMAN))
        with pytest.raises(NotAllowed):
            dossiers.record_refusal(dossier=made, paper=paper, by=officer, now=now)
    with as_post(clerk, on=now.date()):
        made = dossiers.record_refusal(dossier=made, paper=paper, by=clerk, now=now)
        made = dossiers.deliver_dossier(dossier=made, note="Gửi bưu điện", by=clerk, now=now)
        assert (made.state, made.answer_number, made.reason) == ("delivered", "31/TB-UBND", "Mức độ khuyết tật nhẹ")
        assert not Decision.objects.filter(dossier=made).exists()
    with as_post(officer, on=now.date()):
        run = payments.prepare_run(benefit_month=DECEMBER, units=[commune()], by=officer, now=at(2026, 11, 20))
        assert not PaymentList.objects.filter(run=run, lines__person=who).exists()
