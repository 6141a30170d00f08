"""The ready reckoner against the published one, and against what the engine reckons for a person."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.law.amounts import Row, amount_table
from ansinh.law.engine.lawfile import load
from ansinh.law.resolutions import Amount, ExtraGroup, Provincial

# Handbook of social assistance, section 2: × 270,000, 360,000, 500,000, 540,000.
PUBLISHED = {
    100: (270_000, 360_000, 500_000, 540_000),
    150: (405_000, 540_000, 750_000, 810_000),
    200: (540_000, 720_000, 1_000_000, 1_080_000),
    250: (675_000, 900_000, 1_250_000, 1_350_000),
    300: (810_000, 1_080_000, 1_500_000, 1_620_000),
    400: (1_080_000, 1_440_000, 2_000_000, 2_160_000),
    500: (1_350_000, 1_800_000, 2_500_000, 2_700_000),
    1000: (2_700_000, 3_600_000, 5_000_000, 5_400_000),
    2000: (5_400_000, 7_200_000, 10_000_000, 10_800_000),
    5000: (13_500_000, 18_000_000, 25_000_000, 27_000_000),
}  # fmt: skip
PLACE = Provincial(650_000, date(2026, 1, 1), frozenset({"monthly"}), instrument="NQ 99/2025/NQ-HĐND")


def row(key: str, case: str = "", **more: object) -> Row:
    table = amount_table(**more)  # type: ignore[arg-type]
    return next(one for group in table.groups for one in group.rows if one.key == key and one.case == case)


def amounts(found: Row) -> list[int | None]:
    return [cell and cell.amount_vnd for cell in found.cells]


def test_every_coefficient_gives_the_published_amounts() -> None:
    assert {group.coefficient: group.amounts for group in amount_table().groups} == PUBLISHED


def test_every_coefficient_of_every_rule_stands_in_the_table() -> None:
    told = {(one.key, one.coefficient) for group in amount_table().groups for one in group.rows}

    assert {(rule.key, outcome) for rule in load().rules for outcome in rule.coefficient.outcomes} <= told


def test_a_rule_that_ended_inside_a_level_says_until_when() -> None:
    found = row("elder_80")

    assert amounts(found) == [270_000, 360_000, 500_000, None]
    cell = found.cells[2]
    assert cell and [(source.basis, source.until) for source in cell.sources] == [
        ("Điểm đ khoản 1 Điều 6 NĐ 20/2021/NĐ-CP", date(2025, 6, 1))
    ]


def test_two_decrees_behind_one_level_are_both_named_with_their_months() -> None:
    cell = row("single_parent").cells[3]

    assert cell and [(source.until, source.since) for source in cell.sources] == [
        (date(2026, 9, 1), None), (None, date(2026, 10, 1)),
    ]  # fmt: skip
    assert [source.on for source in cell.sources] == [date(2026, 7, 1), date(2026, 10, 5)]


def test_a_case_whose_age_changed_is_a_row_of_its_own() -> None:
    assert amounts(row("elder_poor_alone", "từ đủ 80 tuổi")) == [540_000, 720_000, 1_000_000, None]
    assert amounts(row("elder_poor_alone", "từ đủ 75 tuổi")) == [None, None, None, 1_080_000]


def test_the_level_of_a_province_lifts_what_its_words_reach_and_says_so() -> None:
    severe = row("disabled_severe", "từ đủ 16 tuổi đến dưới 60 tuổi", territory=(PLACE,))
    carer = row("hh_care_extreme", territory=(PLACE,))

    assert amounts(severe) == [405_000, 540_000, 750_000, 975_000, 975_000]
    assert [cell.local if cell else "" for cell in severe.cells] == ["", "", "", "NQ 99/2025/NQ-HĐND", "NQ 99/2025/NQ-HĐND"]
    assert amounts(carer) == [None, 360_000, 500_000, 500_000, 540_000]
    levels = amount_table((PLACE,)).levels
    assert [(level.first, level.local_vnd) for level in levels[3:]] == [(date(2026, 1, 1), 650_000), (date(2026, 7, 1), 650_000)]


def test_a_province_s_amounts_and_groups_are_rows_and_cells_too() -> None:
    group = ExtraGroup("old", "Người từ đủ 60 tuổi hộ cận nghèo", "age >= age_elder and near_poor", amount_vnd=300_000)
    made = Provincial(
        0, date(2026, 1, 1), frozenset(), instrument="NQ 99/2025/NQ-HĐND", groups=(group,),
        amounts=(Amount("DISABLED_SEVERE", 1_000_000, 150),),
    )  # fmt: skip

    extra = row("province_old", territory=(made,))
    assert amounts(extra)[-1] == 300_000 and extra.is_local
    severe = row("disabled_severe", "từ đủ 16 tuổi đến dưới 60 tuổi", territory=(made,))
    assert severe.cells[-1] and (severe.cells[-1].amount_vnd, severe.cells[-1].local) == (1_000_000, "NQ 99/2025/NQ-HĐND")


@pytest.mark.parametrize("english", [False, True])
def test_the_table_has_the_same_rows_in_both_languages(english: bool) -> None:
    assert sum(len(group.rows) for group in amount_table(english=english).groups) == sum(
        len(group.rows) for group in amount_table().groups
    )
