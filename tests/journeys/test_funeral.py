"""A funeral from the form of the family to the payer's file: once, in the month it was decided, to whoever buried the dead."""

from __future__ import annotations

import html
import re
from datetime import date
from io import BytesIO

import openpyxl
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
from ansinh.entitlements.papers.decision import decision_content
from ansinh.entitlements.queries import differences, funeral_for, suspects
from ansinh.entitlements.tests.factories import funeral, grant, signature
from ansinh.files.queries import read
from ansinh.kernel.errors import InvalidInput
from ansinh.lawbook import operations as lawbook
from ansinh.payments import operations as payments
from ansinh.payments.exports import rows_of
from ansinh.payments.models import PaymentLine
from ansinh.payments.queries import unpaid_three_months
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER, JANUARY, FEBRUARY = (
    date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
)  # fmt: skip
SON = {"name": "Trần Văn Con", "relation": "con", "number": "034085000001"}
NOW = at(2026, 11, 6)


def pensioner(name: str = "Vũ Thị Hiền", **known) -> Person:
    who = person(name, "1940-01-01", **known)
    grant(who, standard_vnd=540_000, months_from=date(2026, 7, 1))
    return who


def asked(who: Person, case: str = "pensioner", *, received: date = date(2026, 11, 5), **details) -> Dossier:
    """The family at the counter; the officer takes it up."""
    officer = post()
    with as_post(officer, on=NOW.date()):
        made = dossiers.open_dossier(procedure="funeral", case=case, person=who, by=officer, now=NOW)
        dossiers.declare(dossier=made, facts={}, details={**SON, **details}, by=officer, now=NOW)
        dossiers.receive_dossier(dossier=made, received_on=received, given=["declaration"], by=officer, now=NOW)
        return dossiers.take_up_dossier(dossier=made, by=officer, now=NOW)


def decided(made: Dossier) -> Entitlement:
    officer, clerk = post(), post(Role.CLERK)
    with as_post(officer, on=NOW.date()):
        draft = ledger.propose_funeral(dossier=made, by=officer, on=NOW.date(), now=NOW)
    with as_post(clerk, on=NOW.date()):
        ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=clerk, now=NOW)
        return Entitlement.objects.get(granted_by__decision=draft)


def died(who: Person, on: date) -> Person:
    with as_maintenance():
        people.record_death(person=who, died_on=on, source="Trích lục khai tử", by=post(), now=NOW)
        who.refresh_from_db()
        return who


def lines_of(who: Person, of: date) -> list[PaymentLine]:
    with as_maintenance():
        return list(PaymentLine.objects.filter(list__run__benefit_month=of, person=who).order_by("benefit_month", "benefit"))


def test_from_the_form_to_the_payers_row_of_whoever_buried():
    who = pensioner()
    month.neighbour()
    month.paid(NOVEMBER)
    made = asked(who, died_on=date(2026, 11, 3))
    assert (made.due_on, made.version.form_for("pensioner").number) == (date(2026, 11, 10), "Mẫu số 03")
    officer = post()
    with as_post(officer, on=NOW.date()):
        with pytest.raises(InvalidInput, match="chưa ghi vào sổ|Sổ chưa ghi ngày mất"):
            ledger.propose_funeral(dossier=made, by=officer, on=NOW.date(), now=NOW)
        dossiers.accept_declaration(dossier=made, by=officer, now=NOW)
        who.refresh_from_db()
    assert who.died_on == date(2026, 11, 3)
    entry = decided(made)
    assert (entry.amount_vnd, entry.law_code, entry.payee["name"]) == (10_800_000, "ND335.31", "Trần Văn Con")
    found = month.handed_over(DECEMBER)
    lines = lines_of(who, DECEMBER)
    once = [line for line in lines if line.benefit == "funeral"]
    assert [(x.kind, x.benefit_month, x.amount_vnd, x.state, x.payee_name, x.payee_relation) for x in once] == [
        ("once", NOVEMBER, 10_800_000, "due", "Trần Văn Con", "con")
    ]
    assert {line.state for line in lines if line.benefit != "funeral"} == {"held"}
    with as_maintenance():
        handover = found.handovers.get()
        page = openpyxl.load_workbook(BytesIO(read(handover.file))).active
        row = next(row for row in page.iter_rows(values_only=True) if row[0] == once[0].code)
        assert 10_800_000 in row and "Trần Văn Con, con, 034085000001" in row
        assert rows_of(handover.lines.order_by("id"))[once[0].code] == once


def test_it_is_paid_once_and_never_called_too_much_or_no_longer_owed():
    who = died(pensioner(), date(2026, 11, 3))
    month.neighbour()
    month.paid(NOVEMBER)
    decided(asked(who))
    month.paid(DECEMBER)
    with as_maintenance():
        unit = who.unit
        drafts = payments.draft_from_lists(unit=unit, month=JANUARY, by=month.officer(), now=month.before(JANUARY, 19))
        assert not any(item.benefit == "funeral" for draft in drafts for item in draft.items.all())
        assert not any(one.entry.benefit == "funeral" for one in differences(unit_ids=[unit.id], month=NOVEMBER))
        assert who.id in suspects(scopes=[[unit.id]], month=DECEMBER)  # the pension still has to be stopped
    month.proposed(JANUARY)
    assert not [line for line in lines_of(who, JANUARY) if line.benefit == "funeral"]


def test_not_fetched_it_comes_again_under_its_own_month_for_the_same_person_and_suspends_nobody():
    who = died(pensioner("Vũ Thị Vắng"), date(2026, 11, 3))
    month.neighbour()
    month.paid(NOVEMBER)
    decided(asked(who))
    for of in (DECEMBER, JANUARY, FEBRUARY):
        month.paid(of, absent={"Vũ Thị Vắng"})
        (line,) = [line for line in lines_of(who, of) if line.benefit == "funeral"]
        assert (line.benefit_month, line.payee_name, line.state) == (NOVEMBER, "Trần Văn Con", "unpaid")
    found = month.proposed(date(2027, 3, 1))
    with as_maintenance():
        assert not unpaid_three_months(found).filter(benefit="funeral").exists()


def test_money_paid_after_the_death_is_not_taken_from_the_funeral():
    """December's pension was fetched by somebody; the funeral is whole, and the pension is drafted as a recovery."""
    who = pensioner()
    month.neighbour()
    month.paid(NOVEMBER)
    month.paid(DECEMBER)
    died(who, date(2026, 11, 3))
    funeral(who, DECEMBER, signed=at(2026, 12, 4))
    month.proposed(JANUARY)
    (line,) = [line for line in lines_of(who, JANUARY) if line.benefit == "funeral"]
    assert (line.amount_vnd, line.benefit_month) == (10_800_000, DECEMBER)
    with as_maintenance():
        drafts = payments.draft_from_lists(unit=who.unit, month=JANUARY, by=month.officer(), now=month.before(JANUARY, 19))
        items = [item for draft in drafts for item in draft.items.all() if item.person_id == who.id]
        assert [(item.act, item.benefit, item.amount_vnd) for item in items] == [("recovery", "social_pension", 540_000)]


def test_the_money_goes_into_the_account_of_whoever_buried_never_into_that_of_the_dead():
    who = pensioner()
    with as_maintenance():
        people.set_account(
            person=who, holder="Vũ Thị Hiền", bank="Agribank", number="11112222", since=date(2026, 1, 1), source="Giấy", by=post(),
            now=NOW,
        )  # fmt: skip
    month.neighbour()
    died(who, date(2026, 11, 3))
    decided(asked(who, account="9999888877", bank="Vietcombank"))
    month.proposed(DECEMBER)
    (line,) = [line for line in lines_of(who, DECEMBER) if line.benefit == "funeral"]
    assert (line.method, line.account_number, line.bank) == ("bank", "9999888877", "Vietcombank")


def test_one_funeral_of_a_person():
    who = died(pensioner(), date(2026, 11, 3))
    decided(asked(who))
    with as_maintenance(), pytest.raises(InvalidInput, match="đã có quyết định hỗ trợ chi phí mai táng"):
        funeral(who, JANUARY)
    made = asked(who)
    with as_post(post(), on=NOW.date()), pytest.raises(InvalidInput, match="Đã có hỗ trợ mai táng"):
        ledger.propose_funeral(dossier=made, by=post(), on=NOW.date(), now=NOW)


def test_who_drew_nothing_gets_a_refusal_with_its_article():
    """An old woman of 86 whom the law would give a pension, had she asked: nobody draws it, nothing is due."""
    who = died(person("Ngô Thị Chưa", "1940-01-01"), date(2026, 11, 3))
    made = asked(who)
    with as_post(post(), on=NOW.date()):
        found = funeral_for(who)
        assert not found.is_due and found.article == "Khoản 1 Điều 11 NĐ 335/2026/NĐ-CP"
        with pytest.raises(InvalidInput, match="không đang hưởng"):
            ledger.propose_funeral(dossier=made, by=post(), on=NOW.date(), now=NOW)
        dossiers.propose_refusal(dossier=made, reason=found.reason, article=found.article, by=post(), now=NOW)
        made.refresh_from_db()
        assert (made.state, made.proposal) == ("awaiting_signature", "refusal")


def test_who_asked_before_dying_and_was_eligible_is_supported_in_r3():
    who, officer = person("Ngô Thị Đã", "1940-01-01"), post()
    with as_post(officer, on=date(2026, 10, 30)):
        before = dossiers.open_dossier(procedure="social_pension", person=who, by=officer, now=at(2026, 10, 30))
        dossiers.receive_dossier(dossier=before, received_on=date(2026, 10, 30), given=[], by=officer, now=at(2026, 10, 30))
    died(who, date(2026, 11, 3))
    with as_post(officer, on=NOW.date()):
        assert (funeral_for(who).found.amount_vnd, funeral_for(who).article) == (10_800_000, "Điều 31 NĐ 335/2026/NĐ-CP")


def test_a_child_of_a_poor_single_parent_is_supported_by_what_the_parent_draws():
    child, parent = person("Lê Văn Bé", "2018-01-01"), person("Lê Thị Mẹ", "1990-01-01", facts={"marital": "unmarried"})
    with as_maintenance():
        people.record_relative(person=parent, kind="child", name="", known=child, since=None, source="GKS", by=post(), now=NOW)
        home = people.open_household(unit=parent.unit, village=None, source="x", by=post(), now=NOW)
        for one in (parent, child):
            people.join_household(person=one, household=home, relation="x", since=None, source="x", by=post(), now=NOW)
        people.set_household_circumstance(
            household=home, kind="poverty", value="poor", since=None, source="x", by=post(), now=NOW
        )
    died(child, date(2026, 11, 3))
    with as_maintenance():
        assert not funeral_for(child).is_due
        grant(parent, "SINGLE_PARENT", standard_vnd=540_000, law_code="ND335.5.4")
        assert (funeral_for(child).found.amount_vnd, funeral_for(child).found.code) == (10_800_000, "ND335.11.1.b")


@pytest.mark.parametrize(
    ("day", "category", "since", "amount", "article"),
    [
        (date(2024, 3, 2), "DISABLED_SEVERE", date(2022, 1, 1), 7_200_000, "Điểm a khoản 1 Điều 11 NĐ 20/2021/NĐ-CP"),
        (date(2026, 5, 2), "SOCIAL_PENSION_75", date(2026, 1, 1), 10_000_000, "Điều 5 NĐ 176/2025/NĐ-CP"),
        (date(2026, 10, 20), "DISABLED_SEVERE", date(2026, 1, 1), 10_800_000, "Điểm a khoản 1 Điều 11 NĐ 335/2026/NĐ-CP"),
    ],
)  # fmt: skip
def test_every_regime_gives_its_own_level(day, category, since, amount, article):
    who = person(born="1945-01-01", facts={"disability": "severe"} if category.startswith("DIS") else {})
    grant(who, category, months_from=since)
    died(who, day)
    with as_maintenance():
        found = funeral_for(who)
        assert (found.found.amount_vnd, found.article, found.is_due) == (amount, article, True)


def test_between_the_new_level_and_the_new_rules_it_waits_for_the_point_to_be_confirmed():
    who = person(born="1945-01-01")
    grant(who)
    died(who, date(2026, 8, 2))
    made = asked(who, received=date(2026, 11, 5))
    by = post(Role.DIVISION_HEAD, office="BTXH")
    with as_maintenance():
        assert not funeral_for(who).is_due
        with pytest.raises(InvalidInput, match="Chờ xác nhận"):
            ledger.propose_funeral(dossier=made, by=post(), on=NOW.date(), now=NOW)
        for question, answer in (("one_off_level_from", "2026-10-05"), ("funeral_level_date", "death")):
            lawbook.confirm(parameter=question, value=answer, source="Công văn", note="", by=by, now=NOW)
        found = funeral_for(who, received_on=made.received_on)
        assert (found.is_due, found.found.amount_vnd) == (True, 10_000_000)


def test_at_the_counter_and_on_the_page_of_the_proposal(settings):
    """The same by the pages: who buried is asked once, the amount is the law's, one button sends it to the signer."""
    settings.ANSINH_TODAY = NOW.date()
    who = pensioner("Vũ Thị Trang")
    officer = Client()
    officer.force_login(post().user)
    officer.post(f"/ho-so/moi/{who.code}/", {"procedure": "funeral", "channel": "counter", "applicant_name": "Trần Văn Con"})
    with as_maintenance():
        made = Dossier.objects.get()
    form = officer.get(f"/ho-so/{made.code}/to-khai/").content.decode()
    assert "Mẫu số 03" in form and 'value="Trần Văn Con"' in form
    told = {"case": "pensioner", "detail_died_on": "03/11/2026", "detail_name": "Trần Văn Con", "detail_relation": "con"}
    officer.post(f"/ho-so/{made.code}/to-khai/", told)
    officer.post(f"/ho-so/{made.code}/viec/tiep-nhan/", {"received_on": "05/11/2026", "papers": ["declaration"]})
    officer.post(f"/ho-so/{made.code}/viec/xac-minh/", {})
    assert "Ghi điều đã khai vào sổ" in officer.get(f"/ho-so/{made.code}/").content.decode()
    officer.post(f"/ho-so/{made.code}/viec/ghi-so/", {})
    page = officer.get(f"/ho-so/{made.code}/trinh-ky/").content.decode()
    assert "10.800.000" in page and "20 ×" in page and "Điều 31 NĐ 335/2026/NĐ-CP" in page and "Trần Văn Con" in page
    officer.post(f"/ho-so/{made.code}/trinh-ky/", {})
    with as_maintenance():
        made.refresh_from_db()
        (item,) = made.decisions.get().items.all()
    assert (made.state, item.amount_vnd, item.payee) == (
        "awaiting_signature", 10_800_000, {"name": "Trần Văn Con", "relation": "con"}
    )  # fmt: skip
    with as_maintenance():
        code = made.decisions.get().code
    shown = officer.get(f"/quyet-dinh/{code}/").content.decode()
    assert "chi một lần" in shown and "Người nhận: Trần Văn Con, con" in shown


def test_the_page_of_who_gets_nothing_leads_to_the_refusal_with_reason_and_article_filled_in(settings):
    settings.ANSINH_TODAY = NOW.date()
    who = died(person("Ngô Thị Chưa", "1940-01-01"), date(2026, 11, 3))
    made = asked(who)
    officer = Client()
    officer.force_login(post().user)
    page = officer.get(f"/ho-so/{made.code}/trinh-ky/").content.decode()
    assert "Không thuộc trường hợp được hỗ trợ." in page and "Soạn và trình ký" not in page
    link = html.unescape(re.search(r'href="([^"]*tu-choi/[^"]*)"', page).group(1))
    assert "Khoản 1 Điều 11 NĐ 335/2026/NĐ-CP" in officer.get(link).content.decode()
    assert officer.post(f"/ho-so/{made.code}/trinh-ky/", {}).status_code == 422


def test_a_second_claim_leads_to_the_refusal_that_names_the_first(settings):
    settings.ANSINH_TODAY = NOW.date()
    who = died(pensioner(), date(2026, 11, 3))
    entry, made = decided(asked(who)), asked(who)
    officer = Client()
    officer.force_login(post().user)
    page = officer.get(f"/ho-so/{made.code}/trinh-ky/").content.decode()
    link = html.unescape(re.search(r'href="([^"]*tu-choi/[^"]*)"', page).group(1))
    assert "Soạn và trình ký" not in page
    assert f"Đã có quyết định hỗ trợ mai táng (dòng sổ hưởng {entry.code})." in officer.get(link).content.decode()


def test_the_paper_of_the_decision_names_the_sum_and_who_receives_it():
    who = died(pensioner("Vũ Thị Giấy"), date(2026, 11, 3))
    made, officer = asked(who), post()
    with as_post(officer, on=NOW.date()):
        draft = ledger.propose_funeral(dossier=made, by=officer, on=NOW.date(), now=NOW)
        content = decision_content(draft, signer=None, entry=None, by=officer, on=NOW.date())
    first = content.values["cac_dieu"][0]
    assert content.values["trich_yeu"] == "Về việc hỗ trợ chi phí mai táng đối với bà Vũ Thị Giấy"
    assert first["mo_dau"].startswith("Hỗ trợ chi phí mai táng đối với bà Vũ Thị Giấy")
    assert "- Mức hỗ trợ: 20 × 540.000 đồng = 10.800.000 đồng (Mười triệu tám trăm nghìn đồng), chi một lần." in first["cac_doan"]
    assert "- Người nhận: Trần Văn Con, con, số định danh 034085000001." in first["cac_doan"]
