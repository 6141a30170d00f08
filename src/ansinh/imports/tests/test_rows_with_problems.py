"""Rows with something wrong: each finding names row, column, what was found, what was expected."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.imports.reading.lists import read_list, read_pasted
from ansinh.imports.reading.values import read
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, one_row, xlsx
from ansinh.kernel.errors import InvalidInput

KINDS = ("text", "code", "name", "birth", "date", "month", "money", "coefficient", "integer", "personal_number", "sex", "mark")

WRONG = {
    "impossible day": ({"Năm sinh": "31/02/1950"}, "Năm sinh", "chỉ có 28 ngày", ""),
    "month and day swapped": ({"Năm sinh": "03/25/1947"}, "Năm sinh", "25/03/1947", "25/03/1947"),
    "words for a date": ({"Năm sinh": "không nhớ"}, "Năm sinh", "không phải là ngày", ""),
    "a year of another age": ({"Năm sinh": "12/03/1047"}, "Năm sinh", "không hợp lý", ""),
    "no birth": ({"Năm sinh": None}, "Năm sinh", "Thiếu", ""),
    "no name": ({"Họ và tên": None}, "Họ và tên", "Thiếu", ""),
    "a number for a name": ({"Họ và tên": 12345}, "Họ và tên", "không phải là họ tên", ""),
    "a script for a name": ({"Họ và tên": "<script>alert(1)</script>"}, "Họ và tên", "ký tự lạ", ""),
    "a quote in a name": ({"Họ và tên": 'Lê\'; DROP TABLE "người" --'}, "Họ và tên", "ký tự lạ", ""),
    "a formula as name": ({"Họ và tên": "=cmd|'/c calc'!A1"}, "Họ và tên", "ký tự lạ", ""),
    "a very long name": ({"Họ và tên": "Nguyễn " * 50}, "Họ và tên", "quá dài", ""),
    "a lost zero": ({"Số CCCD": 34147000123}, "Số định danh cá nhân", "034147000123", "034147000123"),
    "two lost zeros": ({"Số CCCD": 1147000123}, "Số định danh cá nhân", "001147000123", "001147000123"),
    "the old number": ({"Số CCCD": "151234567"}, "Số định danh cá nhân", "chứng minh nhân dân cũ", ""),
    "letters in the number": ({"Số CCCD": "03414700O123"}, "Số định danh cá nhân", "không phải chữ số", ""),
    "a number of another year": ({"Số CCCD": "034150000123"}, "Số định danh cá nhân", "sinh năm 1950", ""),
    "a number of no province": ({"Số CCCD": "099147000123"}, "Số định danh cá nhân", "63 tỉnh", ""),
    "a coefficient Excel made a date": ({"Hệ số": date(2026, 5, 2)}, "Hệ số", "Có phải hệ số 2,5", "2,5"),
    "a coefficient without its comma": ({"Hệ số": "25"}, "Hệ số", "Có phải là 2,5", "2,5"),
    "a coefficient too fine": ({"Hệ số": "1,255"}, "Hệ số", "quá hai chữ số", ""),
    "money with its thousands lost": ({"Mức trợ cấp": 540.0}, "Mức trợ cấp", "540.000", "540.000"),
    "money in millions lost": ({"Mức trợ cấp": 1.08}, "Mức trợ cấp", "1.080.000", "1.080.000"),
    "money with a word": ({"Mức trợ cấp": "hơn 540.000"}, "Mức trợ cấp", "không phải là số tiền", ""),
    "a broken thousands mark": ({"Mức trợ cấp": "54.00.00"}, "Mức trợ cấp", "không phải là số tiền", ""),
    "a year for a month": ({"Thời điểm hưởng": "2025"}, "Thời điểm hưởng", "không phải là tháng", ""),
    "a day inside the month": ({"Thời điểm hưởng": "15/7/2025"}, "Thời điểm hưởng", "07/2025", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_told_with_row_and_column(name):
    changed, column, said, suggestion = WRONG[name]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page, day = book.add_worksheet("A"), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate([["Danh sách"], *one_row(**changed)]):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(number, place, cell)
                elif isinstance(cell, date):
                    page.write_datetime(number, place, cell, day)
                elif cell is not None:
                    page.write_number(number, place, cell)

    problems = read_list(target.getvalue(), "a.xlsx", [SAMPLE]).rows[0].problems

    assert [(p.row, p.column, p.suggestion) for p in problems if said in p.message] == [(3, column, suggestion)]
    assert all(problem.expected for problem in problems)


def test_a_formula_that_failed_is_told_and_not_read_as_empty():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("A")
        for place, cell in enumerate(HEADINGS):
            page.write(0, place, cell)
            page.write(1, place, GOOD_ROW[place])
        page.write_formula(1, 5, "=B9/0", None, "#DIV/0!")

    problems = read_list(target.getvalue(), "a.xlsx", [SAMPLE]).rows[0].problems

    assert "#DIV/0!" in problems[0].message


def test_a_formula_gives_its_value():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("A")
        for place, cell in enumerate(HEADINGS):
            page.write(0, place, cell)
            page.write(1, place, GOOD_ROW[place])
        page.write_formula(1, 5, "=1.5*360000", None, 540000)

    row = read_list(target.getvalue(), "a.xlsx", [SAMPLE]).rows[0]

    assert row.values["amount"] == 540_000


def test_a_number_given_twice_is_told_on_the_later_row():
    rows = [HEADINGS, GOOD_ROW, [2, "Trần Thị Bưởi", "1/1/1947", GOOD_ROW[3], "1", "360.000", "7/2025"]]

    first, second = read_list(xlsx(rows), "a.xlsx", [SAMPLE]).rows

    assert not first.has_errors
    assert "đã có ở dòng 2" in second.problems[-1].message


def test_the_same_name_and_birth_twice_is_a_warning():
    rows = [HEADINGS, GOOD_ROW, [2, "nguyễn thị hoà", "12/3/1947", None, "1", "360.000", "7/2025"]]

    second = read_list(xlsx(rows), "a.xlsx", [SAMPLE]).rows[1]

    assert [p.level for p in second.problems] == ["warning"]
    assert "dòng 2" in second.problems[0].message


def test_amounts_are_checked_against_the_standard_above_the_table():
    rows = [["Mức chuẩn trợ cấp: 360.000 đồng"], HEADINGS, GOOD_ROW, [2, "Trần Thị Bưởi", 1950, None, "2,5", "720.000", "7/2025"]]

    right, wrong = read_list(xlsx(rows), "a.xlsx", [SAMPLE]).rows

    assert right.problems == []
    assert wrong.problems[0].expected == "900.000"


def test_a_birth_after_the_day_of_reading_is_wrong():
    row = read_list(xlsx(one_row(**{"Năm sinh": "1/1/2031", "Số CCCD": None})), "a.xlsx", [SAMPLE], on=date(2026, 11, 20)).rows[0]

    assert "ở sau ngày 20/11/2026" in row.problems[0].message


def test_an_old_number_is_kept_beside():
    row = read_list(xlsx(one_row(**{"Số CCCD": 151234567})), "a.xlsx", [SAMPLE]).rows[0]

    assert row.values["old_number"] == "151234567"
    assert not row.has_errors


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=40),
    st.floats(),
    st.integers(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(KINDS), _CELLS)
def test_no_cell_whatever_breaks_a_reader(kind, cell):
    value, problem = read(kind, cell)

    assert problem is None or (problem.message and problem.expected)
    assert not (kind in ("money", "coefficient") and isinstance(value, float))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789./-, đtháng năm\t"), max_size=25), st.sampled_from(KINDS))
def test_no_text_like_a_value_breaks_a_reader(text, kind):
    value, problem = read(kind, text)

    assert value is None or problem is None or problem.message


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=15), max_size=9), max_size=12))
def test_no_pasted_text_breaks_the_reading(rows):
    text = "\n".join("\t".join(row) for row in [HEADINGS, *rows])
    try:
        result = read_pasted(text, [SAMPLE])
    except InvalidInput as refusal:
        assert str(refusal)
    else:
        assert all(row.number > 1 for row in result.rows)
