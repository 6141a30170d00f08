"""Mẫu số 5a, 5b, 06 of the annex of Nghị định 20/2021/NĐ-CP as Word templates: lists of households in want, the declaration of a house.

Titles, columns and lines are those of the annex, which have neither number nor symbol. One file holds a page for each village or household.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ansinh.rendering.layout import BODY, bare_table, centred, rule, set_up, space, write
from ansinh.rendering.official import Columns, list_of_rows

_TEXT, _LEFT, _RIGHT = 165, 68, 97
_FREE_LINES_TO_SIGN = 4
_TITLE = ("DANH SÁCH HỘ GIA ĐÌNH", "VÀ SỐ NGƯỜI TRONG HỘ GIA ĐÌNH THIẾU ĐÓI, NHU YẾU PHẨM")
_LEFTWARDS, _MIDDLE, _RIGHTWARDS = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_HOUSEHOLDS: Columns = (
    ("Số TT", 14, "stt", _MIDDLE), ("Tên chủ hộ", 61, "chu_ho", _LEFTWARDS), ("Địa chỉ", 60, "dia_chi", _LEFTWARDS),
    ("Số người trong hộ (người)", 30, "so_nguoi", _RIGHTWARDS),
)  # fmt: skip
_VILLAGES: Columns = (
    ("Số TT", 14, "stt", _MIDDLE), ("Thôn xóm", 61, "thon", _LEFTWARDS), ("Số hộ (hộ)", 25, "so_ho", _RIGHTWARDS),
    ("Số người (người)", 25, "so_nguoi", _RIGHTWARDS), ("Ghi chú", 40, "ghi_chu", _LEFTWARDS),
)  # fmt: skip


def households_template() -> bytes:
    """Mẫu số 5a: the households of each village that lack food or goods, signed by the head of the village."""
    document = _opened("Mẫu số 5a")
    _tag(document, "for thon in cac_thon")
    _new_page(document, "Mẫu số 5a")
    _heading(document, ("UBND XÃ: {{ xa }}", "THÔN: {{ thon.ten }}"))
    _titles(document)
    list_of_rows(document, _HOUSEHOLDS, "nguoi in thon.cac_ho", ("", "Tổng", "", "{{ thon.tong }}"))
    _signed(document, "TRƯỞNG THÔN", "(Ký, ghi rõ họ tên)")
    _tag(document, "endfor")
    return _saved(document)


def villages_template() -> bytes:
    """Mẫu số 5b: households and people in want by village, signed by the chairman."""
    document = _opened("Mẫu số 5b")
    _form_number(document, "Mẫu số 5b")
    _heading(document, ("UBND XÃ: {{ xa }}",))
    _titles(document)
    list_of_rows(document, _VILLAGES, "nguoi in cac_thon", ("", "Tổng", "{{ tong_ho }}", "{{ tong_nguoi }}", ""))
    _signed(document, "CHỦ TỊCH", "(Ký, đóng dấu)")
    return _saved(document)


def house_template() -> bytes:
    """Mẫu số 06: what a household declares of its lost or damaged house, a page each, and the confirmation of the commune."""
    document = _opened("Mẫu số 06")
    _tag(document, "for ho in cac_ho")
    _new_page(document, "Mẫu số 06")
    for text, size in (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12), ("Độc lập - Tự do - Hạnh phúc", 13)):
        _line(document, text, size=size, bold=True, align=_MIDDLE)
    rule(document, _TEXT, 60)
    _line(document, "TỜ KHAI ĐỀ NGHỊ HỖ TRỢ VỀ NHÀ Ở", size=14, bold=True, align=_MIDDLE, before=14)
    _line(
        document, "(Áp dụng đối với đối tượng quy định tại Điều 15 Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ)",
        italic=True, align=_MIDDLE, after=10,
    )  # fmt: skip
    _line(document, "KÊ KHAI CỦA HỘ GIA ĐÌNH", bold=True, align=_MIDDLE, after=6)
    for words in _DECLARED:
        _line(document, words, after=5)
    _line(
        document, "Tôi xin cam đoan những thông tin trên là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm.", after=4,
        align=WD_ALIGN_PARAGRAPH.JUSTIFY,
    )  # fmt: skip
    _signed(document, "Người khai", "(Ký, ghi rõ họ tên)", free=3)
    _line(document, "XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ", bold=True, align=_MIDDLE, before=6, after=4)
    _line(
        document, "Ủy ban nhân dân {{ cap_xa }} đã tiếp nhận hồ sơ, đối chiếu các giấy tờ kèm theo và xác nhận thông tin cá nhân nêu trên "
        "của ông (bà) {{ ho.ho_ten }} là đúng.", align=WD_ALIGN_PARAGRAPH.JUSTIFY,
    )  # fmt: skip
    _signed(document, "CHỦ TỊCH", "(Ký tên, đóng dấu)", left=("CÁN BỘ TIẾP NHẬN HỒ SƠ", "(Ký, ghi rõ họ tên)"), free=3)
    _tag(document, "endfor")
    return _saved(document)


_DOTS = " ".join("…" * 50)
_DECLARED = (
    "1. Họ và tên người đại diện (Viết chữ in hoa): {{ ho.ho_ten | upper }}",
    "Ngày/tháng/năm sinh: {{ ho.ngay_sinh }}  Giới tính: {{ ho.gioi_tinh }}  Dân tộc: …………",
    "Giấy CMND số: {{ ho.so_dinh_danh }}  Cấp ngày ………………  Nơi cấp ………………",
    "2. Hộ khẩu thường trú của hộ: {{ ho.noi_o }}",
    "3. Số người trong hộ {{ ho.so_nguoi }} người. Trong đó: Người trong độ tuổi lao động …… người",
    "4. Hoàn cảnh gia đình (Ghi cụ thể có thuộc hộ nghèo, cận nghèo, khó khăn kinh tế hay không): {{ ho.hoan_canh }}",
    f"5. Tình trạng nhà ở trước khi thiên tai xảy ra (Ghi cụ thể loại nhà, mức độ sử dụng): {_DOTS}",
    "6. Tình trạng thiệt hại về nhà ở (Ghi cụ thể đã đổ sập, trôi, cháy hoàn toàn, phải di rời nhà ở khẩn cấp, hư hỏng nặng): "
    "{{ ho.thiet_hai }}",
    f"7. Tình trạng nhà ở hiện nay của hộ: {_DOTS}",
)


# --- parts -----------------------------------------------------------------------------------------------------------


def _opened(title: str) -> Any:
    document = Document()
    set_up(document, title=title, author="", right=15)
    return document


def _saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _tag(document: Any, words: str) -> None:
    write(document.add_paragraph(), f"{{%p {words} %}}")


def _line(
    document: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, align: Any = _LEFTWARDS,
    before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    space(paragraph, before=before, after=after)
    write(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _form_number(document: Any, words: str) -> Any:
    return _line(document, words, bold=True, align=_RIGHTWARDS, after=6)


def _new_page(document: Any, words: str) -> None:
    """The number of the form; on a new page for every one but the first."""
    _tag(document, "if loop.first")
    _form_number(document, words)
    _tag(document, "endif")
    _tag(document, "if not loop.first")
    _form_number(document, words).paragraph_format.page_break_before = True
    _tag(document, "endif")


def _heading(document: Any, lines: Sequence[str]) -> None:
    left, right = bare_table(document, (_LEFT, _RIGHT))
    for text in lines:
        centred(left, text, size=12, bold=True)
    rule(left, _LEFT, 26)
    centred(right, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, _RIGHT, 60)


def _titles(document: Any) -> None:
    for place, text in enumerate(_TITLE):
        _line(document, text, size=14, bold=True, align=_MIDDLE, before=0 if place else 16)
    rule(document, _TEXT, 45)
    space(document.add_paragraph(), after=4)


def _signed(
    document: Any, title: str, note: str, *, left: tuple[str, str] | None = None, free: int = _FREE_LINES_TO_SIGN
) -> None:
    """The day, who signs, room for the hand; `left`: somebody else who signs beside."""
    space(document.add_paragraph())
    other, right = bare_table(document, (_LEFT, _RIGHT))
    if left:
        centred(other, "\u00a0", size=13)
        centred(other, left[0], size=12, bold=True)
        centred(other, left[1], size=12, italic=True)
    centred(right, "Ngày …… tháng …… năm ……", size=13, italic=True)
    centred(right, title, size=13, bold=True)
    centred(right, note, size=12, italic=True)
    for _ in range(free):
        space(right.add_paragraph())
    for paragraph in right.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True
