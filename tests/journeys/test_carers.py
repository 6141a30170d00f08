"""Whoever cares: asked for at the counter about the person cared for, granted to the carer, ended with what that person's life gives."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import differences, suspects
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
NOW = at(2026, 11, 6)
EXTREME = {"disability": {"value": "extremely_severe", "since": None}, "cared_by": {"value": "own_household", "since": None}}


@pytest.fixture
def home() -> tuple[Person, Person]:
    """A mother and her disabled son of 30, in one household."""
    house = household()
    return person("Lê Thị Mẹ", "1960-01-01", household=house), person("Lê Văn Con", "1996-01-01", household=house)


def asked(about: Person, case: str, facts: dict, **details) -> Dossier:
    officer = post()
    with as_post(officer, on=NOW.date()):
        made = dossiers.open_dossier(procedure="carer_grant", case=case, person=about, by=officer, now=NOW)
        dossiers.declare(dossier=made, facts=facts, details=details, by=officer, now=NOW)
        dossiers.receive_dossier(dossier=made, received_on=date(2026, 11, 5), given=[], by=officer, now=NOW)
        dossiers.take_up_dossier(dossier=made, by=officer, now=NOW)
        return dossiers.accept_declaration(dossier=made, by=officer, now=NOW)


def decided(made: Dossier, from_month: date = NOVEMBER) -> Entitlement:
    officer, clerk = post(), post(Role.CLERK)
    with as_post(officer, on=NOW.date()):
        draft = ledger.propose_care(dossier=made, month=from_month, by=officer, on=NOW.date(), now=NOW)
    with as_post(clerk, on=NOW.date()):
        ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=clerk, now=NOW)
        return Entitlement.objects.get(granted_by__decision=draft)


def lines_of(who: Person, of: date) -> list[tuple]:
    with as_maintenance():
        found = PaymentLine.objects.filter(list__run__benefit_month=of, person=who).order_by("benefit_month", "benefit")
        return [(line.benefit, line.benefit_month, line.amount_vnd, line.state) for line in found]


def set_fact(who: Person, kind: str, value, since: date) -> None:
    with as_maintenance():
        people.set_circumstance(person=who, kind=kind, value=value, since=since, source="Giấy", by=post(), now=NOW)


def differing(of: date) -> list[tuple]:
    with as_maintenance():
        unit = post().office.unit
        among = suspects(scopes=[[unit.id]], month=of)
        found = differences(unit_ids=[unit.id], month=of, among=among)
        return [(x.person.full_name, x.kind, x.law_vnd, x.since) for x in found if x.person.full_name != month.NEIGHBOUR]


def test_a_household_that_cares_for_its_own_is_paid_beside_what_the_disabled_person_draws(home):
    mother, son = home
    grant(son, "DISABLED_EXTREME", coefficient=200, standard_vnd=540_000, law_code="ND335.5.6")
    made = asked(son, "household", EXTREME, carer=mother.code, carer_name=mother.full_name)
    assert (made.due_on, made.version.form_for("household").number) == (date(2026, 11, 16), "Mẫu số 02")
    entry = decided(made)
    assert (entry.person_id, entry.cared_for_id, entry.category, entry.amount_vnd, entry.law_code) == (
        mother.id, son.id, "HH_CARE_EXTREME", 540_000, "ND335.17"
    )  # fmt: skip
    assert differing(DECEMBER) == []
    month.neighbour()
    month.paid(NOVEMBER)
    month.proposed(DECEMBER)
    assert ("carer_money", DECEMBER, 540_000, "due") in lines_of(mother, DECEMBER)
    assert [line for line in lines_of(son, DECEMBER) if line[1] == DECEMBER] == [
        ("monthly_allowance", DECEMBER, 1_080_000, "due")
    ]


def test_a_carer_with_an_allowance_of_their_own_has_both_and_neither_pays_for_the_other(home):
    mother, son = home
    set_fact(son, "disability", "extremely_severe", date(2020, 1, 1))
    set_fact(son, "cared_by", "own_household", date(2020, 1, 1))
    set_fact(mother, "disability", "severe", date(2020, 1, 1))
    grant(mother, "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000, law_code="ND335.5.6", months_from=date(2026, 5, 1))
    month.neighbour()
    month.paid(NOVEMBER)
    care(mother, son, NOVEMBER, signed=at(2026, 11, 10))
    month.proposed(DECEMBER)
    assert lines_of(mother, DECEMBER) == [
        ("carer_money", NOVEMBER, 540_000, "due"),
        ("carer_money", DECEMBER, 540_000, "due"),
        ("monthly_allowance", DECEMBER, 1_080_000, "due"),
    ]
    assert differing(DECEMBER) == []


def test_the_death_of_the_person_cared_for_holds_the_money_and_finds_its_end(home):
    mother, son = home
    set_fact(son, "disability", "extremely_severe", date(2020, 1, 1))
    set_fact(son, "cared_by", "own_household", date(2020, 1, 1))
    entry = care(mother, son, date(2026, 9, 1))
    month.neighbour()
    month.paid(NOVEMBER)
    with as_maintenance():
        people.record_death(person=son, died_on=date(2026, 11, 3), source="Trích lục", by=post(), now=NOW)
    month.proposed(DECEMBER)
    assert lines_of(mother, DECEMBER)[-1] == ("carer_money", DECEMBER, 540_000, "held")
    assert differing(DECEMBER) == [("Lê Thị Mẹ", "stop", 0, DECEMBER)]
    with as_maintenance():
        drafts = ledger.draft_differences(unit=mother.unit, month=DECEMBER, by=post(), now=NOW)
        (item,) = [item for draft in drafts for item in draft.items.filter(person=mother)]
        assert (item.act, item.entitlement_id, item.cared_for_id) == ("stop", entry.id, son.id)
        assert item.reason == "Người được chăm sóc từ trần ngày 03/11/2026; thôi hưởng từ tháng 12/2026."


def test_the_death_of_the_carer_ends_it_too(home):
    mother, son = home
    set_fact(son, "disability", "extremely_severe", date(2020, 1, 1))
    set_fact(son, "cared_by", "own_household", date(2020, 1, 1))
    care(mother, son, date(2026, 9, 1))
    with as_maintenance():
        people.record_death(person=mother, died_on=date(2026, 11, 3), source="Trích lục", by=post(), now=NOW)
    assert differing(NOVEMBER) == []
    assert differing(DECEMBER) == [("Lê Thị Mẹ", "stop", 0, DECEMBER)]


def test_a_lower_degree_or_a_new_level_is_found(home):
    mother, son = home
    set_fact(son, "disability", "extremely_severe", date(2020, 1, 1))
    set_fact(son, "cared_by", "own_household", date(2020, 1, 1))
    grant(
        mother, "HH_CARE_EXTREME", benefit="carer_money", standard_vnd=500_000, months_from=date(2026, 5, 1), law_code="ND20.20.2.c",
        cared_for=son,
    )  # fmt: skip
    assert differing(DECEMBER) == [("Lê Thị Mẹ", "rate", 540_000, date(2026, 7, 1))]
    set_fact(son, "disability", "severe", date(2026, 11, 10))
    assert differing(DECEMBER)[0][1:3] == ("stop", 0)


def test_one_carer_of_a_person_at_a_time(home):
    mother, son = home
    care(mother, son, NOVEMBER)
    with as_maintenance(), pytest.raises(InvalidInput, match="đã có kinh phí chăm sóc"):
        care(person("Lê Thị Chị", "1990-01-01"), son, DECEMBER)
    cousin = person("Lê Văn Em", "1997-01-01")
    care(mother, cousin, NOVEMBER)  # who cares for two is paid for two


def test_who_takes_a_child_in_has_to_be_fit_for_it():
    child, aunt, stranger = (
        person("Bùi Thị Côi", "2020-05-05"),
        person("Bùi Thị Cô", "1980-01-01"),
        person("Ngô Văn Lạ", "1980-01-01"),
    )
    facts = {
        "parents": {"value": ["dead", "dead"], "since": "2026-01-01"},
        "cared_by": {"value": "foster_household", "since": "2026-11-01"},
    }
    made = asked(child, "foster_child", facts, carer=stranger.code, carer_name=stranger.full_name, met=["a", "b"], spouse="yes")
    assert made.details["met"] == "a,b"
    with as_post(post(), on=NOW.date()), pytest.raises(InvalidInput, match="Chưa đáp ứng điểm c.*điểm d.*điểm đ"):
        ledger.propose_care(dossier=made, month=NOVEMBER, by=post(), on=NOW.date(), now=NOW)
    with as_maintenance():
        dossiers.withdraw_dossier(dossier=made, note="Người khác nhận", by=post(), now=NOW)
    again = asked(child, "foster_child", facts, carer=aunt.code, met=["b"], relative="yes", spouse="yes")
    entry = decided(again)
    assert (entry.person_id, entry.category, entry.amount_vnd) == (aunt.id, "CARE_CHILD_4_16", 810_000)


def test_nobody_is_paid_for_a_person_whose_life_gives_nothing(home):
    mother, son = home
    facts = {"disability": {"value": "severe", "since": None}, "cared_by": {"value": "own_household", "since": None}}
    made = asked(son, "household", facts, carer=mother.code)
    with as_post(post(), on=NOW.date()), pytest.raises(InvalidInput, match="luật chưa cho kinh phí chăm sóc"):
        ledger.propose_care(dossier=made, month=NOVEMBER, by=post(), on=NOW.date(), now=NOW)


def test_a_disabled_mother_draws_the_support_beside_her_allowance(home):
    mother, _son = home
    set_fact(mother, "disability", "severe", date(2020, 1, 1))
    set_fact(mother, "pregnant", True, date(2026, 10, 1))
    grant(mother, "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000, law_code="ND335.5.6", months_from=date(2026, 7, 1))
    grant(
        mother, "DIS_PARENT_1", benefit="disabled_parent_support", coefficient=150, standard_vnd=540_000, months_from=NOVEMBER,
        law_code="ND335.17",
    )  # fmt: skip
    assert differing(NOVEMBER) == []
    set_fact(mother, "pregnant", False, date(2026, 11, 20))
    assert differing(DECEMBER) == [("Lê Thị Mẹ", "stop", 0, DECEMBER)]


def test_by_the_pages(home, settings):
    """The carer is chosen from the household; the page shows what the law gives; the signer gets the paper with both names."""
    settings.ANSINH_TODAY = NOW.date()
    mother, son = home
    officer = Client()
    officer.force_login(post().user)
    officer.post(f"/ho-so/moi/{son.code}/", {"procedure": "carer_grant", "channel": "counter"})
    with as_maintenance():
        made = Dossier.objects.get()
    page = officer.get(f"/ho-so/{made.code}/to-khai/").content.decode()
    assert f'value="{mother.code}" selected' in page
    officer.post(f"/ho-so/{made.code}/to-khai/", {"case": "household"})
    told = {
        "case": "household", "fact_disability": "extremely_severe", "since_disability": "01/10/2026",
        "fact_cared_by": "own_household", "detail_carer": mother.code, "go": "receive",
    }  # fmt: skip
    without = officer.post(f"/ho-so/{made.code}/to-khai/", {**told, "detail_carer": ""})
    assert without.status_code == 422 and without.context["form"].errors["detail_carer"] == ["Cần điền ô này."]
    answer = officer.post(f"/ho-so/{made.code}/to-khai/", told)
    assert answer.url.endswith("/viec/tiep-nhan/")
    officer.post(f"/ho-so/{made.code}/viec/tiep-nhan/", {"received_on": "05/11/2026"})
    officer.post(f"/ho-so/{made.code}/viec/xac-minh/", {})
    officer.post(f"/ho-so/{made.code}/viec/ghi-so/", {})
    shown = officer.get(f"/ho-so/{made.code}/trinh-ky/").content.decode()
    assert "540.000" in shown and f"Lê Thị Mẹ ({mother.code})" in shown and "Điều 17 NĐ 335/2026/NĐ-CP" in shown
    answer = officer.post(f"/ho-so/{made.code}/trinh-ky/", {"from_month": "11/2026"})
    assert answer.status_code == 302
    with as_maintenance():
        (item,) = Dossier.objects.get().decisions.get().items.all()
    assert (item.person_id, item.cared_for_id, item.amount_vnd) == (mother.id, son.id, 540_000)


def test_the_money_of_the_own_household_goes_to_nobody_of_another(home):
    _mother, son = home
    aunt = person("Lê Thị Cô", "1970-03-02", household=household())
    made = asked(son, "household", EXTREME, carer=aunt.code, carer_name=aunt.full_name)
    with pytest.raises(AnsinhError, match="Lê Thị Cô thuộc hộ HO.* không cùng hộ"):
        decided(made)


def test_the_stop_of_a_carer_who_is_unfit_goes_by_the_procedure_of_stops(home):
    mother, son = home
    entry = care(mother, son, date(2026, 9, 1))
    officer, clerk = post(), post(Role.CLERK)
    with as_post(officer, on=NOW.date()):
        made = dossiers.open_dossier(procedure="allowance_stop", case="carer", person=mother, by=officer, now=NOW)
        dossiers.receive_dossier(dossier=made, received_on=date(2026, 11, 5), given=[], by=officer, now=NOW)
        dossiers.take_up_dossier(dossier=made, by=officer, now=NOW)
    officer_page = Client()
    officer_page.force_login(officer.user)
    data = {"act": "stop", "entry": str(entry.id), "from_month": "12/2026", "reason": "Không còn khả năng chăm sóc"}
    assert officer_page.post(f"/ho-so/{made.code}/trinh-ky/", data).status_code == 302
    with as_post(clerk, on=NOW.date()):
        made.refresh_from_db()
        ledger.record_decision(decision=made.decisions.get(), signature=signature(NOW.date()), by=clerk, now=NOW)
    with as_maintenance():
        entry.refresh_from_db()
        assert entry.months.upper == DECEMBER
        assert payments.prepare_run(benefit_month=JANUARY, units=[mother.unit], by=officer, now=month.before(JANUARY, 19))
    assert not [line for line in lines_of(mother, JANUARY) if line[1] == JANUARY]
