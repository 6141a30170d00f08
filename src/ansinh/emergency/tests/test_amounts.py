"""What the law gives for each kind, on the day of the event, and why it gives nothing."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.tests.factories import commune
from ansinh.emergency.amounts import Reckoner, Told
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
DAY, BEFORE = date(2026, 11, 10), date(2024, 9, 9)


def reckon(kind: str, *, who=None, cause: str = "storm", day: date = DAY, **known):
    told = {"away": False, "without_home": True, "unable": True, **known}
    return Reckoner(commune().pk).reckon(Told(kind, cause, day, **told), who)


def test_rice_is_15_kg_for_each_person_and_month():
    found = reckon("rice", persons=4, months=3)
    assert (found.rice_kg, found.law_vnd, found.article) == (180, None, "Điều 12 NĐ 335/2026/NĐ-CP")


@pytest.mark.parametrize(("cause", "months", "most"), [("tet", 2, "01 tháng"), ("storm", 4, "03 tháng")])
def test_rice_is_limited_to_months_of_a_round(cause, months, most):
    with pytest.raises(InvalidInput, match=most) as told:
        reckon("rice", cause=cause, persons=4, months=months)
    assert told.value.field == "months"


@pytest.mark.parametrize(
    ("day", "vnd", "article"), [(DAY, 5_400_000, "Điều 12 NĐ 335"), (BEFORE, 5_000_000, "Khoản 1 Điều 13 NĐ 20")]
)
def test_a_serious_injury_is_ten_times_the_standard_of_its_day(day, vnd, article):
    found = reckon("injury", day=day, treatment_days=5)
    assert found.law_vnd == vnd and found.is_minimum and article in found.article


def test_two_days_of_treatment_are_no_serious_injury_and_an_epidemic_injures_nobody():
    with pytest.raises(InvalidInput, match="từ 03 ngày.*đang ghi 2"):
        reckon("injury", treatment_days=2)
    with pytest.raises(InvalidInput, match="không được hỗ trợ người bị thương"):
        reckon("injury", cause="epidemic", treatment_days=5)


def test_a_burial_is_fifty_times_also_for_somebody_in_the_ledger():
    who = person("Lê Thị Cụ", "1940-01-01")
    grant(who)
    assert reckon("burial").law_vnd == 27_000_000
    assert reckon("burial", who=who).law_vnd == 27_000_000
    with pytest.raises(InvalidInput, match="Không hỗ trợ mai táng khẩn cấp"):
        reckon("burial", cause="between_harvest")


def test_who_buries_somebody_nobody_claims_gets_the_cost_and_at_least_fifty_times():
    assert reckon("burial_by_others", cost_vnd=31_000_000).law_vnd == 31_000_000
    assert reckon("burial_by_others", cost_vnd=1_000_000).law_vnd == 27_000_000
    with pytest.raises(InvalidInput, match="chi phí mai táng thực tế"):
        reckon("burial_by_others")


@pytest.mark.parametrize(("kind", "vnd"), [("housing_total", 40_000_000), ("housing_heavy", 20_000_000)])
def test_houses_are_supported_for_the_needy_alone(kind, vnd):
    for hardship in ("poor", "near_poor", "difficult"):
        assert reckon(kind, hardship=hardship).law_vnd == vnd
    with pytest.raises(InvalidInput, match="Chỉ hộ nghèo, hộ cận nghèo"):
        reckon(kind, hardship="not_poor")


def test_a_relocation_is_for_any_household_but_not_for_hunger():
    assert reckon("housing_relocation", hardship="not_poor").law_vnd == 30_000_000
    with pytest.raises(InvalidInput, match="không được hỗ trợ nhà ở"):
        reckon("housing_relocation", cause="between_harvest")


def test_goods_have_no_fixed_amount():
    found = reckon("essential_goods")
    assert found.law_vnd is None and found.is_minimum and "Điều 12 NĐ 335" in found.article


def test_an_amount_that_rests_on_an_unconfirmed_point_says_so():
    assert reckon("injury", day=date(2026, 8, 1), treatment_days=5).open_points == ("one_off_level_from",)
    assert reckon("burial_by_others", day=date(2026, 8, 1), cost_vnd=1).open_points == ("one_off_level_from",)
    assert reckon("injury", treatment_days=5).open_points == ()


def test_events_before_the_decree_are_not_reckoned():
    with pytest.raises(InvalidInput, match="01/07/2021"):
        reckon("rice", day=date(2021, 6, 30), persons=1, months=1)


@pytest.mark.parametrize(
    ("giver", "receives_as", "vnd", "goods"),
    [("central", "organisation", 5_000_000, 500_000), ("ministry_or_province", "individual", 1_000_000, 300_000)],
)
def test_gifts_of_leaders_have_the_levels_of_the_law(giver, receives_as, vnd, goods):
    found = reckon("leader_gift", cause="", giver=giver, receives_as=receives_as)
    assert (found.law_vnd, found.goods_vnd) == (vnd, goods)
    with pytest.raises(InvalidInput, match="chưa có khoản này"):
        reckon("leader_gift", cause="", giver=giver, receives_as=receives_as, day=BEFORE)


@pytest.mark.parametrize(("day", "paid"), [(DAY, True), (BEFORE, True), (DAY, False), (BEFORE, False)])
@pytest.mark.parametrize("kind", ["housing_total", "housing_heavy"])
def test_a_house_is_supported_where_nobody_can_live_in_it_or_elsewhere(kind, day, paid):
    if paid:
        assert reckon(kind, day=day, hardship="poor").law_vnd
        return
    with pytest.raises(InvalidInput, match="không còn chỗ ở") as told:
        reckon(kind, day=day, hardship="poor", without_home=False)
    assert told.value.field == "without_home"


@pytest.mark.parametrize(
    ("kind", "field", "known"),
    [
        ("housing_total", "without_home", {"hardship": "poor"}), ("housing_heavy", "without_home", {"hardship": "poor"}),
        ("essential_goods", "without_home", {}), ("essential_goods", "unable", {}), ("injury", "away", {"treatment_days": 5}),
    ],
)  # fmt: skip
def test_what_the_law_asks_is_asked_and_never_assumed(kind, field, known):
    with pytest.raises(InvalidInput, match="Hãy cho biết") as told:
        reckon(kind, **known, **{field: None})
    assert told.value.field == field


def test_essential_goods_are_for_who_lost_the_home_and_cannot_provide():
    for known in ({"without_home": False}, {"unable": False}):
        with pytest.raises(InvalidInput, match="mất nhà ở và không có khả năng"):
            reckon("essential_goods", **known)


def test_who_was_hurt_away_from_home_with_nobody_to_care_is_cited_by_its_own_clause():
    assert "Khoản 2 Điều 13 NĐ 20" in reckon("injury", day=BEFORE, treatment_days=5, away=True).article
    assert "Điều 12 NĐ 335" in reckon("injury", treatment_days=5, away=True).article
