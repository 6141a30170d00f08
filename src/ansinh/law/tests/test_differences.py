"""What changed between two days: derived from the law files, with the trap of money that is older than its decree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.law.differences import Step, change_days, difference
from ansinh.law.engine.lawfile import load

BOOK = load()
NEW = date(2026, 10, 5)
NBSP = "\N{NO-BREAK SPACE}"


def step(first: date, second: date, day: date) -> Step:
    return next(one for one in difference(first, second).steps if one.day == day)


def told(one: Step, section: str) -> dict[str, str]:
    """Title of each change of a section with what is said of it."""
    found = next(part for part in one.sections if part.key == section)
    return {change.title: " ".join(change.lines).replace(NBSP, " ") for change in found.changes}


def test_the_days_of_change_are_those_of_the_files() -> None:
    days = change_days()

    assert {date(2015, 1, 1), date(2021, 7, 1), date(2024, 7, 1), date(2025, 7, 1), NEW} <= set(days)
    assert {regime.start for regime in BOOK.regimes} <= set(days)
    assert list(days) == sorted(days)


def test_a_day_on_which_nothing_begins_or_ends_changes_nothing() -> None:
    for day in change_days():
        assert difference(day, day).steps == ()
        assert difference(day + timedelta(days=1), day + timedelta(days=20)).steps == ()


@pytest.mark.parametrize("day", change_days()[1:])
def test_every_rule_that_begins_ends_or_changes_is_told_once(day: date) -> None:
    one = step(day - timedelta(days=1), day, day)
    sections = {part.key: [change.title for change in part.changes] for part in one.sections}

    old = {rule.key: rule for rule in BOOK.rules if rule.in_force(day - timedelta(days=1))}
    new = {rule.key: rule for rule in BOOK.rules if rule.in_force(day)}
    assert sections.get("began", []) == [rule.title for key, rule in new.items() if key not in old]
    assert sections.get("ended", []) == [rule.title for key, rule in old.items() if key not in new]
    replaced = [rule.title for key, rule in new.items() if key in old and old[key] is not rule]
    said = sections.get("changed", []) + sections.get("renumbered", [])
    assert set(replaced) <= set(said)
    assert len(said) == len(set(said))


def test_the_new_decree_is_told_with_its_three_dates_and_the_arrears() -> None:
    money = told(step(date(2025, 7, 1), NEW, NEW), "money")["Mức chuẩn trợ giúp xã hội"]

    assert "540.000 đ/tháng thay cho 500.000 đ/tháng." in money
    assert "Ban hành ngày 21/08/2026, có hiệu lực từ ngày 05/10/2026, nhưng tiền tính cho tháng hưởng từ 07/2026." in money
    assert "Các tháng 07–09/2026" in money and "40.000 đ × hệ số mỗi tháng" in money


def test_what_the_new_decree_changes_for_students_and_lonely_elders_is_told_by_condition_and_coefficient() -> None:
    changed = told(step(date(2025, 7, 1), NEW, NEW), "changed")

    student = changed["Người từ đủ 16 tuổi học liên tục, trước đó hưởng theo khoản 1"]
    assert "Bỏ điều kiện: dưới 22 tuổi." in student and "Thêm điều kiện: học liên tục;" in student
    elder = changed["Người cao tuổi hộ nghèo không có người phụng dưỡng"]
    assert "Hệ số trước: 2,0 nếu từ đủ 80 tuổi; 1,5 nếu từ đủ 60 tuổi đến dưới 80 tuổi." in elder
    assert "Nay: 2,0 nếu từ đủ 75 tuổi" in elder


def test_months_deadlines_steps_and_open_points_are_told_too() -> None:
    one = step(date(2025, 7, 1), NEW, NEW)

    assert "Nay: Tính ngay từ tháng có thay đổi." in told(one, "provisions")["Điều chỉnh mức hưởng"]
    assert told(one, "numbers")["Thời hạn quyết định trợ cấp xã hội hằng tháng"] == "7 ngày làm việc thay cho 10 ngày làm việc."
    assert any("Bộ phận Một cửa bất kỳ" in text for text in told(one, "procedures").values())
    points = told(one, "uncertain")
    assert "Ngày áp dụng mức 540.000 đồng cho khoản một lần" in points
    assert "Tháng cuối cùng hưởng khi đủ 22 tuổi" in told(one, "settled")


def test_the_social_pension_takes_the_place_of_two_points_in_july_2025() -> None:
    one = step(date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 1))

    assert len(told(one, "began")) == len(told(one, "ended")) == 2
    assert all("Mức hưởng: mức trợ cấp hưu trí xã hội" in text for text in told(one, "began").values())


def test_a_month_that_a_later_decree_reaches_back_to_is_told_as_such() -> None:
    found = difference(date(2026, 6, 30), date(2026, 7, 15)).steps

    assert [(one.day, one.month_only) for one in found] == [(date(2026, 7, 1), True)]
    assert "chỉ từ ngày 05/10/2026 văn bản mới có hiệu lực" in told(found[0], "money")["Mức chuẩn trợ giúp xã hội"]


def test_a_decree_before_that_was_not_read_is_warned_of() -> None:
    one = step(date(2021, 6, 30), date(2021, 7, 1), date(2021, 7, 1))

    assert "136/2013/NĐ-CP" in one.note
    assert step(date(2025, 7, 1), NEW, NEW).note == ""


def test_days_given_the_wrong_way_round_are_turned() -> None:
    assert difference(NEW, date(2025, 7, 1)) == difference(date(2025, 7, 1), NEW)


def test_the_translation_has_a_sentence_for_each() -> None:
    here, there = difference(date(2021, 6, 30), NEW), difference(date(2021, 6, 30), NEW, english=True)

    assert [[len(part.changes) for part in one.sections] for one in here.steps] == [
        [len(part.changes) for part in one.sections] for one in there.steps
    ]
