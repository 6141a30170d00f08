"""The lists of assistance as offices head them."""

from datetime import date

import pytest

from ansinh.assistance.layouts import ADJUSTMENT, END, ENROLMENT, LAYOUTS
from ansinh.imports.reading.lists import read_pasted

_BEFORE_AFTER = [
    "STT", "Họ và tên", "Năm sinh", "Thôn/TDP", "Xã/Phường",
    "Loại đối tượng trước khi điều chỉnh", "Hệ số {} trước khi điều chỉnh", "Mức {} hàng tháng trước khi điều chỉnh",
    "Loại đối tượng sau khi điều chỉnh", "Hệ số {} sau khi điều chỉnh", "Mức {} hàng tháng sau khi điều chỉnh",
    "Thời gian hưởng {}", "Ghi chú",
]  # fmt: skip
_ADJUSTED = ["1", "Nguyễn Thị Hoà", "12/03/1947", "Đông Hoà", "Quỳnh Phụ", "Khuyết tật nặng", "1,5", "540.000",
             "Khuyết tật đặc biệt nặng", "2", "720.000", "01/04/2022", ""]  # fmt: skip


def _paste(*rows):
    return read_pasted("\n".join("\t".join(row) for row in rows), LAYOUTS)


@pytest.mark.parametrize("word", ["trợ cấp", "trợ giúp"])
def test_an_adjustment_list_is_known_by_either_word(word):
    result = _paste(["Mức chuẩn trợ cấp: 360.000 đồng"], [heading.format(word) for heading in _BEFORE_AFTER], _ADJUSTED)

    values = result.rows[0].values
    assert (result.layout, result.unknown_columns, result.rows[0].problems) == (ADJUSTMENT, [], [])
    assert (values["coefficient_before"], values["coefficient_after"]) == (150, 200)
    assert (values["amount_before"], values["amount_after"], values["from_month"]) == (540_000, 720_000, date(2022, 4, 1))
    assert values["category_after"] == "Khuyết tật đặc biệt nặng"


def test_an_adjustment_list_with_two_heading_rows_is_the_same():
    top = [
        "STT",
        "Họ và tên",
        "Năm sinh",
        "Thôn/TDP",
        "Trước khi điều chỉnh",
        "",
        "",
        "Sau khi điều chỉnh",
        "",
        "",
        "Thời gian hưởng",
    ]
    below = ["", "", "", "", "Loại đối tượng", "Hệ số", "Mức trợ cấp", "Loại đối tượng", "Hệ số", "Mức trợ cấp", ""]
    row = ["1", "Lê Thị Na", "1950", "Đông", "A", "1", "360.000", "B", "1,5", "540.000", "4/2022"]

    result = _paste(top, below, row)

    values = result.rows[0].values
    assert result.layout == ADJUSTMENT
    assert (values["category_before"], values["coefficient_before"], values["amount_before"]) == ("A", 100, 360_000)
    assert (values["category_after"], values["coefficient_after"], values["amount_after"]) == ("B", 150, 540_000)


def test_an_enrolment_list_has_the_birth_under_the_sex():
    top = ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Số CCCD/định danh cá nhân", "Dân tộc", "Nơi thường trú (thôn, xã)",
           "Đối tượng (điểm, khoản, Điều 5 Nghị định 20/2021)", "Hệ số", "Mức trợ cấp (đồng/tháng)",
           "Thời điểm hưởng", "Ghi chú"]  # fmt: skip
    row = [
        "1",
        "Lê Thị Na",
        "",
        "1/2/1960",
        "034160000123",
        "Kinh",
        "Đông Hoà, Quỳnh Phụ",
        "khoản 6",
        "1,5",
        "750.000",
        "tháng 7/2025",
        "",
    ]

    result = _paste(top, ["", "", "Nam", "Nữ"], row)

    assert (result.layout, result.unknown_columns, result.rows[0].problems) == (ENROLMENT, [], [])
    assert result.rows[0].values["sex"] == "female"
    assert str(result.rows[0].values["born"]) == "01/02/1960"


def test_an_end_list_gives_reason_day_and_month():
    headings = ["STT", "Họ và tên", "Năm sinh", "Địa chỉ", "Loại đối tượng", "Hệ số", "Mức đang hưởng",
                "Lý do thôi hưởng (chết, chuyển đi, hết điều kiện, hưởng chế độ khác)",
                "Ngày chết/chuyển đi", "Thôi hưởng từ tháng"]  # fmt: skip

    result = _paste(headings, ["1", "Lê Văn Na", "1940", "Đông Hoà", "NCT", "1", "500.000", "Chết", "12/6/2025", "7/2025"])

    values = result.rows[0].values
    assert (result.layout, result.unknown_columns) == (END, [])
    assert (values["reason"], values["happened_on"], values["end_month"]) == ("Chết", date(2025, 6, 12), date(2025, 7, 1))


def test_a_row_without_birth_and_number_is_told():
    row = [*_ADJUSTED[:2], "", *_ADJUSTED[3:]]

    problems = _paste([heading.format("trợ cấp") for heading in _BEFORE_AFTER], row).rows[0].problems

    assert "Năm sinh hoặc Số CCCD/định danh cá nhân" in problems[0].message
