"""The form for one person: a new level beside the law of its first month; a stop, suspension or resumption about the entry as it is."""

import html
from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements.models import DecisionItem
from ansinh.entitlements.operations import record_decision
from ansinh.entitlements.queries import points_in_words
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.people import operations
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def decided(who, **values) -> DecisionItem | list:
    """The drafted line, or the fields the form complains about."""
    given = {"from_month": "11/2026", "reason": "Theo đơn đề nghị"} | values
    answer = signed_in().post(reverse("entitlements:decide", args=[who.code]), given)
    if answer.status_code == 422:
        return sorted(answer.context_data["form"].errors)
    with as_maintenance():
        return DecisionItem.objects.select_related("decision").order_by("-id").first()


def test_a_grant_is_drafted_beside_the_law_of_its_first_month():
    item = decided(
        person(born="1940-01-01"), act="grant", category="SOCIAL_PENSION_75", coefficient="1,0", count="1", from_month="05/2026"
    )
    assert (item.amount_vnd, item.law_amount_vnd, item.from_month) == (500_000, 500_000, date(2026, 5, 1))
    assert item.decision.state == "draft" and "Điều 2" in item.article


def test_what_rests_on_an_unconfirmed_point_is_not_proposed_blindly_and_the_signer_sees_it():
    who = person(born="1940-01-01", facts={"pension_vnd": 200_000})
    form = signed_in().get(reverse("entitlements:decide", args=[who.code])).content.decode()
    assert "Chưa xác nhận" in form and 'name="reason"' in form
    level = {"act": "grant", "category": "SOCIAL_PENSION_75", "coefficient": "1,0", "count": "1"}
    assert decided(who, **level, reason="") == ["reason"]
    item = decided(who, **level, reason="Sở Y tế đã hướng dẫn")
    assert item.law["unconfirmed"] == ["social_pension_low_pension_mode"]
    point = points_in_words(item.law["unconfirmed"])[0]
    for name in ("decision", "record"):
        page = signed_in(Role.COMMUNE_CHAIRMAN).get(reverse(f"entitlements:{name}", args=[item.decision.code])).content.decode()
        assert html.escape(point) in page
    plain = decided(person(born="1940-02-01"), **level)
    assert "unconfirmed" not in plain.law
    page = signed_in(Role.COMMUNE_CHAIRMAN).get(reverse("entitlements:record", args=[plain.decision.code])).content.decode()
    assert "chưa được xác nhận" not in page


def test_an_amount_other_than_the_laws_is_seen():
    item = decided(person(born="1940-01-01"), act="grant", category="SOCIAL_PENSION_75", coefficient="1,5", count="1")
    assert (item.amount_vnd, item.law_amount_vnd) == (810_000, 540_000)


@pytest.mark.parametrize("act", ["stop", "suspend", "resume"])
def test_an_act_on_an_entry_keeps_what_stands_in_the_ledger(act):
    who = person(born="1940-01-01")
    entry = grant(who, signed=at(2026, 4, 12))
    item = decided(who, act=act, entry=str(entry.id), category="DISABLED_SEVERE", coefficient="2,0", count="3")
    assert (item.category, item.coefficient, item.count, item.amount_vnd) == ("SOCIAL_PENSION_75", 100, 1, 500_000)
    assert item.entitlement_id == entry.id


def test_a_stop_needs_neither_category_nor_coefficient_but_its_entry():
    who = person(born="1940-01-01")
    entry = grant(who)
    assert decided(who, act="stop") == ["entry"]
    assert decided(who, act="stop", entry=str(entry.id)).act == "stop"


def test_a_grant_without_a_level_is_sent_back():
    assert decided(person(born="1940-01-01"), act="grant") == ["category", "coefficient", "count"]


@pytest.mark.parametrize("month", ["01/1990", "12/2014", "12/2027", "11/2096"])
def test_a_month_before_the_law_or_years_ahead_is_asked_again(settings, month):
    settings.ANSINH_TODAY = DAY
    who = person(born="1940-01-01")
    level = {"category": "SOCIAL_PENSION_75", "coefficient": "1,0", "count": "1"}
    assert decided(who, act="grant", from_month=month, **level) == ["from_month"]
    assert decided(who, act="stop", entry=str(grant(who).id), from_month=month) == ["from_month"]


def test_what_a_stop_ends_is_not_told_as_given_each_month():
    who = person(born="1940-01-01")
    entry = grant(who)
    with as_maintenance():
        granted = entry.granted_by.decision.code
    stopped = decided(who, act="stop", entry=str(entry.id)).decision.code
    totals = [
        signed_in().get(reverse("entitlements:decision", args=[code])).context_data["totals"] for code in (granted, stopped)
    ]
    assert totals == [{"people": 1, "money": 500_000, "monthly": 1}, {"people": 1, "money": 0, "monthly": 1}]


def test_a_forgotten_comma_is_no_tenfold_allowance():
    level = {"act": "grant", "category": "SOCIAL_PENSION_75", "count": "1"}
    assert decided(person(born="1940-01-01"), coefficient="10", **level) == ["coefficient"]
    assert (
        decided(person(born="1940-01-01"), coefficient="2,0", **level).amount_vnd == 1_080_000
    )  # unusual, and said beside the law's


def test_money_for_care_beside_ones_own_leaves_no_doubt_which_entry_changes(settings):
    settings.ANSINH_TODAY = DAY
    who = person(born="1940-01-01")
    entry = grant(who, standard_vnd=500_000)
    care(who, person("Trần Văn Nặng"), date(2026, 10, 1))
    assert proposed(who)["entry"] == str(entry.id)


def test_a_level_of_an_older_month_stands_on_the_law_of_that_month(settings):
    """An old file: the ground proposed for today would cite a decree that was not there yet."""
    settings.ANSINH_TODAY = DAY
    who = person("Đặng Văn Cũ", "1944-01-15", facts={"disability": "severe"})
    level = {"act": "grant", "category": "DISABLED_SEVERE", "coefficient": "2,0", "count": "1", "from_month": "03/2025"}
    item = decided(who, **level, reason=proposed(who)["reason"])
    assert "NĐ 20/2021" in item.reason and "335" not in item.reason and item.amount_vnd == 1_000_000
    assert decided(who, **level, reason="Theo kết luận").reason == "Theo kết luận"


# From which month -----------------------------------------------------------------------------------------------------
@pytest.fixture
def the_day(settings):
    settings.ANSINH_TODAY = DAY


def proposed(who) -> dict:
    """What the form says before anybody typed."""
    return signed_in().get(reverse("entitlements:decide", args=[who.code])).context_data["form"].initial


@pytest.mark.usefixtures("the_day")
def test_a_change_since_october_is_proposed_from_october_not_from_today():
    """Điều 8 NĐ 335/2026: from the month of the change. From November, 270.000 đồng of October would be lost without a word."""
    who = person("Trần Văn Bính", "1990-05-06", facts={"disability": "severe"})
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, months_from=date(2026, 7, 1), law_code="ND335.5.6")
    with as_maintenance():
        operations.set_circumstance(
            person=who,
            kind="disability",
            value="extremely_severe",
            since=date(2026, 10, 12),
            source="Giấy",
            by=post(),
            now=at(2026, 11, 5),
        )
    first = proposed(who)
    assert (first["act"], first["coefficient"], first["from_month"]) == ("adjust", "2,0", date(2026, 10, 1))


@pytest.mark.usefixtures("the_day")
def test_a_new_level_is_proposed_from_the_month_it_began():
    who = person(born="1940-01-01")
    grant(who, standard_vnd=500_000, months_from=date(2026, 5, 1))
    assert proposed(who)["from_month"] == date(2026, 7, 1)


@pytest.mark.usefixtures("the_day")
def test_after_a_death_the_month_of_it_stays_paid():
    who = person(born="1940-01-01")
    grant(who, standard_vnd=540_000)
    with as_maintenance():
        operations.record_death(person=who, died_on=date(2026, 11, 10), source="khai tử", by=post(), now=at(2026, 11, 12))
    first = proposed(who)
    assert (first["act"], first["from_month"]) == ("stop", date(2026, 12, 1))


@pytest.mark.usefixtures("the_day")
def test_what_the_law_stopped_giving_is_stopped_from_that_month():
    who = person("Trần Văn Bính", "1990-05-06", facts={"disability": "severe"})
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, months_from=date(2026, 7, 1), law_code="ND335.5.6")
    with as_maintenance():
        operations.set_circumstance(
            person=who, kind="disability", value="mild", since=date(2026, 10, 12), source="Giấy", by=post(), now=at(2026, 11, 5)
        )
    first = proposed(who)
    assert (first["act"], first["from_month"]) == ("stop", date(2026, 11, 1))


@pytest.mark.usefixtures("the_day")
def test_somebody_suspended_is_proposed_to_be_resumed_not_stopped():
    who = person(born="1940-01-01")
    entry = grant(who, standard_vnd=540_000)
    item = decided(who, act="suspend", entry=str(entry.id), from_month="10/2026")
    with as_maintenance():
        record_decision(
            decision=item.decision, signature=signature(date(2026, 11, 12)), by=post(Role.CLERK), now=at(2026, 11, 12)
        )
    first = proposed(who)
    assert (first["act"], first["from_month"]) == ("resume", date(2026, 11, 1))


@pytest.mark.usefixtures("the_day")
def test_who_moved_is_paid_at_the_new_place_from_the_month_after_and_what_did_not_change_from_today():
    who = person(born="1940-01-01")
    grant(who, standard_vnd=540_000)
    assert proposed(who)["from_month"] == date(2026, 11, 1)
    with as_maintenance():
        operations.move_across(
            person=who, unit=commune(THAI_BINH), since=date(2026, 9, 16), source="CT07", by=post(), now=at(2026, 11, 5)
        )
        who.refresh_from_db()
    made = dossier("verifying", whose=who, procedure="move", case="arrives")
    url = reverse("entitlements:propose", args=[made.code])
    first = signed_in(office=f"UBND-{THAI_BINH}").get(url).context_data["form"].initial
    assert (first["act"], first["from_month"], first["coefficient"]) == ("adjust", date(2026, 10, 1), "1,0")
