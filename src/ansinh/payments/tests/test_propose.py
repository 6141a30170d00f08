"""A list holds what the ledger says, what earlier months still owe, and nothing twice."""

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput
from ansinh.payments import operations
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(7, 13))


def test_a_list_holds_one_line_for_each_entry_of_the_month():
    who = person("Trần Văn Hai")
    grant(who, "K4_SINGLE_PARENT", coefficient=150, benefit="monthly_allowance")
    grant(who, "K6_DISABILITY", coefficient=200, benefit="monthly_allowance")
    assert month.rows(month.proposed(JUL)) == [
        ("Trần Văn Hai", "regular", 7, 750_000, "due"),
        ("Trần Văn Hai", "regular", 7, 1_000_000, "due"),
    ]


def test_proposing_again_gives_the_same_lines_with_the_same_codes():
    grant(person())
    found = month.proposed(JUL)
    with as_maintenance():
        codes = list(found.lines.values_list("code", flat=True))
    again = month.proposed(JUL)
    with as_maintenance():
        assert list(again.lines.values_list("code", flat=True)) == codes


def test_proposing_again_after_a_return_takes_what_was_decided_since():
    entry = grant(person())
    found = month.proposed(JUL)
    with as_maintenance():
        operations.check_list(payment_list=found, by=month.officer(), now=at(2026, 6, 20))
        operations.return_list(payment_list=found, note="Sót người", by=post("commune_chairman"), now=at(2026, 6, 21))
    grant(person("Lê Thị Mới"), months_from=JUL, signed=at(2026, 6, 15))
    assert [row[0] for row in month.rows(month.proposed(JUL, now=at(2026, 6, 22)))] == ["Lê Thị Mới", entry.person.full_name]


def test_a_list_with_no_line_is_not_sent_for_signature():
    found = month.proposed(JUL)
    with pytest.raises(InvalidInput, match="không có dòng nào"):
        operations.check_list(payment_list=found, by=month.officer(), now=at(2026, 6, 20))


def test_a_grant_recorded_after_the_cut_off_waits_and_brings_its_first_month():
    month.neighbour()
    grant(person(), months_from=JUL, signed=at(2026, 6, 19))
    assert month.rows(month.paid(JUL)) == []
    assert [row[1:4] for row in month.rows(month.proposed(AUG))] == [("arrears", 7, 500_000), ("regular", 8, 500_000)]


def test_a_late_paper_brings_the_months_of_an_entry_that_has_ended_already():
    month.neighbour()
    month.paid(JUL), month.paid(AUG)
    entry = grant(person(), months_from=JUL, signed=at(2026, 8, 3))
    month.decide(entry, "stop", SEP, recorded=at(2026, 8, 5))
    assert [row[1:4] for row in month.rows(month.proposed(SEP))] == [("arrears", 7, 500_000), ("arrears", 8, 500_000)]


def test_the_new_level_of_july_decided_in_october_is_paid_month_by_month_once():
    entry = grant(person())
    for paid in (JUL, AUG, SEP, OCT):
        month.paid(paid)
    month.decide(entry, "adjust", JUL, recorded=at(2026, 10, 12), amount_vnd=540_000)
    assert [row[1:4] for row in month.rows(month.paid(NOV))] == [
        *(("arrears", n, 40_000) for n in (7, 8, 9, 10)),
        ("regular", 11, 540_000),
    ]
    assert [row[1:4] for row in month.rows(month.proposed(DEC))] == [("regular", 12, 540_000)]


def test_arrears_name_the_closed_line_they_complete():
    entry = grant(person())
    old = month.paid(JUL)
    month.decide(entry, "adjust", JUL, recorded=at(2026, 7, 10), amount_vnd=540_000)
    found = month.proposed(AUG)
    with as_maintenance():
        assert found.lines.get(kind="arrears").corrects == old.lines.get()


def test_an_adjustment_between_two_steps_is_paid_too():
    entry = grant(person())
    month.paid(JUL), month.paid(AUG)
    month.decide(entry, "adjust", JUL, recorded=at(2026, 8, 10), amount_vnd=540_000)
    newer = entry.person.entitlements.latest("id")
    month.decide(newer, "adjust", SEP, recorded=at(2026, 8, 11), amount_vnd=600_000)
    assert [row[1:4] for row in month.rows(month.proposed(SEP))] == [
        ("arrears", 7, 40_000), ("arrears", 8, 40_000), ("regular", 9, 600_000),
    ]  # fmt: skip


def test_lists_kept_elsewhere_paid_the_old_amount_of_an_adjustment_that_reaches_back_before_them():
    entry = grant(person(), months_from=date(2026, 3, 1))
    month.paid(JUL)
    month.decide(entry, "adjust", date(2026, 5, 1), recorded=at(2026, 7, 5), amount_vnd=540_000)
    assert [row[1:4] for row in month.rows(month.proposed(AUG))] == [
        *(("arrears", n, 40_000) for n in (5, 6, 7)),
        ("regular", 8, 540_000),
    ]


def test_the_month_of_a_death_is_paid_and_the_next_is_held():
    who = grant(person()).person
    with_death(who, date(2026, 7, 3))
    assert [row[4] for row in month.rows(month.proposed(JUL))] == ["due"]
    assert month.rows(month.proposed(AUG)) == [(who.full_name, "regular", 8, 500_000, "held")]


def test_a_death_taken_back_pays_the_held_month():
    month.neighbour()
    who = grant(person()).person
    with_death(who, date(2026, 6, 3))
    month.paid(JUL)
    with as_maintenance():
        people.undo_death(person=who, reason="Nhầm người", by=month.officer(), now=at(2026, 7, 5))
    assert [row[1:] for row in month.rows(month.proposed(AUG))] == [
        ("arrears", 7, 500_000, "due"), ("regular", 8, 500_000, "due"),
    ]  # fmt: skip


def test_money_held_by_an_officer_is_not_paid_later_until_it_is_released():
    month.neighbour()
    grant(person())
    found = month.proposed(JUL)
    with as_maintenance():
        operations.hold_line(
            line=found.lines.exclude(person_name=month.NEIGHBOUR).get(),
            reason="Chờ xác minh",
            by=month.officer(),
            now=at(2026, 6, 19),
        )
    month.paid(JUL)
    found = month.proposed(AUG)
    assert [row[1:] for row in month.rows(found)] == [("arrears", 7, 500_000, "held"), ("regular", 8, 500_000, "due")]
    with as_maintenance():
        operations.release_line(line=found.lines.get(state="held"), reason="Đã gặp", by=month.officer(), now=at(2026, 7, 19))
    assert [row[4] for row in month.rows(month.proposed(AUG))] == ["due", "due"]


def test_unpaid_money_comes_again_under_its_own_month_until_it_is_collected():
    who = grant(person("Vũ Thị Xa")).person
    month.paid(JUL, absent={who.full_name})
    assert [row[1:4] for row in month.rows(month.paid(AUG, absent={who.full_name}))] == [
        ("carried", 7, 500_000), ("regular", 8, 500_000),
    ]  # fmt: skip
    assert [row[1:4] for row in month.rows(month.paid(SEP))] == [
        ("carried", 7, 500_000), ("carried", 8, 500_000), ("regular", 9, 500_000),
    ]  # fmt: skip
    assert [row[1:4] for row in month.rows(month.proposed(OCT))] == [("regular", 10, 500_000)]


def test_unpaid_money_of_a_month_that_was_stopped_since_does_not_come_again():
    entry = grant(person("Vũ Thị Xa"))
    month.paid(JUL)
    month.paid(AUG, absent={"Vũ Thị Xa"})
    month.decide(entry, "stop", AUG, recorded=at(2026, 8, 16))
    assert month.rows(month.proposed(SEP)) == []


def test_a_recovery_larger_than_the_month_is_taken_over_several_lists():
    entry = grant(person())
    month.paid(JUL), month.paid(AUG)
    month.decide(entry, "recovery", AUG, recorded=at(2026, 8, 10), amount_vnd=400_000, months=(JUL, AUG))
    assert [row[1:4] for row in month.rows(month.paid(SEP))] == [
        ("recovery", 7, -400_000), ("recovery", 8, -100_000), ("regular", 9, 500_000),
    ]  # fmt: skip
    assert [row[1:4] for row in month.rows(month.paid(OCT))] == [("recovery", 8, -300_000), ("regular", 10, 500_000)]
    assert [row[1:4] for row in month.rows(month.proposed(NOV))] == [("regular", 11, 500_000)]


def test_a_recovery_nobody_came_for_is_tried_again_and_the_list_is_not_broken():
    entry = grant(person("Vũ Thị Xa"))
    month.paid(JUL)
    month.decide(entry, "recovery", AUG, recorded=at(2026, 7, 10), amount_vnd=100_000, months=(JUL,))
    month.paid(AUG, absent={"Vũ Thị Xa"})
    assert [row[1:4] for row in month.rows(month.proposed(SEP))] == [
        ("recovery", 7, -100_000), ("carried", 8, 500_000), ("regular", 9, 500_000),
    ]  # fmt: skip


def test_money_taken_back_by_decision_is_not_paid_again_by_itself():
    entry = grant(person())
    month.paid(JUL)
    month.decide(entry, "recovery", AUG, recorded=at(2026, 7, 10), amount_vnd=500_000, months=(JUL,))
    month.paid(AUG)
    assert [row[1:4] for row in month.rows(month.proposed(SEP))] == [("regular", 9, 500_000)]


def test_whoever_moved_is_on_the_list_of_the_new_commune_and_nothing_is_paid_twice():
    who = grant(person("Hà Thị Chuyển")).person
    other = commune(THAI_BINH)
    month.neighbour(other)
    month.paid(JUL, absent={who.full_name})
    month.paid(JUL, unit=other)
    with as_post(month.officer(), on=date(2026, 7, 10)):
        people.move_across(
            person=who, unit=other, since=date(2026, 7, 10), source="Giấy", by=month.officer(), now=at(2026, 7, 10)
        )
    for unit in (commune(), other):
        by = month.officer(unit.code)
        with as_post(by, on=date(2026, 7, 19)):
            run = operations.prepare_run(benefit_month=AUG, units=[unit], by=by, now=at(2026, 7, 19))
    lists = {found.unit_id: found for found in month_lists(run)}
    assert month.rows(lists[commune().id]) == []
    assert [row[1:4] for row in month.rows(lists[other.id])] == [("carried", 7, 500_000), ("regular", 8, 500_000)]


def test_a_revoked_decision_leaves_open_lists_and_stays_in_signed_ones():
    decision = grant(person()).granted_by.decision
    month.proposed(JUL)
    with as_maintenance():
        ledger.revoke_decision(decision=decision, reason="Nhầm người", by=month.clerk(), now=at(2026, 6, 19))
    assert month.rows(month.proposed(JUL)) == []
    other = grant(person("Ngô Văn Ba"), signed=at(2026, 6, 1)).granted_by.decision
    month.signed(JUL)
    with as_maintenance(), pytest.raises(InvalidInput, match="đã có dòng chi trả"):
        ledger.revoke_decision(decision=other, reason="Nhầm người", by=month.clerk(), now=at(2026, 6, 23))


def test_two_months_in_one_payout_share_the_cut_off_and_hold_each_month_once():
    grant(person())
    month.paid(NOV)
    with as_maintenance():
        runs = [
            operations.prepare_run(
                benefit_month=benefit, units=[commune()], by=month.officer(), now=at(2026, 11, 19), payment_month=DEC
            )
            for benefit in (DEC, date(2027, 1, 1))
        ]
    for run, number in zip(runs, (12, 1), strict=True):
        (found,) = month_lists(run)
        assert [row[1:3] for row in month.rows(found)] == [("regular", number)]
        assert found.cutoff_on == date(2026, 11, 18)


def month_lists(run):
    with as_maintenance():
        return list(run.lists.select_related("unit", "run"))


def with_death(who, day: date) -> None:
    with as_maintenance():
        people.record_death(person=who, died_on=day, source="Trích lục", by=month.officer(), now=at(2026, 8, 1))
