"""The list handed back with its problems."""

import io

import openpyxl

from ansinh.imports.reading.lists import read_list
from ansinh.imports.reading.problem_workbook import problem_workbook
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, xlsx

ROWS = [
    [*HEADINGS, "Tổ trưởng"],
    [*GOOD_ROW, "Ông Tư"],
    [2, "=1+1 Lê Na", "31/02/1950", "034050000123", "1", "360.000", "7/2025", "Bà Năm"],
]


def _cells(data: bytes) -> list[list[object]]:
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_each_row_comes_back_as_typed_with_its_problems_beside():
    cells = _cells(problem_workbook(read_list(xlsx(ROWS), "a.xlsx", [SAMPLE])))

    heading = next(row for row in cells if "Vấn đề" in row)
    assert heading == ["Dòng", *HEADINGS, "Tổ trưởng", "Vấn đề"]
    last = cells[-1]
    assert last[:4] == ["3", "2", "=1+1 Lê Na", "31/02/1950"]
    assert "Lỗi – Năm sinh: Ngày 31/02/1950 không có" in last[-1]


def test_a_dangerous_cell_comes_back_as_text():
    data = problem_workbook(read_list(xlsx(ROWS), "a.xlsx", [SAMPLE]))

    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value == "=1+1 Lê Na"} == {"s"}


def test_only_rows_with_problems_can_be_asked_for():
    cells = _cells(problem_workbook(read_list(xlsx(ROWS), "a.xlsx", [SAMPLE]), only_problems=True))

    assert not any("Nguyễn Thị Hoà" in row for row in cells)
