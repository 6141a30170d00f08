"""The signing sheet: everybody is on it, pages carry headings and numbers, the letters are there."""

import io

from pypdf import PdfReader

from ansinh.rendering.lettering import Fitter
from ansinh.rendering.pdf import PLAIN, signing_sheet
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.tests.payment_example import payment_sheet


def _pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_every_page_has_headings_and_its_number():
    pages = _pages(signing_sheet([payment_sheet(9)]))

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Ký nhận" in page
        assert f"Trang {number}/{len(pages)}" in page


def test_subtotals_total_words_and_signatures_are_printed():
    text = "\n".join(_pages(signing_sheet([payment_sheet(2)])))

    for wanted in ("Cộng Thôn Đông Hoà", "Tổng cộng", "đồng./.", "NGƯỜI LẬP BIỂU", "(Ký, đóng dấu)"):
        assert wanted in text


def test_every_vietnamese_letter_is_in_the_font():
    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
    sheet = Sheet("A", (Column("a", "Chữ", 60),), one_group([{"a": letters}]))

    text = "".join(_pages(signing_sheet([sheet], look=PLAIN)))

    assert set(letters) <= set(text)


def test_hidden_columns_are_not_printed():
    text = "\n".join(_pages(signing_sheet([payment_sheet(2)])))

    assert "Mã dòng" not in text


def test_a_long_name_is_wrapped_and_nobody_is_lost():
    rows = [{"a": f"Người số {n} " + "tên dài " * 20} for n in range(30)]
    text = "\n".join(
        _pages(signing_sheet([Sheet("A", (Column("a", "Họ tên", 20), Column("b", "Ký", 60, "sign")), one_group(rows))]))
    )

    assert all(f"Người số {n}" in text for n in range(30))


def test_a_word_too_wide_makes_the_type_smaller_and_then_is_cut():
    fitter = Fitter(lambda text, style, size: len(text) * size / 2)

    small = fitter.fit("1.234.567", "", 12, 40)
    cut = fitter.fit("x" * 40, "", 12, 30)

    assert small.lines == ("1.234.567",)
    assert small.size < 12
    assert "".join(cut.lines) == "x" * 40
    assert len(cut.lines) > 1
