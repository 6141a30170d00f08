"""What the law and the lists show beyond the ledger becomes drafts, signed apart, and then arrears or a recovery."""

from datetime import date

import pytest

from ansinh.access.tests.factories import THAI_BINH, at, commune
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations import draft_differences
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.payments import operations
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(7, 13))
LEVEL_KNOWN = at(2026, 10, 10)


def sign(decision, now):
    return ledger.record_decision(decision=decision, signature=signature(now.date()), by=month.clerk(), now=now)


def drafted(of: date, now):
    found = next(iter(draft_differences(unit=commune(), month=of, by=month.officer(), now=now)), None)
    return found, [(i.act, i.from_month.month, i.amount_vnd) for i in found.items.order_by("number")] if found else []


def test_the_new_level_is_drafted_from_july_and_brings_arrears_once_signed():
    grant(person(born="1940-01-01"), months_from=date(2026, 5, 1))
    for paid in (JUL, AUG, SEP, OCT):
        month.paid(paid)
    draft, items = drafted(NOV, LEVEL_KNOWN)
    assert items == [("adjust", 7, 540_000)]
    sign(draft, at(2026, 10, 12))
    assert sum(row[3] for row in month.rows(month.proposed(NOV))) == 540_000 + 4 * 40_000
    assert drafted(DEC, at(2026, 11, 10)) == (None, [])


def test_an_entry_that_began_under_the_old_level_gets_its_first_month_as_arrears():
    grant(person(born="1940-01-01"), months_from=AUG, signed=at(2026, 7, 10))
    month.neighbour()
    for paid in (AUG, SEP, OCT):
        month.paid(paid)
    draft, items = drafted(NOV, LEVEL_KNOWN)
    assert ("arrears", 8, 40_000) in items and ("adjust", 9, 540_000) in items
    sign(draft, at(2026, 10, 12))
    assert sum(row[3] for row in month.rows(month.proposed(NOV))) == 540_000 + 3 * 40_000


def test_a_draft_is_replaced_each_time_and_the_decided_amount_stands_until_it_is_signed():
    grant(person(born="1940-01-01"))
    first, _ = drafted(NOV, LEVEL_KNOWN)
    second, _ = drafted(NOV, LEVEL_KNOWN)
    assert not Decision.objects.filter(pk=first.pk).exists() and second.state == "draft"
    assert [row[3] for row in month.rows(month.proposed(NOV)) if row[1] == "regular"] == [500_000]


def test_a_death_is_drafted_as_a_stop_from_the_month_after():
    who = grant(person(born="1940-01-01"), standard_vnd=540_000, months_from=JUL, signed=at(2026, 6, 1)).person
    people.record_death(person=who, died_on=date(2026, 9, 5), source="Trích lục", by=month.officer(), now=at(2026, 9, 6))
    draft, items = drafted(NOV, LEVEL_KNOWN)
    assert [item[:2] for item in items] == [("stop", 10)]
    assert "Từ trần ngày 05/09/2026" in draft.items.get().reason


def test_whoever_moved_in_is_drafted_to_be_taken_over():
    who = grant(person(born="1940-01-01"), standard_vnd=540_000, months_from=JUL, signed=at(2026, 6, 1)).person
    Person.objects.filter(pk=who.pk).update(unit=commune(THAI_BINH))
    (found,) = draft_differences(unit=commune(THAI_BINH), month=NOV, by=month.officer(THAI_BINH), now=LEVEL_KNOWN)
    item = found.items.get()
    assert (item.act, item.from_month, item.amount_vnd) == ("adjust", NOV, 540_000) and "Chuyển đến" in item.reason


def test_money_paid_beyond_a_stop_that_reaches_back_is_drafted_as_a_recovery():
    entry = grant(person())
    for paid in (JUL, AUG, SEP):
        month.paid(paid)
    month.decide(entry, "stop", AUG, recorded=at(2026, 9, 16))
    (draft,) = operations.draft_from_lists(unit=commune(), month=OCT, by=month.officer(), now=at(2026, 9, 19))
    item = draft.items.get()
    assert (draft.kind, item.act, item.amount_vnd, item.months) == ("recovery", "recovery", 500_000, ["2026-08", "2026-09"])
    # Re-asked, the law says how it sees each month: here it gives what the decision has stopped.
    assert "Tháng 08/2026: đã nhận 500.000, quyết định 0, luật 540.000." in item.reason and "xem lại quyết định" in item.reason
    assert item.law["months"]["2026-09"] == {"received": 500_000, "decided": 0, "law": 540_000}
    sign(draft, at(2026, 9, 20))
    assert operations.draft_from_lists(unit=commune(), month=OCT, by=month.officer(), now=at(2026, 9, 21)) == []


def test_hiv_stands_on_no_paper_with_others():
    month.neighbour()
    for name, category in (("Vũ Thị Xa", "DISABLED_SEVERE"), ("Lê Văn Kín", "ADULT_HIV"), ("Bùi Thị Vắng", "DISABLED_SEVERE")):
        grant(person(name, "1990-04-05"), category, coefficient=150)
    absent = {"Vũ Thị Xa", "Lê Văn Kín", "Bùi Thị Vắng"}
    for paid in (JUL, AUG, SEP):
        month.paid(paid, absent=absent)
    month.proposed(OCT, now=at(2026, 9, 19))
    made = operations.draft_from_lists(unit=commune(), month=OCT, by=month.officer(), now=at(2026, 9, 19))
    papers = [sorted(draft.items.values_list("person__full_name", flat=True)) for draft in made if draft.kind == "suspend"]
    assert papers == [["Bùi Thị Vắng", "Vũ Thị Xa"], ["Lê Văn Kín"]]


def test_three_months_nobody_came_are_drafted_as_a_suspension_and_two_are_not():
    month.neighbour()
    grant(person("Vũ Thị Xa"))
    for paid, drafts in ((JUL, 0), (AUG, 0), (SEP, 1)):
        month.paid(paid, absent={"Vũ Thị Xa"})
        following = date(2026, paid.month + 1, 1)
        month.proposed(following, now=at(2026, paid.month, 19))
        made = operations.draft_from_lists(unit=commune(), month=following, by=month.officer(), now=at(2026, paid.month, 19))
        assert len(made) == drafts
    assert (made[0].kind, made[0].items.get().person.full_name) == ("suspend", "Vũ Thị Xa")
    sign(made[0], at(2026, 9, 20))
    assert [row[1] for row in month.rows(month.proposed(OCT)) if row[2] == 10] == []
