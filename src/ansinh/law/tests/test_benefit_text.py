"""A benefit as a text: whole, with the numbers of its day, its marks, and an English translation that leaves nothing out."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ansinh.law.benefit_text import CONCERNS, benefit_text, cited_instruments, numbers_on
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.phrases import english_words
from ansinh.law.engine.words import Words, opposite
from ansinh.law.one_off_words import told_kinds

BOOK = load()
DAYS = [regime.start for regime in BOOK.regimes]
VIETNAMESE = re.compile("[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ]", re.IGNORECASE)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kind", told_kinds(BOOK))
def test_every_rule_of_a_day_stands_in_the_text_of_its_benefit(kind: str, day: date) -> None:
    text = benefit_text(kind, day)

    in_force = [rule for rule in BOOK.rules if rule.kind == kind and rule.in_force(day)]
    assert [one.rule for one in text.articles] == in_force
    assert all(one.conditions and one.level and one.cases for one in text.articles)
    assert text.is_empty or text.instruments or kind == "health_insurance"


@pytest.mark.parametrize("day", DAYS)
def test_every_number_a_text_names_was_law_on_its_day_or_reaches_back_to_it(day: date) -> None:
    for kind in told_kinds(BOOK):
        for number in benefit_text(kind, day).numbers:
            assert number.value.in_force_from <= day or number.value.applies_to_months_from <= day
            assert bool(number.meanwhile) is (number.value.in_force_from > day) or "điểm cần xác nhận" in number.meanwhile


def test_the_money_of_august_2026_is_the_new_one_and_says_what_is_paid_meanwhile() -> None:
    text = benefit_text("monthly_allowance", date(2026, 8, 15))

    severe = next(one for one in text.articles if one.rule.key == "disabled_severe")
    assert [(case.coefficient, case.amount_vnd) for case in severe.cases] == [(200, 1_080_000), (150, 810_000)]
    standard = next(number for number in text.numbers if number.key == "standard")
    assert standard.meanwhile.startswith("Đến ngày 05/10/2026 vẫn chi theo mức 500.000")


def test_an_event_of_august_2026_is_told_with_the_level_in_force_on_its_day() -> None:
    text = benefit_text("funeral", date(2026, 8, 15))

    assert any("500.000\N{NO-BREAK SPACE}đ: 10.000.000\N{NO-BREAK SPACE}đ" in provision.text for provision in text.provisions)
    assert any(point.key == "one_off_level_from" for point in text.uncertain)


def test_a_number_whose_decree_ended_without_successor_is_no_number_of_the_day() -> None:
    assert numbers_on(BOOK, date(2026, 10, 4))["age_student_limit"] == 22
    assert "age_student_limit" not in numbers_on(BOOK, date(2026, 10, 5))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("age < age_child", "từ đủ 16 tuổi"),
        ("age < age_child or age >= age_elder", "từ đủ 16 tuổi đến dưới 60 tuổi"),
        ("not poor", "thuộc hộ nghèo"),
        ("poor and hiv", "không thuộc hộ nghèo hoặc không nhiễm HIV/AIDS"),
    ],
)
def test_what_is_left_over_is_told_in_its_own_words(when: str, told: str) -> None:
    from ansinh.law.engine.expressions import parse

    words = Words(BOOK, BOOK.at(date(2026, 11, 1)).numbers)
    turned = opposite(parse(when).tree)
    assert turned is not None
    assert " và ".join(words.clauses(turned)) == told


def test_a_document_is_found_by_its_number_with_or_without_its_tail() -> None:
    found = {
        one.key for one in cited_instruments(BOOK, ["Điều 5 NĐ 147/2025", "Khoản 1 NĐ 1335/2026/NĐ-CP", "TT 76/2021/TT-BTC"])
    }

    assert found == {"ND147", "TT76"}


def test_every_fact_definition_question_and_unread_text_has_its_english() -> None:
    words = english_words()

    assert words["facts"].keys() == BOOK.facts.keys()
    assert words["definitions"].keys() == BOOK.definitions.keys()
    assert words["unread"].keys() == {one.key for one in BOOK.unread}
    assert words["questions"].keys() == BOOK.questions.keys()
    for key, question in BOOK.questions.items():
        assert words["questions"][key]["choices"].keys() == {choice.value for choice in question.choices}
    for key, fact in BOOK.facts.items():
        assert bool(fact.negative) is ("negative" in words["facts"][key])
        assert fact.phrases.keys() == words["facts"][key].get("phrases", {}).keys()


@pytest.mark.parametrize("day", DAYS)
def test_the_translation_of_a_rule_has_no_vietnamese_left(day: date) -> None:
    for kind in BOOK.kinds:
        for one in benefit_text(kind, day, english=True).articles:
            told = " ".join([one.title, *one.conditions, one.level, *(case.when for case in one.cases)])
            assert not VIETNAMESE.search(told.replace("\N{NO-BREAK SPACE}đ", "")), told


def test_points_are_told_where_they_belong_and_name_benefits_that_are() -> None:
    known = {question.key for question in BOOK.questions.values()} | {one.key for one in BOOK.unread}

    assert CONCERNS.keys() <= known
    assert set().union(*CONCERNS.values()) <= told_kinds(BOOK).keys()
    assert "pension_tie" in {point.key for point in benefit_text("social_pension", date(2026, 11, 1)).uncertain}
    assert "pension_tie" not in {point.key for point in benefit_text("rice", date(2026, 11, 1)).uncertain}
