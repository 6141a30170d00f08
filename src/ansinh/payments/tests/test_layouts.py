"""Payment lists as offices head them, and our own list read back."""

import io

from ansinh.imports.reading.lists import read_list, read_pasted
from ansinh.payments.layouts import LAYOUTS
from ansinh.rendering.sheets import Column, Group, Sheet
from ansinh.rendering.workbooks import write_workbook

_HEADINGS = ["STT", "Mã đối tượng/Số sổ", "Họ và tên", "Năm sinh", "Thôn", "Số quyết định", "Hệ số", "Số tiền tháng này",
             "Truy lĩnh", "Thu hồi", "Tổng số tiền", "Số tài khoản", "Ngân hàng",
             "Người nhận thay (họ tên, quan hệ, số giấy tờ)", "Ký nhận"]  # fmt: skip
_ROW = [
    "1",
    "000123",
    "Lê Thị Na",
    "1950",
    "Đông",
    "12/QĐ-UBND",
    "1,5",
    "750.000",
    "1.500.000",
    "",
    "2.250.000",
    "0101",
    "Agribank",
    "Lê Văn Bưởi, con",
    "",
]


def _paste(*rows):
    return read_pasted("\n".join("\t".join(row) for row in rows), LAYOUTS)


def test_every_column_of_a_payment_list_is_known():
    result = _paste(_HEADINGS, _ROW)

    row = result.rows[0]
    assert (result.unknown_columns, row.problems) == ([], [])
    assert (row.values["book"], row.values["month_amount"], row.values["arrears"], row.values["total"]) == (
        "000123",
        750_000,
        1_500_000,
        2_250_000,
    )
    assert row.values["payee"] == "Lê Văn Bưởi, con"


def test_a_total_that_does_not_add_up_is_told():
    problems = _paste(_HEADINGS, [*_ROW[:10], "2.000.000", *_ROW[11:]]).rows[0].problems

    assert (problems[0].column, problems[0].expected) == ("Tổng số tiền", "2.250.000")


def test_a_book_number_given_twice_is_an_error():
    rows = _paste(_HEADINGS, _ROW, ["2", "000123", "Lê Văn Hai", *_ROW[3:]]).rows

    assert rows[1].has_errors


def test_our_own_list_is_read_back_with_its_line_codes():
    columns = (
        Column("code", "Mã dòng", 14, "code", hidden=True),
        Column("index", "STT", 5, "index"),
        Column("name", "Họ và tên", 24),
        Column("month", "Số tiền tháng này", 13, "money", parent="Số tiền (đồng)", summed=True),
        Column("arrears", "Truy lĩnh", 13, "money", parent="Số tiền (đồng)", summed=True),
        Column("total", "Tổng số tiền", 14, "money", summed=True),
    )
    rows = [
        {"code": f"000{n}", "name": f"Lê Thị Na {chr(65 + n)}", "month": 500_000, "arrears": 0, "total": 500_000}
        for n in range(3)
    ]
    target = io.BytesIO()
    sheet = Sheet(
        "Chi trả", columns, [Group(rows[:2], "Thôn Đông"), Group(rows[2:], "Thôn Tây")], ("DANH SÁCH",), total_label="Tổng cộng"
    )
    write_workbook(target, [sheet])

    result = read_list(target.getvalue(), "a.xlsx", LAYOUTS)

    assert [(row.values["line_code"], row.group) for row in result.rows] == [
        ("0000", "Thôn Đông"),
        ("0001", "Thôn Đông"),
        ("0002", "Thôn Tây"),
    ]
