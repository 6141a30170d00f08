"""Who may care for another, in each decree."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.law.benefits.carer_money.carers import CARED_FOR, STOP_GROUNDS, carer_faults
from ansinh.law.engine.errors import NotAnswerable

R1, R2, R3 = date(2024, 5, 5), date(2026, 5, 5), date(2026, 11, 5)


@pytest.mark.parametrize("on", [R1, R2, R3])
@pytest.mark.parametrize("cared_for", CARED_FOR)
def test_whoever_fulfils_every_point_is_fit_and_each_missing_point_is_told(on: date, cared_for: str) -> None:
    assert carer_faults(on, cared_for, "abcdđ") == []
    for letter in "abcdđ":
        [fault] = carer_faults(on, cared_for, set("abcdđ") - {letter})
        assert fault.startswith(f"Chưa đáp ứng điểm {letter}: ")


def test_grandparents_may_lack_more_under_the_new_decree() -> None:
    assert carer_faults(R1, "child", "bđ", relative=True) == []
    assert [fault[:20] for fault in carer_faults(R2, "child", "b", relative=True)] == ["Chưa đáp ứng điểm đ:"]
    assert carer_faults(R3, "child", "b", relative=True) == []
    assert len(carer_faults(R3, "child", "", relative=True)) == 1


def test_being_a_relative_spares_nothing_in_the_care_of_an_adult() -> None:
    assert len(carer_faults(R1, "disabled", "b", relative=True)) == 4


def test_without_a_spouse_the_point_about_the_spouse_asks_nothing() -> None:
    assert carer_faults(R1, "elder", "abcd", has_spouse=False) == []


def test_before_the_decree_of_2021_and_for_others_there_is_no_answer() -> None:
    with pytest.raises(NotAnswerable):
        carer_faults(date(2021, 6, 30), "child", "abcdđ")
    with pytest.raises(NotAnswerable):
        carer_faults(R1, "neighbour", "abcdđ")


def test_the_grounds_that_end_the_care_are_those_of_the_decree() -> None:
    assert set(STOP_GROUNDS) == {"mistreatment", "profit", "unable", "violation"}
