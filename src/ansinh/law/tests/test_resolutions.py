"""A province's resolution: levels by scope, amount tables, extra groups, territories, dates, and the floors it may not go below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from ansinh import law
from ansinh.law import bulk
from ansinh.law.resolutions import Amount, ExtraGroup, Provincial
from ansinh.law.situation import Birth, HouseholdFacts, PersonFacts, Situation, Timeline

NOV = date(2026, 11, 1)
SEVERE = {"disability": "severe"}


def part(**more: Any) -> Provincial:
    """A resolution of 650,000 from 2026-01 for the monthly allowance."""
    base: dict[str, Any] = {"standard_vnd": 650_000, "start": date(2026, 1, 1), "instrument": "NQ 1/2025/NQ-HĐND"}
    return Provincial(**{**base, **more})


def only(month: date = NOV, *, given: tuple[Provincial, ...], house: Any = None, **facts: Any) -> Any:
    """The result for one adult born in 1990."""
    person = PersonFacts(Birth.parse("1990-01-01"), facts)
    return law.monthly(Situation({"one": person}, house or HouseholdFacts(), provincial=given), month)


def told(result: Any) -> list[tuple[str, int, int, int]]:
    return [(line.category, line.coefficient, line.standard_vnd, line.amount_vnd) for line in result.lines]


def test_an_amount_table_is_compared_category_by_category() -> None:
    given = (part(standard_vnd=0, amounts=(Amount("DISABLED_SEVERE", 900_000), Amount("DISABLED_EXTREME", 1_000_000))),)

    assert told(only(given=given, **SEVERE)) == [("DISABLED_SEVERE", 100, 900_000, 900_000)]
    assert told(only(given=given, disability="extremely_severe")) == [("DISABLED_EXTREME", 200, 540_000, 1_080_000)]


def test_an_amount_for_one_level_leaves_the_other_levels_alone() -> None:
    given = (part(standard_vnd=0, amounts=(Amount("DISABLED_SEVERE", 1_200_000, coefficient=200),)),)
    child = PersonFacts(Birth.parse("2015-01-01"), SEVERE)

    assert told(only(given=given, **SEVERE)) == [("DISABLED_SEVERE", 150, 540_000, 810_000)]
    assert told(law.monthly(Situation({"one": child}, provincial=given), NOV)) == [("DISABLED_SEVERE", 100, 1_200_000, 1_200_000)]


def test_an_amount_for_a_single_parent_counts_for_each_child() -> None:
    given = (part(standard_vnd=0, amounts=(Amount("SINGLE_PARENT", 600_000),)),)
    persons = {
        "parent": PersonFacts(Birth.parse("1990-01-01"), {"marital": "widowed", "children": ("one", "two")}),
        "one": PersonFacts(Birth.parse("2015-01-01")),
        "two": PersonFacts(Birth.parse("2017-01-01")),
    }

    assert law.monthly(Situation(persons, HouseholdFacts("poor"), provincial=given), NOV).total_vnd == 1_200_000


GROUP = ExtraGroup("nine_tenths", "Người khuyết tật nhẹ thuộc hộ nghèo", "poor and age >= age_child and not disabled", 100)


def test_an_extra_group_is_paid_by_the_monthly_standard_of_the_province() -> None:
    result = only(given=(part(groups=(GROUP,)),), house=HouseholdFacts("poor"))

    assert told(result) == [("PROVINCE_EXTRA", 100, 650_000, 650_000)]
    assert result.lines[0].code == "ND335.4.3"
    assert "NQ 1/2025/NQ-HĐND" in " ".join(result.lines[0].basis)


@pytest.mark.parametrize(("month", "code"), [((2018, 1), "ND136.4"), ((2023, 1), "ND20.4.3"), ((2026, 2), "ND20.4.3")])
def test_the_code_of_an_extra_group_is_that_of_the_decree_of_the_month(month: tuple[int, int], code: str) -> None:
    given = (part(start=date(2016, 1, 1), groups=(GROUP,)),)

    assert [line.code for line in only(date(*month, 1), given=given, house=HouseholdFacts("poor")).lines] == [code]


def test_an_extra_group_competes_with_the_decree_and_only_the_highest_is_paid() -> None:
    everybody = ExtraGroup("poor", "Hộ nghèo", "poor", amount_vnd=900_000)

    result = only(given=(part(standard_vnd=0, groups=(everybody,)),), house=HouseholdFacts("poor"), **SEVERE)

    assert told(result) == [("PROVINCE_EXTRA", 100, 900_000, 900_000)]
    assert [line.category for line in result.lost] == ["DISABLED_SEVERE"]


def test_a_resolution_ends_and_is_law_only_in_its_months() -> None:
    given = (part(end=date(2026, 10, 1)),)

    assert only(date(2026, 9, 1), given=given, **SEVERE).total_vnd == 975_000
    assert only(date(2026, 10, 1), given=given, **SEVERE).total_vnd == 810_000
    assert only(date(2025, 12, 1), given=given, **SEVERE).total_vnd == 750_000


def test_where_the_decree_overtakes_the_province_the_decree_is_paid() -> None:
    given = (part(standard_vnd=520_000),)

    assert only(date(2026, 6, 1), given=given, **SEVERE).total_vnd == 780_000
    assert only(date(2026, 7, 1), given=given, **SEVERE).total_vnd == 810_000


def test_a_resolution_of_an_old_province_is_law_there_alone_before_and_after_the_merger() -> None:
    given = (part(start=date(2024, 7, 1), territories=frozenset({"old-34"})), part(start=date(2025, 7, 1), standard_vnd=700_000))
    merged = [(frozenset({"old-34"}), None, date(2025, 7, 1)), (frozenset({"old-34", "33"}), date(2025, 7, 1), None)]
    inside, outside = HouseholdFacts(territories=Timeline(tuple(merged))), HouseholdFacts(territories=frozenset({"old-33"}))

    assert only(date(2025, 6, 1), given=given, house=inside, **SEVERE).total_vnd == 975_000
    assert only(date(2025, 6, 1), given=given, house=outside, **SEVERE).total_vnd == 750_000
    assert only(date(2025, 7, 1), given=given[:1], house=inside, **SEVERE).total_vnd == 975_000
    assert only(date(2025, 7, 1), given=given, house=inside, **SEVERE).total_vnd == 1_050_000


def test_what_was_not_in_force_on_the_day_asked_is_not_counted() -> None:
    late = part(in_force_from=date(2026, 9, 1))
    asked = Situation({"one": PersonFacts(Birth.parse("1990-01-01"), SEVERE)}, provincial=(late,))

    assert law.monthly(asked, date(2026, 2, 1), known_on=date(2026, 8, 1)).total_vnd == 750_000
    assert law.monthly(asked, date(2026, 2, 1)).total_vnd == 975_000


def test_a_birthday_that_only_an_extra_group_asks_about_is_a_change() -> None:
    old = ExtraGroup("old", "Người từ đủ 65 tuổi", "age >= 65", 100)
    asked = Situation({"one": PersonFacts(Birth.parse("1961-05-20"))}, provincial=(part(groups=(old,)),))

    assert law.monthly(asked, date(2026, 4, 1)).total_vnd == 0
    assert law.monthly(asked, date(2026, 5, 1)).total_vnd == 650_000


def test_columns_leave_amounts_and_groups_of_a_resolution_to_the_form_that_knows_them() -> None:
    columns = {"disability": np.array([2, 0])}

    assert not bulk.month(columns, NOV, provincial=(part(),)).recheck.any()
    assert bulk.month(columns, NOV, provincial=(part(groups=(GROUP,)),)).recheck.all()
    assert bulk.month(columns, NOV, provincial=(part(amounts=(Amount("DISABLED_SEVERE", 900_000),)),)).recheck.all()
    assert not bulk.month(columns, date(2025, 1, 1), provincial=(part(groups=(GROUP,)),)).recheck.any()


def one_off(asked: str, *given: Provincial, **event: Any) -> Any:
    happened = Situation.from_case({"persons": {"one": {}}, "events": [{"person": "one", "date": "2026-11-20", **event}]})
    return law.one_off(replace(happened, provincial=given, household=HouseholdFacts("poor")), asked, "one")


def test_an_extra_group_brings_funeral_and_card_only_where_the_resolution_says_so() -> None:
    plain = part(groups=(GROUP,))
    whole = part(groups=(replace(GROUP, brings=frozenset({"funeral", "health_insurance"})),))

    assert one_off("funeral", plain, kind="died").amount_vnd == 0
    assert one_off("funeral", whole, kind="died").amount_vnd == 20 * 540_000
    for given, cards in ((plain, []), (whole, ["one"])):
        asked = Situation({"one": PersonFacts(Birth.parse("1990-01-01"))}, HouseholdFacts("poor"), provincial=(given,))
        assert list(law.health_insurance(asked, NOV)) == cards


@pytest.mark.parametrize(
    ("of", "kind", "event"),
    [
        ("injury", "injury", {"kind": "injured", "cause": "fire", "treatment_days": 4}),
        ("emergency_burial", "emergency_burial", {"kind": "died", "cause": "fire"}),
        ("housing_relocation", "housing", {"kind": "relocation_ordered", "person": None}),
        ("housing_heavy", "housing", {"kind": "house_damaged", "damage": "heavy", "person": None}),
        ("housing_total", "housing", {"kind": "house_damaged", "damage": "total", "nowhere_to_live": True, "person": None}),
    ],
)
def test_an_amount_of_the_province_is_paid_for_an_event_only_where_it_is_higher(of: str, kind: str, event: Any) -> None:
    national = one_off(kind, **event).amount_vnd
    higher, lower = (part(standard_vnd=0, amounts=(Amount(of, national + step),)) for step in (1, -1))

    assert one_off(kind, lower, **event) == one_off(kind, **event)
    assert one_off(kind, higher, **event).amount_vnd == national + 1
    assert one_off(kind, higher, **event).basis == ("NQ 1/2025/NQ-HĐND",)


def test_food_under_protection_follows_a_higher_amount_of_the_province_for_each_day() -> None:
    asked = Situation.from_case(
        {"persons": {"one": {}}, "events": [{"kind": "emergency_protection", "person": "one", "month": "2026-11", "days": 10}]}
    )
    found = law.one_off(
        replace(asked, provincial=(part(standard_vnd=0, amounts=(Amount("protection_food", 120_000),)),)), "protection_food"
    )

    assert (found.per_day_vnd, found.amount_vnd) == (120_000, 1_200_000)


# --- floors ------------------------------------------------------------------------------------------------------------


def test_a_good_resolution_has_no_fault() -> None:
    good = part(applies_to=frozenset({"monthly", "social_pension"}), amounts=(Amount("injury", 6_000_000),), groups=(GROUP,))

    assert law.check_resolution([good]) == []


@pytest.mark.parametrize("scope", ["monthly", "funeral", "emergency", "carers", "residential", "social_pension"])
def test_a_level_below_the_floor_is_refused_for_every_scope(scope: str) -> None:
    low = part(standard_vnd=499_980, applies_to=frozenset({scope}))

    [fault] = law.check_resolution([low])

    assert "thấp hơn mức chung 500.000" in fault
    assert law.check_resolution([part(standard_vnd=500_000, applies_to=frozenset({scope}))]) == []


def test_the_floor_is_that_of_the_day_of_issue() -> None:
    early = part(standard_vnd=520_000, start=date(2026, 7, 1), issued_on=date(2026, 7, 10), in_force_from=date(2026, 7, 20))
    late = part(standard_vnd=520_000, start=date(2026, 7, 1), issued_on=date(2026, 11, 10), in_force_from=date(2026, 11, 20))

    assert law.check_resolution([early]) == []
    assert "thấp hơn mức chung 540.000" in law.check_resolution([late])[0]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Amount("DISABLED_SEVERE", 999_999), "1.000.000"),
        (Amount("DISABLED_SEVERE", 749_999, coefficient=150), "750.000"),
        (Amount("SOCIAL_PENSION_75", 499_999), "500.000"),
        (Amount("RESIDENTIAL", 2_499_999), "2.500.000"),
        (Amount("injury", 4_999_999), "5.000.000"),
        (Amount("funeral", 9_999_999), "10.000.000"),
        (Amount("residential_funeral", 24_999_999), "25.000.000"),
        (Amount("emergency_burial", 24_999_999), "25.000.000"),
        (Amount("housing_total", 39_999_999), "40.000.000"),
        (Amount("protection_food", 59_999), "60.000"),
    ],
)
def test_an_amount_below_the_floor_is_refused_with_the_floor(amount: Amount, said: str) -> None:
    [fault] = law.check_resolution([part(standard_vnd=0, amounts=(amount,))])

    assert "thấp hơn mức" in fault and said in fault
    raised = Amount(amount.of, amount.amount_vnd + 1, amount.coefficient)
    assert law.check_resolution([part(standard_vnd=0, amounts=(raised,))]) == []


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ({"instrument": " "}, "Chưa ghi số, ngày"),
        ({"start": date(2026, 1, 15)}, "ngày đầu tháng"),
        ({"end": date(2026, 1, 1)}, "không sau tháng bắt đầu"),
        ({"issued_on": date(2026, 2, 2), "in_force_from": date(2026, 2, 1)}, "trước ngày ban hành"),
        ({"applies_to": frozenset({"monthly", "rice"})}, "Không có phạm vi “rice”"),
        ({"applies_to": frozenset()}, "chưa ghi áp dụng cho khoản nào"),
        ({"standard_vnd": 0}, "Chưa có mức chuẩn, mức tiền hoặc nhóm"),
        ({"standard_vnd": 650_001}, "không ra số đồng nguyên"),
        ({"standard_vnd": -1}, "không được âm"),
        ({"start": date(2024, 1, 1), "applies_to": frozenset({"social_pension"})}, "chưa có trợ cấp hưu trí xã hội"),
        ({"amounts": (Amount("rice", 1),)}, "Không biết khoản “rice”"),
        ({"amounts": (Amount("ELDER_80", 9_000_000),)}, "không có nhóm"),
        ({"amounts": (Amount("DISABLED_SEVERE", 9_000_000, coefficient=300),)}, "không có hệ số 3,0"),
        ({"groups": (ExtraGroup("a", "A", "poor"),)}, "chỉ một trong hai"),
        ({"groups": (ExtraGroup("a", "A", "poor", 100, 1),)}, "chỉ một trong hai"),
        ({"groups": (ExtraGroup("a", " ", "poor", 100),)}, "chưa có tên"),
        ({"groups": (ExtraGroup("a", "A", "poor +", 100),)}, "không đọc được"),
        ({"groups": (ExtraGroup("a", "A", "len(poor)", 100),)}, "không được phép"),
        ({"groups": (ExtraGroup("a", "A", "rich", 100),)}, "không biết tên “rich”"),
        ({"groups": (ExtraGroup("a", "A", "1 == 1", 100),)}, "ít nhất một dữ kiện"),
        ({"groups": (ExtraGroup("a", "A", "poor", 100, brings=frozenset({"gold"})),)}, "“gold”"),
        ({"groups": (ExtraGroup("a", "A", "poor", 100), ExtraGroup("a", "B", "hiv", 100))}, "được khai nhiều lần"),
    ],
)
def test_an_ill_formed_resolution_is_refused_with_a_sentence(faulty: dict[str, Any], said: str) -> None:
    faults = law.check_resolution([part(**faulty)])

    assert any(said in fault for fault in faults), faults


def test_a_resolution_without_content_is_refused() -> None:
    assert law.check_resolution([]) == ["Nghị quyết chưa quy định nội dung nào."]
