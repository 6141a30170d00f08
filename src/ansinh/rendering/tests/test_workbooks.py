"""Workbooks: text stays text, sums are sums, the page prints as officers expect."""

import io
import subprocess
from datetime import date

import openpyxl
import pytest

from ansinh.rendering.sheets import Column, Group, Sheet, one_group
from ansinh.rendering.tests.payment_example import payment_sheet
from ansinh.rendering.workbooks import write_workbook


def _opened(*sheets: Sheet):
    target = io.BytesIO()
    write_workbook(target, sheets)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def _simple(column: Column, *values) -> Sheet:
    return Sheet("A", (column, Column("b", "Khác")), one_group({column.key: value} for value in values))


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://example.org"])
def test_text_that_begins_like_a_formula_stays_text(text):
    page = _opened(_simple(Column("a", "Họ tên"), text)).active

    assert (page["A2"].value, page["A2"].data_type) == (text, "s")
    assert page["A2"].hyperlink is None


def test_codes_keep_their_zeros():
    page = _opened(_simple(Column("a", "Số định danh", kind="code"), "034147000123")).active

    assert (page["A2"].value, page["A2"].number_format) == ("034147000123", "@")


def test_money_coefficients_and_dates_are_real_values():
    columns = (Column("m", "Tiền", kind="money"), Column("c", "Hệ số", kind="coefficient"), Column("d", "Ngày", kind="date"))
    page = _opened(Sheet("A", columns, one_group([{"m": 540_000, "c": 150, "d": date(1947, 3, 12)}]))).active

    assert (page["A2"].value, page["B2"].value, page["C2"].value.date()) == (540_000, 1.5, date(1947, 3, 12))
    assert page["A2"].number_format == "[$-42A]#,##0"


def test_a_date_older_than_excel_is_text():
    page = _opened(_simple(Column("a", "Ngày sinh", kind="date"), date(1899, 5, 1))).active

    assert page["A2"].value == "01/05/1899"


def test_a_payment_list_has_subtotals_a_total_and_the_sum_in_words():
    page = _opened(payment_sheet(3)).active
    texts = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}

    assert {"Cộng Thôn Đông Hoà", "Cộng Tổ dân phố số 3", "Tổng cộng", "NGƯỜI LẬP BIỂU", "KẾ TOÁN"} <= texts
    assert any(text.startswith("=SUBTOTAL(9,G11:G13)") for text in texts)
    assert any(text.startswith("Tổng số tiền viết bằng chữ: ") and text.endswith("đồng./.") for text in texts)


def test_the_page_prints_on_a4_across_with_headings_on_every_page():
    page = _opened(payment_sheet(3)).active

    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.print_title_rows == "$8:$9"
    assert page.freeze_panes == "A10"
    assert page.column_dimensions["A"].hidden


def test_headings_over_several_columns_are_merged():
    page = _opened(payment_sheet(3)).active

    assert {"G8:I8", "B8:B9"} <= {str(area) for area in page.merged_cells.ranges}


def test_a_protected_sheet_leaves_editable_columns_open():
    columns = (Column("a", "Mã"), Column("b", "Đã nhận", editable=True))
    page = _opened(Sheet("A", columns, one_group([{"a": "1", "b": ""}]), protected=True, password="mo")).active

    assert page.protection.sheet
    assert (page["A2"].protection.locked, page["B2"].protection.locked) == (True, False)


def test_sheet_names_are_made_acceptable_and_unique():
    book = _opened(*[Sheet("Xã [A/B]: danh sách dài quá ba mươi mốt ký tự", (Column("a", "A"),), ()) for _ in range(2)])

    assert len(set(book.sheetnames)) == 2
    assert all(len(name) <= 31 and not set("[]:/") & set(name) for name in book.sheetnames)


def test_groups_are_walked_once_so_they_may_be_generators():
    rows = ({"a": number} for number in range(3))
    page = _opened(
        Sheet("A", (Column("a", "Số", kind="number", summed=True),), iter([Group(rows, "Thôn Một")]), total_label="Cộng")
    ).active

    assert page.max_row == 7


@pytest.mark.office
def test_libreoffice_opens_the_workbook(tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    write_workbook(path, [payment_sheet(3)])

    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)

    assert (tmp_path / "danh-sach.pdf").read_bytes().startswith(b"%PDF")
