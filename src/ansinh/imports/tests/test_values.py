"""Cells as typed, and what they mean."""

from datetime import UTC, date, datetime

import pytest

from ansinh.imports.reading.values import read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12/3/1947 ", "12/03/1947"),
        ("12-3-47", "12/03/1947"),
        ("12.03.1947", "12/03/1947"),
        ("12 / 03 / 1947", "12/03/1947"),
        ("1947-03-12", "12/03/1947"),
        ("ngày 12 tháng 3 năm 1947", "12/03/1947"),
        (datetime(1947, 3, 12, tzinfo=UTC), "12/03/1947"),
        (17238.0, "12/03/1947"),
        ("29/02/1948", "29/02/1948"),
        ("12031947", "12/03/1947"),
        (1031947.0, "01/03/1947"),
        ("1965", "1965"),
        (1965.0, "1965"),
        ("năm 1965", "1965"),
        ("00/00/1965", "1965"),
        ("khoảng 1965", "1965"),
        ("1965?", "1965"),
        ("tháng 7/1965", "07/1965"),
        ("00/7/1965", "07/1965"),
        ("7/1965", "07/1965"),
        ("tháng 7 năm 1965", "07/1965"),
        ("1/1/02", "01/01/2002"),
    ],
)
def test_a_birth_is_read_with_its_precision(typed, meant):
    value, _ = read("birth", typed)

    assert str(value) == meant


@pytest.mark.parametrize("typed", ["12-3-47", "12031947", "khoảng 1965"])
def test_a_guess_about_a_date_is_a_warning(typed):
    _, problem = read("birth", typed)

    assert problem.level == "warning"


@pytest.mark.parametrize("typed", ["29/02/1947", "32/1/1950", "1/13/1950", "0/0/0", "12/1947/3", "chưa rõ", "1", "99999999"])
def test_what_is_no_date_is_an_error(typed):
    value, problem = read("birth", typed)

    assert (value, problem.level) == (None, "error")


def test_a_full_date_needs_its_day():
    assert read("date", "12/6/2025")[0] == date(2025, 6, 12)
    assert "thiếu ngày" in read("date", "6/2025")[1].message


@pytest.mark.parametrize("typed", ["07/2025", "7/2025", "01/7/2025", "tháng 7/2025", "T7/2025", "2025-07", date(2025, 7, 1)])
def test_a_month_is_its_first_day(typed):
    assert read("month", typed) == (date(2025, 7, 1), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("360.000", 360_000),
        ("360,000", 360_000),
        ("360 000", 360_000),
        ("1.080.000 đ", 1_080_000),
        ("1.080.000 đồng/tháng", 1_080_000),
        ("360.000,00", 360_000),
        (360000.0, 360_000),
        (360000, 360_000),
        ("360000.0", 360_000),
        ("540 nghìn", 540_000),
        ("1,5 triệu", 1_500_000),
        ("-100.000", -100_000),
        ("(100.000)", -100_000),
        ("0", 0),
        ("-", 0),
    ],
)
def test_money_is_read_as_dong(typed, meant):
    assert read("money", typed) == (meant, None)


@pytest.mark.parametrize(
    ("typed", "meant"), [("2,5", 250), ("2.5", 250), (2.5, 250), ("1.0", 100), ("1", 100), ("1,25", 125), (3.0, 300)]
)
def test_coefficients_are_hundredths(typed, meant):
    assert read("coefficient", typed) == (meant, None)


@pytest.mark.parametrize(
    ("typed", "meant"), [("x", True), ("X", True), (1.0, True), ("có", True), (True, True), ("không", False), (0.0, False)]
)
def test_marks_are_read(typed, meant):
    assert read("mark", typed) == (meant, None)


@pytest.mark.parametrize(("typed", "meant"), [("Nam", "male"), ("nữ", "female"), ("NỮ", "female"), ("Nu", "female")])
def test_sex_is_read(typed, meant):
    assert read("sex", typed) == (meant, None)


@pytest.mark.parametrize("typed", ["034 147 000 123", "034.147.000.123", "'034147000123", 34147000123.0])
def test_a_personal_number_keeps_twelve_digits_or_is_asked_about(typed):
    value, problem = read("personal_number", typed)

    assert (value or problem.suggestion) == "034147000123"
