"""Whoever moved keeps what was decided: entries stay readable with their number, and a recovery follows the person."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, THAI_BINH, at, commune
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement
from ansinh.entitlements.queries import decided_money, with_papers
from ansinh.entitlements.tests.factories import grant
from ansinh.payments import operations
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

JUL, AUG, SEP, OCT = (date(2026, n, 1) for n in range(7, 11))


def moved(name: str = "Trần Thị Chuyển", since: date = date(2026, 8, 20)):
    """Granted in Quỳnh Phụ, living in Thái Bình since a day; and somebody who stayed, granted by the same commune."""
    who = person(name)
    entry = grant(who)
    with as_maintenance():
        people.move_across(
            person=who, unit=commune(THAI_BINH), since=since, source="Thông báo lưu trú", by=month.officer(), now=at(2026, 8, 20)
        )
        return Entitlement.objects.select_related("person").get(pk=entry.pk)


def number_of(entry: Entitlement) -> str:
    with as_maintenance():
        return entry.granted_by.decision.number


def test_the_new_commune_sees_the_entry_with_the_number_but_not_the_decision_of_the_old_one():
    entry = moved()
    with as_post(month.officer(THAI_BINH), on=DAY):
        (seen,) = with_papers(list(Entitlement.objects.filter(person=entry.person_id)))
        assert not Decision.objects.filter(items__person=entry.person_id).exists()
        assert not DecisionItem.objects.filter(person=entry.person_id).exists()
    assert (seen.paper.number, seen.paper.unit_name, seen.paper.opens) == (number_of(entry), "Xã Quỳnh Phụ", False)


def test_papers_of_people_one_does_not_see_stay_shut():
    entry = moved()
    other = grant(person("Lê Văn Ở Lại"))
    with as_post(month.officer(THAI_BINH), on=DAY):
        assert with_papers([entry])[0].paper.number
        with pytest.raises(KeyError):
            with_papers([other])
        assert decided_money([commune().id]) == []


@pytest.mark.parametrize("page", ["entitlements:ledger", "web:person", "web:explanation"])
def test_pages_of_the_new_commune_show_entry_and_number(page):
    entry = moved()
    address = reverse(page) if page == "entitlements:ledger" else reverse(page, args=[entry.person.code])
    shown = signed_in(office=f"UBND-{THAI_BINH}").get(address).content.decode()
    assert number_of(entry) in shown
    assert "/quyet-dinh/QD" not in shown


def test_the_ledger_workbook_of_the_new_commune_has_the_number(tmp_path):
    entry = moved()
    answer = signed_in(office=f"UBND-{THAI_BINH}").get(reverse("entitlements:ledger"), {"xuat": "xlsx"})
    (tmp_path / "so.xlsx").write_bytes(answer.content)
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "so.xlsx").active for cell in row]
    assert number_of(entry) in cells and entry.person.full_name in cells


def test_a_recovery_signed_by_the_former_commune_is_taken_by_the_new_one():
    month.neighbour(), month.neighbour(commune(THAI_BINH))
    entry = grant(person("Trần Thị Chuyển"))
    month.paid(JUL)
    month.decide(entry, "recovery", AUG, recorded=at(2026, 7, 10), amount_vnd=200_000, months=(JUL,))
    with as_maintenance():
        people.move_across(
            person=entry.person, unit=commune(THAI_BINH), since=date(2026, 7, 12), source="thử", by=month.officer(),
            now=at(2026, 7, 12),
        )  # fmt: skip
    officer = month.officer(THAI_BINH)
    with as_post(officer, on=date(2026, 7, 17)):
        operations.prepare_run(benefit_month=AUG, units=[commune(THAI_BINH)], by=officer, now=at(2026, 7, 17))
    found = month.proposed(AUG, unit=commune(THAI_BINH), by=officer, now=at(2026, 7, 17))
    assert [row[1:4] for row in month.rows(found)] == [("recovery", 7, -200_000), ("regular", 8, 500_000)]


def test_a_recovery_of_the_former_commune_is_not_drafted_a_second_time():
    month.neighbour(), month.neighbour(commune(THAI_BINH))
    entry = grant(person("Trần Thị Chuyển"))
    month.paid(JUL), month.paid(AUG)
    month.decide(entry, "stop", AUG, recorded=at(2026, 8, 10))
    month.decide(entry, "recovery", SEP, recorded=at(2026, 8, 11), amount_vnd=500_000, months=(AUG,))
    with as_maintenance():
        people.move_across(
            person=entry.person, unit=commune(THAI_BINH), since=date(2026, 8, 12), source="thử", by=month.officer(),
            now=at(2026, 8, 12),
        )  # fmt: skip
    officer = month.officer(THAI_BINH)
    with as_post(officer, on=date(2026, 8, 19)):
        operations.prepare_run(benefit_month=SEP, units=[commune(THAI_BINH)], by=officer, now=at(2026, 8, 17))
        drafts = operations.draft_from_lists(unit=commune(THAI_BINH), month=SEP, by=officer, now=at(2026, 8, 19))
        assert drafts == []
