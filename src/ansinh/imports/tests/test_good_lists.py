"""Lists as officers type them, in every kind of file; and the habits of headings, villages, totals and signatures."""

from datetime import date

import pytest

from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.headings import Layout, LayoutColumn
from ansinh.imports.reading.lists import read_list, read_pasted
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, csv, csv_text, ods, xls, xlsx

LIST = [
    ["UBND XÃ QUỲNH PHỤ"],
    ["DANH SÁCH ĐỀ NGHỊ", None, None],
    ["(Kèm theo Quyết định số: 12/QĐ-UBND ngày 10 tháng 3 năm 2022 của UBND xã Quỳnh Phụ)"],
    ["Mức chuẩn trợ cấp: 360.000 đồng"],
    [],
    HEADINGS,
    ["1", "2", "3", "4", "5", "6", "7"],
    ["I", "Thôn Đông Hoà"],
    ["1", "Nguyễn  Thị Hoà", "12/3/1947", "034147000123", "1,5", "540.000", "01/7/2025"],
    ["2", "TRẦN VĂN ƯỞNG", "1950", "034050000456", "2", "720.000", "tháng 7/2025"],
    ["", "Cộng thôn Đông Hoà", "", "", "", "1.260.000", ""],
    ["", "Thôn Quỳnh Lang"],
    ["3", "Y Ka Niê", "5-6-1962", "", "1.0", "360.000 đ", "7/2025"],
    ["", "Tổng cộng", "", "", "", "1.620.000", ""],
    ["Số tiền viết bằng chữ: Một triệu sáu trăm hai mươi nghìn đồng."],
    ["", "", "", "", "Quỳnh Phụ, ngày 10 tháng 3 năm 2022"],
    ["", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH"],
    [],
    ["", "Lê Văn Lập", "", "", "Phạm Thị Duyệt"],
]

KINDS_OF_FILE = {
    "xlsx": xlsx(LIST),
    "xls": xls(LIST),
    "ods": ods(LIST),
    "semicolons": csv(LIST),
    "commas": csv(LIST, ","),
    "tabs in utf-16": csv(LIST, "\t", "utf-16"),
    "bare utf-16": csv(LIST, "\t", "utf-16-le"),
    "plain utf-8": csv(LIST, ";", "utf-8"),
}


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_a_list_reads_the_same_from_every_kind_of_file(kind):
    result = read_list(KINDS_OF_FILE[kind], "danh sach.doc", [SAMPLE])

    assert [(r.values["name"], str(r.values["born"]), r.values["village"]) for r in result.rows] == [
        ("Nguyễn Thị Hoà", "12/03/1947", "Thôn Đông Hoà"),
        ("TRẦN VĂN ƯỞNG", "1950", "Thôn Đông Hoà"),
        ("Y Ka Niê", "05/06/1962", "Thôn Quỳnh Lang"),
    ]
    assert [r.values["amount"] for r in result.rows] == [540_000, 720_000, 360_000]
    assert [r.values["coefficient"] for r in result.rows] == [150, 200, 100]
    assert [r.number for r in result.rows] == [9, 10, 13]
    assert {r.values["from_month"] for r in result.rows} == {date(2025, 7, 1)}
    assert [p.message for r in result.rows for p in r.problems] == []


def test_facts_above_the_table_are_kept():
    meta = read_list(xlsx(LIST), "a.xlsx", [SAMPLE]).meta

    assert meta["standard_vnd"] == 360_000
    assert (meta["decision_number"], meta["decision_on"]) == ("12/QĐ-UBND", date(2022, 3, 10))
    assert meta["decision_by"] == "UBND xã Quỳnh Phụ"
    assert meta["lines"][0] == "UBND XÃ QUỲNH PHỤ"


def test_cells_pasted_from_excel_are_read():
    result = read_pasted(csv_text([HEADINGS, GOOD_ROW], "\t"), [SAMPLE])

    assert result.rows[0].values["born"] == PartialDate(date(1947, 3, 12))


def test_values_become_plain_for_storing():
    row = read_pasted(csv_text([HEADINGS, GOOD_ROW], "\t"), [SAMPLE]).rows[0]

    assert row.values_as_json()["born"] == {"on": "1947-03-12", "precision": "day"}
    assert row.values_as_json()["from_month"] == "2025-07-01"


@pytest.mark.parametrize(
    "headings",
    [
        ["Stt", "HỌ TÊN", "ngày sinh", "Số  CCCD ", "HỆ SỐ", "Mức trợ giúp hàng tháng (đồng)", "Thời gian hưởng"],
        ["TT", "Họ và tên:", "Năm  sinh\n(dd/mm/yyyy)", "Số định danh cá nhân/CCCD", "Hệ sô", "Mức trợ cấp", "Thời điểm hưởng"],
        ["SO TT", "ho va ten", "nam sinh", "so cccd", "he so", "muc tro cap", "thoi diem huong"],
    ],
)
def test_headings_need_not_be_literal(headings):
    row = read_list(xlsx([headings, GOOD_ROW]), "a.xlsx", [SAMPLE]).rows[0]

    assert set(row.values) == {"index", "name", "born", "personal_number", "coefficient", "amount", "from_month"}


TWO_ROWS = Layout(
    key="two",
    title="Hai dòng tiêu đề",
    columns=(
        LayoutColumn("index", "STT", kind="code"),
        LayoutColumn("name", "Họ và tên", required=True, kind="name"),
        LayoutColumn("born_male", "Ngày, tháng, năm sinh Nam", kind="birth"),
        LayoutColumn("born_female", "Ngày, tháng, năm sinh Nữ", kind="birth"),
        LayoutColumn("before", "Hệ số trước khi điều chỉnh", ("Trước khi điều chỉnh Hệ số",), kind="coefficient"),
        LayoutColumn("after", "Hệ số sau khi điều chỉnh", ("Sau khi điều chỉnh Hệ số",), kind="coefficient"),
        LayoutColumn("note", "Ghi chú"),
    ),
)


def test_a_heading_over_two_columns_is_understood():
    top = ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Trước khi điều chỉnh", "Sau khi điều chỉnh", "Ghi chú"]
    rows = [top, [None, None, "Nam", "Nữ", "Hệ số", "Hệ số", None], [1, "Lê Thị Na", None, "1950", "1", "1,5", "mới"]]

    row = read_list(xlsx(rows), "a.xlsx", [TWO_ROWS]).rows[0]

    assert (row.values["sex"], str(row.values["born"])) == ("female", "1950")
    assert (row.values["before"], row.values["after"], row.values["note"]) == (100, 150, "mới")


def test_headings_standing_in_the_lower_row_are_found_too():
    rows = [
        [None, None, "Ngày, tháng, năm sinh", None, None],
        ["STT", "Họ và tên", "Nam", "Nữ", "Ghi chú"],
        [1, "Lê Văn Na", "2/3/1950", None, "mới"],
    ]

    row = read_list(xlsx(rows), "a.xlsx", [TWO_ROWS]).rows[0]

    assert (row.values["sex"], row.values["note"]) == ("male", "mới")


def test_unknown_columns_are_kept_and_listed():
    rows = [[*HEADINGS, "Tổ trưởng"], [*GOOD_ROW, "Ông Tư"]]

    result = read_list(xlsx(rows), "a.xlsx", [SAMPLE])

    assert result.unknown_columns == ["Tổ trưởng"]
    assert result.rows[0].raw["Tổ trưởng"] == "Ông Tư"


def test_a_heading_given_twice_is_reported_and_the_first_is_used():
    rows = [[*HEADINGS, "Hệ số"], [*GOOD_ROW, "9"]]

    result = read_list(xlsx(rows), "a.xlsx", [SAMPLE])

    assert "2 cột cùng tiêu đề “Hệ số”" in result.file_problems[0].message
    assert result.rows[0].values["coefficient"] == 150


def test_the_sheet_with_the_headings_is_chosen():
    result = read_list(xlsx([["Hướng dẫn điền"], ["Điền từng dòng"]], more={"Số liệu": [HEADINGS, GOOD_ROW]}), "a.xlsx", [SAMPLE])

    assert (result.sheet_name, result.file_problems) == ("Số liệu", [])


def test_two_sheets_with_lists_are_told_and_either_can_be_asked_for():
    other = [HEADINGS, [1, "Trần Văn Hai", 1950, None, 1, "360.000", "7/2025"]]
    data = xlsx([HEADINGS, GOOD_ROW], name="Thôn Một", more={"Thôn Hai": other})

    first, second = read_list(data, "a.xlsx", [SAMPLE]), read_list(data, "a.xlsx", [SAMPLE], sheet="Thôn Hai")

    assert first.sheet_name == "Thôn Một"
    assert "“Thôn Hai”" in first.file_problems[0].message
    assert second.rows[0].values["name"] == "Trần Văn Hai"


def test_a_row_with_only_a_number_and_a_name_is_a_person_not_a_village():
    rows = [HEADINGS, GOOD_ROW, [2, "Đỗ Thị Thôn"]]

    result = read_list(xlsx(rows), "a.xlsx", [SAMPLE])

    assert [row.values["name"] for row in result.rows] == ["Nguyễn Thị Hoà", "Đỗ Thị Thôn"]
    assert "Thiếu “Năm sinh”." in [problem.message for problem in result.rows[1].problems]


def test_a_person_called_tong_or_cong_is_not_taken_for_a_total():
    rows = [HEADINGS, [1, "Tống Thị Cộng", *GOOD_ROW[2:]], [2, "Cống Văn Tổng", 1950, None, 1, "360.000", "7/2025"]]

    assert len(read_list(xlsx(rows), "a.xlsx", [SAMPLE]).rows) == 2


def test_names_come_in_one_spelling_of_signs_and_without_invisible_ones():
    decomposed = "Nguye\u0302\u0303n\u200b Thi\u0323 Hoa\u0300"

    row = read_list(xlsx([HEADINGS, [1, decomposed, *GOOD_ROW[2:]]]), "a.xlsx", [SAMPLE]).rows[0]

    assert row.values["name"] == "Nguyễn Thị Hoà"
