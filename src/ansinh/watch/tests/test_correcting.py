"""Wrong acts set right with what followed: undone at once, drafted, or said to whoever decides."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement, Suspension
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person
from ansinh.watch import operations
from ansinh.watch.models import WatchItem
from ansinh.watch.queries import showing
from ansinh.watch.queries.overpaid import lines_to_set_right
from ansinh.watch.tests.factories import LEVEL, look

pytestmark = pytest.mark.django_db
OCT, NOV, DEC, JAN = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
WHY = "Còn sống, trưởng thôn xác nhận"


def pensioner(name: str = "Trần Thị Cả", **known) -> Entitlement:
    return grant(person(name, "1945-03-02"), **LEVEL | {"months_from": date(2026, 7, 1)} | known)


def dies(entry: Entitlement, on: date = date(2026, 9, 9)) -> Person:
    with as_maintenance():
        return people.record_death(person=entry.person, died_on=on, source="điện thoại của thôn", by=post(), now=NOW)


def again(row):
    with as_maintenance():
        return type(row).objects.get(pk=row.pk)


# A wrong death --------------------------------------------------------------------------------------------------------
def test_with_the_death_go_its_item_its_dossiers_and_its_draft():
    entry, officer = pensioner(), post()
    who = dies(entry)
    look()
    with as_post(officer, on=DAY):
        item = WatchItem.objects.get(kind="death")
        stop = operations.prepare(item=item, by=officer, now=NOW)
        (draft,) = operations.draft_stops(items=[item], by=officer, now=NOW)
        funeral = dossier("verifying", whose=who, procedure="funeral", case="beneficiary")
        assert len(showing.plan_for_death(who, on=DAY).at_once) == 4
        made = operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
    assert (again(who).died_on, again(item).state, again(draft).state) == (None, "resolved", "discarded")
    assert [again(one).state for one in (stop, funeral)] == ["withdrawn", "withdrawn"]
    assert (len(made.undone), made.drafts, made.was) == (4, [], {"died_on": "2026-09-09", "source": "điện thoại của thôn"})
    with as_maintenance():
        assert showing.left_of(made) == []
        assert Entry.objects.get(act="correct_wrong").detail["about"] == who.code
        assert Entry.objects.filter(act="undo_death").exists()


def test_a_dossier_that_waits_for_its_signature_comes_back_and_is_withdrawn_with_its_draft():
    entry, officer = pensioner(), post()
    who = dies(entry)
    made = dossier("verifying", whose=who, procedure="allowance_stop", case="death")
    line = ledger.ItemDraft(
        person_id=who.id, act="stop", benefit=entry.benefit, category=entry.category, from_month=OCT, entitlement=entry
    )
    with as_post(officer, on=DAY):
        draft = ledger.propose_decision(dossier=made, kind="stop", items=[line], by=officer, now=NOW)
        operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
    assert (again(made).state, again(draft).state) == ("withdrawn", "discarded")


def test_a_signed_stop_is_answered_by_one_draft_that_gives_the_months_back():
    entry, officer = pensioner(), post()
    who = dies(entry)
    month.decide(entry, "stop", OCT, recorded=at(2026, 9, 15))
    with as_post(officer, on=DAY):
        plan = showing.plan_for_death(who, on=DAY)
        assert [(line.from_month, line.to_month, line.amount_vnd) for line in plan.lines] == [(OCT, None, 540_000)]
        made = operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
        draft = Decision.objects.get(code=made.drafts[0])
        (line,) = draft.items.all()
        assert (draft.state, draft.kind, line.act, line.from_month, line.amount_vnd) == (
            "draft",
            "resume",
            "resume",
            OCT,
            540_000,
        )
        assert line.entitlement == entry and "ghi nhận đã mất là nhầm" in line.reason and line.article
        assert "cần quyết định hưởng lại" in showing.left_of(made)[0].words
    with as_post(post(Role.CLERK), on=DAY):
        ledger.record_decision(decision=draft, signature=signature(DAY), by=post(Role.CLERK), now=NOW)
    with as_maintenance():
        assert showing.left_of(made) == []
        assert Entitlement.objects.running(NOV).get(person=who).granted_by.decision == draft


def test_a_draft_that_names_others_too_is_left_to_a_person_and_said():
    one, other, officer = pensioner(), pensioner("Lê Thị Hai"), post()
    who, _ = dies(one), dies(other)
    look()
    with as_post(officer, on=DAY):
        (draft,) = operations.draft_stops(items=list(WatchItem.objects.filter(kind="death")), by=officer, now=NOW)
        made = operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
        assert draft.code in showing.left_of(made)[0].url and "không ký bản này" in showing.left_of(made)[0].words
    assert again(draft).state == "draft"


def test_lines_held_by_the_death_are_due_again_on_a_list_nobody_signed():
    entry, officer = pensioner(), post()
    month.neighbour()
    month.paid(date(2026, 11, 1))
    who = dies(entry, on=date(2026, 10, 9))
    month.proposed(DEC, now=at(2026, 11, 19))
    with as_maintenance():
        held = PaymentLine.objects.filter(person=who, benefit_month=DEC)
        assert [line.state for line in held] == ["held"]
    with as_post(officer, on=DAY):
        operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
    with as_maintenance():
        assert [line.state for line in PaymentLine.objects.filter(person=who, benefit_month=DEC)] == ["due"]


def test_a_recovery_for_the_months_after_the_death_is_named():
    entry = pensioner()
    month.neighbour()
    for paid in (date(2026, 9, 1), OCT):
        month.paid(paid)
    who = dies(entry, on=date(2026, 9, 9))
    month.decide(entry, "stop", date(2026, 10, 1), recorded=at(2026, 10, 8))
    month.decide(entry, "recovery", NOV, recorded=at(2026, 10, 9), amount_vnd=540_000, months=(OCT,))
    with as_maintenance():
        found = showing.plan_for_death(who, on=DAY)
        assert any("thu hồi 540.000" in one.words.replace("\xa0", " ") for one in found.to_decide)
        # Nothing was taken yet: nothing comes back, the recovery itself has to go.
        assert [line.act for line in found.lines] == ["resume"]


def test_what_was_rightly_stopped_long_before_the_death_stays_stopped():
    who = person("Trần Thị Cả", "1945-03-02", facts={"disability": "severe"})
    old = grant(who, "DISABLED_SEVERE", coefficient=200, standard_vnd=500_000, months_from=date(2025, 8, 1))
    month.decide(old, "stop", date(2025, 11, 1), recorded=at(2025, 10, 12))
    entry = grant(who, **LEVEL | {"months_from": date(2026, 7, 1)})
    dies(entry)
    month.decide(entry, "stop", OCT, recorded=at(2026, 9, 15))
    with as_post(post(), on=DAY):
        made = operations.correct_death(person=who, reason=WHY, by=post(), now=NOW)
        lines = Decision.objects.get(code=made.drafts[0]).items.filter(act="resume")
        assert min(line.from_month for line in lines) == OCT


def test_a_level_raised_for_the_months_before_the_stop_is_not_lost():
    entry = pensioner(standard_vnd=500_000)
    who = dies(entry)
    month.decide(entry, "stop", OCT, recorded=at(2026, 9, 15))
    with as_maintenance():
        lines = showing.plan_for_death(who, on=DAY).lines
        assert [(line.act, line.amount_vnd) for line in lines] == [("resume", 540_000), ("arrears", 40_000)]
        assert lines[1].months == ["2026-07", "2026-08", "2026-09"]


def test_a_death_that_nobody_recorded_a_missing_reason_and_a_post_that_may_not_are_refused():
    entry, officer, clerk = pensioner(), post(), post(Role.CLERK)
    with as_post(officer, on=DAY), pytest.raises(AlreadyDone):
        operations.correct_death(person=entry.person, reason=WHY, by=officer, now=NOW)
    who = dies(entry)
    with as_post(officer, on=DAY), pytest.raises(InvalidInput):
        operations.correct_death(person=who, reason=" ", by=officer, now=NOW)
    with as_post(clerk, on=DAY), pytest.raises(NotAllowed):
        operations.correct_death(person=who, reason=WHY, by=clerk, now=NOW)
    assert again(who).died_on


def test_what_the_office_of_the_province_may_not_withdraw_is_left_and_not_said_to_be_done():
    entry = pensioner()
    who = dies(entry)
    made = dossier("verifying", whose=who, procedure="funeral", case="beneficiary")
    division = post(Role.DIVISION_OFFICER, office="BTXH")
    with as_post(division, on=DAY):
        done = operations.correct_death(person=who, reason=WHY, by=division, now=NOW)
    assert again(made).state == "verifying" and done.undone == []
    with as_maintenance():
        assert again(made).shown_code in " ".join(one.words for one in showing.left_of(done))


def test_what_was_set_right_and_not_given_back_waits_on_the_list_with_its_draft_in_one_click():
    entry, officer = pensioner(), post()
    who = dies(entry)
    month.decide(entry, "stop", OCT, recorded=at(2026, 9, 15))
    with as_post(officer, on=DAY):
        made = operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
        first = Decision.objects.get(code=made.drafts[0])
        ledger.discard_draft(decision=first, reason="soạn lại", by=officer, now=NOW)
    assert look().new == 1
    with as_post(officer, on=DAY):
        item = WatchItem.objects.get(kind="resume")
        assert (item.month, "chưa cho hưởng lại" in item.reason) == (OCT, True)
        draft = operations.prepare(item=item, by=officer, now=NOW)
        assert (draft.kind, draft.pk != first.pk) == ("resume", True)
        assert operations.prepare(item=item, by=officer, now=NOW) == draft
    with as_post(post(Role.CLERK), on=DAY):
        ledger.record_decision(decision=draft, signature=signature(DAY), by=post(Role.CLERK), now=NOW)
    assert look().gone == 1


# A wrong merge --------------------------------------------------------------------------------------------------------
def test_two_people_taken_for_one_stand_alone_again_and_the_stopped_entry_is_drafted():
    entry, kept, officer = pensioner("Vũ Thị Mơ"), person("Vũ Thị Mơ", "1945-03-02"), post()
    with as_maintenance():
        people.mark_as_same(person=entry.person, other=kept, reason="trùng tên", by=officer, now=NOW)
    month.decide(entry, "stop", NOV, recorded=at(2026, 10, 15))
    with as_post(officer, on=DAY):
        made = operations.correct_merge(person=entry.person, reason="hai chị em", by=officer, now=NOW)
        assert Decision.objects.get(code=made.drafts[0]).items.get().from_month == NOV
        with pytest.raises(AlreadyDone):
            operations.correct_merge(person=entry.person, reason="hai chị em", by=officer, now=NOW)
    assert again(entry.person).same_as is None and made.was["same_as"] == kept.code


# A wrong decision -----------------------------------------------------------------------------------------------------
def test_a_decision_nothing_rests_on_is_taken_back_whole():
    entry, officer = pensioner(), post()
    with as_post(officer, on=DAY):
        decision = entry.granted_by.decision
        assert showing.resting(decision) == []
        made = operations.correct_decision(decision=decision, reason="ký nhầm người", by=officer, now=NOW)
        assert made.decision == decision and len(made.undone) == 1
        assert not Entitlement.objects.exists()
    assert again(decision).state == "revoked"


def test_an_item_of_the_watch_list_keeps_no_decision_from_being_taken_back():
    entry, officer = pensioner(), post()
    dies(entry)
    look()
    with as_post(officer, on=DAY):
        operations.dismiss(item=WatchItem.objects.get(), note="đã báo", by=officer, now=NOW)
        operations.correct_decision(decision=entry.granted_by.decision, reason="ký nhầm người", by=officer, now=NOW)
        assert WatchItem.objects.get().entitlement is None and not Entitlement.objects.exists()


def test_a_paid_decision_is_not_taken_back_and_a_wrong_line_drafts_its_end_and_the_money_back():
    who, officer = person("Trần Thị Sai", "1945-03-02"), post()
    entry = grant(who, **LEVEL | {"months_from": date(2026, 7, 1)})
    month.neighbour()
    for paid in (date(2026, 10, 1), NOV):
        month.paid(paid)
    with as_post(officer, on=DAY):
        item = entry.granted_by
        with pytest.raises(InvalidInput):
            operations.correct_decision(decision=item.decision, reason=WHY, by=officer, now=NOW)
        assert showing.resting(item.decision)
        # The register still says the law gives it: first the fact, then the decision.
        with pytest.raises(InvalidInput, match="Hãy sửa sự kiện"):
            operations.correct_line(item=item, reason="có lương hưu", by=officer, now=NOW)
        people.set_circumstance(
            person=who, kind="pension_vnd", value=3_000_000, since=date(2020, 1, 1), source="BHXH", by=officer, now=NOW
        )
        made = operations.correct_line(item=item, reason="có lương hưu", by=officer, now=NOW)
        change, recovery = (Decision.objects.get(code=code) for code in made.drafts)
        assert [line.act for line in change.items.all()] == ["stop"]
        (back,) = recovery.items.all()
        assert (back.act, back.amount_vnd) == ("recovery", 540_000)
        paid = PaymentLine.objects.filter(person=who, state="paid").values_list("benefit_month", flat=True)
        assert back.months == sorted(f"{one:%Y-%m}" for one in set(paid))


def test_of_a_carer_the_law_is_asked_about_the_person_cared_for():
    house = household()
    carer = person("Lê Thị Mẹ", "1960-01-01", household=house)
    facts = {"disability": "extremely_severe", "cared_by": "own_household"}
    entry = care(carer, person("Lê Văn Con", "1996-01-01", household=house, facts=facts), NOV, signed=at(2026, 10, 12))
    month.paid(NOV)
    with as_post(post(), on=DAY):
        assert lines_to_set_right(entry, DAY) == []
        people.set_circumstance(
            person=entry.cared_for, kind="disability", value="severe", since=date(2026, 9, 1), source="GXN", by=post(), now=NOW
        )
        acts = {(line.act, line.person_id, line.amount_vnd) for line in lines_to_set_right(entry, DAY)}
    assert ("recovery", carer.pk, 540_000) in acts and ("stop", carer.pk, 540_000) in acts


def test_a_wrong_stop_is_answered_by_a_resumption_and_a_wrong_suspension_from_its_first_month():
    entry, officer = pensioner(), post()
    stop = month.decide(entry, "stop", NOV, recorded=at(2026, 10, 15))
    with as_post(officer, on=DAY):
        made = operations.correct_line(item=stop.items.get(), reason="nhầm người", by=officer, now=NOW)
        assert Decision.objects.get(code=made.drafts[0]).kind == "resume"
    other = pensioner("Lê Thị Hai")
    pause = month.decide(other, "suspend", OCT, recorded=at(2026, 9, 25))
    with as_post(officer, on=DAY):
        made = operations.correct_line(item=pause.items.get(), reason="vẫn nhận", by=officer, now=NOW)
        draft = Decision.objects.get(code=made.drafts[0])
    with as_post(post(Role.CLERK), on=DAY):
        ledger.record_decision(decision=draft, signature=signature(DAY), by=post(Role.CLERK), now=NOW)
    with as_maintenance():
        assert Suspension.objects.get().months.isempty


def test_a_line_of_past_money_is_corrected_by_a_new_decision_only():
    entry, officer = pensioner(), post()
    made = month.decide(entry, "arrears", NOV, recorded=at(2026, 10, 15), amount_vnd=540_000, months=(OCT,))
    with as_post(officer, on=DAY), pytest.raises(InvalidInput, match="một quyết định mới"):
        operations.correct_line(item=made.items.get(), reason="sai", by=officer, now=NOW)


def test_dossiers_of_others_are_left_alone():
    entry, officer = pensioner(), post()
    who = dies(entry)
    mine = dossier("verifying", whose=who, procedure="allowance_change")
    with as_post(officer, on=DAY):
        operations.correct_death(person=who, reason=WHY, by=officer, now=NOW)
        assert Dossier.objects.get(pk=mine.pk).state == "verifying"
