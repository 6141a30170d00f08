"""The Word templates that come with the programme: decision and notice in the layout of Nghị định 30/2020/NĐ-CP, appendix I.

They are files an office can open in Word and change; the fields in double braces are told by the room whose paper it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from ansinh.rendering.layout import BODY, bare_table, centred, rule, set_columns, set_up, set_widths, space, write

_TEXT = 165  # mm between margins of 30 and 15
_LEFT, _RIGHT = 68, 97
_LIST = 10  # pt: eight columns upright
_FREE_LINES_TO_SIGN = 4
# heading, width in mm, field of a line, alignment
Columns = tuple[tuple[str, int, str, Any], ...]

_COLUMNS = (
    ("STT", 9, "stt", WD_ALIGN_PARAGRAPH.CENTER),
    ("Họ và tên", 31, "ho_ten", WD_ALIGN_PARAGRAPH.LEFT),
    ("Ngày sinh", 20, "ngay_sinh", WD_ALIGN_PARAGRAPH.CENTER),
    ("Nơi ở", 22, "noi_o", WD_ALIGN_PARAGRAPH.LEFT),
    ("Đối tượng, lý do", 39, "doi_tuong", WD_ALIGN_PARAGRAPH.LEFT),
    ("Hệ số", 10, "he_so", WD_ALIGN_PARAGRAPH.CENTER),
    ("Mức hưởng (đồng)", 18, "muc", WD_ALIGN_PARAGRAPH.RIGHT),
    ("Từ tháng", 16, "tu_thang", WD_ALIGN_PARAGRAPH.CENTER),
)

_POSTED = (
    ("STT", 10, "stt", WD_ALIGN_PARAGRAPH.CENTER),
    ("Họ và tên", 48, "ho_ten", WD_ALIGN_PARAGRAPH.LEFT),
    ("Năm sinh", 18, "nam_sinh", WD_ALIGN_PARAGRAPH.CENTER),
    ("Thôn, tổ dân phố", 39, "thon", WD_ALIGN_PARAGRAPH.LEFT),
    ("Nội dung đề nghị", 50, "noi_dung", WD_ALIGN_PARAGRAPH.LEFT),
)


# The list of a change of law tells before, now, the difference and what is owed since.
_CROSSING = (
    ("STT", 9, "stt", WD_ALIGN_PARAGRAPH.CENTER),
    ("Họ và tên", 27, "ho_ten", WD_ALIGN_PARAGRAPH.LEFT),
    ("Ngày sinh", 18, "ngay_sinh", WD_ALIGN_PARAGRAPH.CENTER),
    ("Nơi ở", 18, "noi_o", WD_ALIGN_PARAGRAPH.LEFT),
    ("Mức cũ", 15, "muc_cu", WD_ALIGN_PARAGRAPH.RIGHT),
    ("Hệ số", 8, "he_so", WD_ALIGN_PARAGRAPH.CENTER),
    ("Mức mới", 15, "muc", WD_ALIGN_PARAGRAPH.RIGHT),
    ("Từ tháng", 14, "tu_thang", WD_ALIGN_PARAGRAPH.CENTER),
    ("Chênh lệch", 13, "chenh_lech", WD_ALIGN_PARAGRAPH.RIGHT),
    ("Tháng truy lĩnh", 12, "so_thang", WD_ALIGN_PARAGRAPH.CENTER),
    ("Tiền truy lĩnh", 16, "truy_linh", WD_ALIGN_PARAGRAPH.RIGHT),
)


_PEOPLE_END = "Danh sách có {{ so_nguoi }} người."


@dataclass(frozen=True)
class Table:
    """A table of a paper: the words above it, its columns, the list whose lines it shows; `grouped`: a list of groups with lines."""

    listed: str
    columns: Columns
    heading: str = ""
    grouped: bool = False


def decision_template(columns: Columns = _COLUMNS, *, ending: str = _PEOPLE_END) -> bytes:
    """“QUYẾT ĐỊNH” with its grounds, articles, recipients, signature, and the list of people as an annex when there is one."""
    return _decision(columns, ending)


def plain_decision_template(*, considered: bool = False) -> bytes:
    """“QUYẾT ĐỊNH” without a list. `considered`: what was asked and found is told between the grounds and the articles."""
    return _decision((), "", considered=considered)


def transition_template() -> bytes:
    """The same with the list of a change of law: old and new level, difference, months and money owed."""
    return _decision(_CROSSING, _PEOPLE_END)


def _decision(columns: Columns, ending: str, *, considered: bool = False) -> bytes:
    document = _opened("QUYẾT ĐỊNH")
    _letterhead(document)
    _title(document, "QUYẾT ĐỊNH")
    _middle(document, "{{ tham_quyen }}", before=12, after=6)
    _each(document, "can_cu", "dong", italic=True)
    if considered:
        _each(document, "cac_doan", "doan")
    _middle(document, "QUYẾT ĐỊNH:", before=6, after=6)
    _tag(document, "for dieu in cac_dieu")
    article = _text(document, "")
    article.paragraph_format.keep_with_next = True  # nobody signs a page that says nothing
    write(article, "Điều {{ dieu.so }}. ", bold=True)
    write(article, "{{ dieu.mo_dau }}")
    _each(document, "dieu.cac_doan", "doan")
    _tag(document, "endfor")
    _signature(document)
    if columns:
        _annex(document, columns, ending)
    return _saved(document)


def notice_template(title: str = "THÔNG BÁO") -> bytes:
    """“THÔNG BÁO” to one person: what was decided, why, under which article, and how to complain."""
    document = _opened(title)
    _letterhead(document)
    _title(document, title)
    _middle(document, "Kính gửi: {{ kinh_gui }}", bold=False, before=12, after=6)
    _each(document, "cac_doan", "doan")
    _signature(document)
    return _saved(document)


def posting_template() -> bytes:
    """“THÔNG BÁO” of a list posted for everybody: the sentences, and the people with nothing but what may be posted."""
    return listing_template("THÔNG BÁO", [Table("danh_sach", _POSTED)])


def listing_template(title: str, tables: Sequence[Table], *, numbered: bool = True) -> bytes:
    """A paper of sentences and tables. `numbered`: it has a number and a symbol of its own."""
    document = _opened(title)
    _letterhead(document, numbered=numbered)
    _title(document, title)
    space(document.add_paragraph())
    _each(document, "cac_doan", "doan")
    for place, table in enumerate(tables):
        if place:
            space(document.add_paragraph())
        if table.heading:
            heading = _text(document, "")
            heading.paragraph_format.keep_with_next = True
            write(heading, table.heading, bold=True)
        _people(document, table.columns, table.listed, grouped=table.grouped)
    _signature(document)
    return _saved(document)


def minutes_template() -> bytes:
    """“BIÊN BẢN” of a hand-over: the sentences, and both sides sign beside one another."""
    document = _opened("BIÊN BẢN")
    _letterhead(document)
    _title(document, "BIÊN BẢN")
    space(document.add_paragraph())
    _each(document, "cac_doan", "doan")
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    space(gap)
    other, ours = bare_table(document, (_TEXT / 2, _TEXT / 2))
    centred(other, "{{ ben_nhan }}", size=13, bold=True)
    for words in ("{%p for dong in quyen_ky %}", "{{ dong }}", "{%p endfor %}"):
        centred(ours, words, size=13, bold=True)
    for cell in (other, ours):
        centred(cell, "(Ký, ghi rõ họ tên)", size=12, italic=True)
    for _line in range(_FREE_LINES_TO_SIGN):
        space(ours.add_paragraph())
    centred(ours, "{{ nguoi_ky }}", size=13, bold=True)
    _recipients(document.add_paragraph(), document)
    return _saved(document)


def slip_template(title: str) -> bytes:
    """A slip to one person, signed by whoever hands it out: a receipt, a request for completion."""
    document = _opened(title)
    _letterhead(document)
    _title(document, title)
    space(document.add_paragraph(), after=6)
    _each(document, "cac_doan", "doan")
    _signature(document)
    return _saved(document)


def _opened(title: str) -> Any:
    document = Document()
    set_up(document, title=title, author="", right=15)
    return document


def _saved(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# --- parts -----------------------------------------------------------------------------------------------------------


def _letterhead(document: Any, *, numbered: bool = True) -> None:
    left, right = bare_table(document, (_LEFT, _RIGHT))
    centred(left, "{%p if co_quan_cap_tren %}", size=12)
    centred(left, "{{ co_quan_cap_tren }}", size=12)
    centred(left, "{%p endif %}", size=12)
    centred(left, "{{ co_quan }}", size=12, bold=True)
    rule(left, _LEFT, 26)
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, _RIGHT, 60)
    number, dated = bare_table(document, (_LEFT, _RIGHT))
    if numbered:
        centred(number, "Số: {{ so_ky_hieu }}", size=13, before=4)
    centred(dated, "{{ dia_danh }}, {{ ngay }}", size=13, italic=True, before=4)


def _title(document: Any, title: str) -> None:
    _middle(document, title, before=18)
    _middle(document, "{{ trich_yeu }}", after=2)
    rule(document, _TEXT, 45)


def _middle(document: Any, text: str, *, bold: bool = True, before: float = 0, after: float = 0) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    space(paragraph, before=before, after=after)
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, text, size=14, bold=bold)


def _text(document: Any, text: str, *, italic: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    space(paragraph, after=6)
    if text:
        write(paragraph, text, size=BODY, italic=italic)
    return paragraph


def _tag(document: Any, words: str) -> None:
    """A line of its own for the template alone; nothing of it is left on the paper."""
    write(document.add_paragraph(), f"{{%p {words} %}}")


def _each(document: Any, listed: str, line: str, *, italic: bool = False) -> None:
    _tag(document, f"for {line} in {listed}")
    _text(document, f"{{{{ {line} }}}}", italic=italic)
    _tag(document, "endfor")


def _signature(document: Any) -> None:
    """Recipients on the left, authority, title and name on the right; both stay with the last lines of the text."""
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    space(gap)
    left, right = bare_table(document, (_LEFT + 10, _RIGHT - 10))
    document.tables[-1].rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _recipients(left.paragraphs[0], left)
    centred(right, "{%p for dong in quyen_ky %}", size=13)
    centred(right, "{{ dong }}", size=13, bold=True)
    centred(right, "{%p endfor %}", size=13)
    for _ in range(_FREE_LINES_TO_SIGN):
        space(right.add_paragraph())
    centred(right, "{{ nguoi_ky }}", size=13, bold=True)
    for paragraph in right.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _recipients(first: Any, holder: Any) -> None:
    """“Nơi nhận:” in this paragraph, and whom it goes to below it."""
    write(first, "Nơi nhận:", size=12, bold=True, italic=True)
    space(first)
    for words in ("{%p for noi in noi_nhan %}", "- {{ noi }}", "{%p endfor %}"):
        paragraph = holder.add_paragraph()
        space(paragraph)
        write(paragraph, words, size=11)


# --- annex -----------------------------------------------------------------------------------------------------------


def _annex(document: Any, columns: Columns, ending: str) -> None:
    _tag(document, "if cac_nhom")
    _own_pages(document)
    _middle(document, "DANH SÁCH")
    _middle(document, "{{ phu_luc }}")
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    space(paragraph, after=8)
    write(paragraph, "{{ kem_theo }}", size=BODY, italic=True)
    _people(document, columns, "cac_nhom", grouped=True)
    paragraph = _text(document, "")
    space(paragraph, before=6)
    write(paragraph, ending, italic=True)
    _tag(document, "endif")


def _own_pages(document: Any) -> None:
    """The annex is a section of its own: its pages are numbered from one again. Without an annex this break goes with it."""
    last = document.sections[-1]._sectPr
    ends_here = deepcopy(last)
    gap = document.add_paragraph()
    space(gap)
    gap._p.get_or_add_pPr().append(ends_here)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    last.insert_element_before(numbering, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid")


def _people(document: Any, columns: Columns, listed: str, *, grouped: bool) -> None:
    table, widths = _table(document, columns)
    if grouped:
        _row_of_one(table, f"{{%tr for nhom in {listed} %}}")
        _row_of_one(table, "{{ nhom.ten }}", bold=True)
    _rows_of(table, columns, f"nguoi in {'nhom.nguoi' if grouped else listed}")
    if grouped:
        _row_of_one(table, "{%tr endfor %}")
    _finish(table, widths)


def list_of_rows(document: Any, columns: Columns, loop: str, last: Sequence[str]) -> None:
    """A table with a row for each of a list ('nguoi in danh_sach') and a last row of these texts, in bold."""
    table, widths = _table(document, columns)
    _rows_of(table, columns, loop)
    for cell, text, (_heading, _width, _field, align) in zip(table.add_row().cells, last, columns, strict=True):
        _cell(cell, text, align, bold=True)
    _finish(table, widths)


def _table(document: Any, columns: Columns) -> tuple[Any, list[Mm]]:
    """A table with its heading, which comes again on each page; and its widths."""
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(column[1]) for column in columns]
    set_columns(table, widths)
    for cell, (heading, _width, _field, _align) in zip(table.rows[0].cells, columns, strict=True):
        _cell(cell, heading, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table, widths


def _rows_of(table: Any, columns: Columns, loop: str) -> None:
    """A row for each of a list: 'nguoi in danh_sach'."""
    _row_of_one(table, f"{{%tr for {loop} %}}")
    row = table.add_row()
    for cell, (_heading, _width, name, align) in zip(row.cells, columns, strict=True):
        _cell(cell, f"{{{{ nguoi.{name} }}}}", align)
    _row_of_one(table, "{%tr endfor %}")


def _finish(table: Any, widths: list[Mm]) -> None:
    _narrow_margins(table)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        set_widths(row, widths)


def _narrow_margins(table: Any) -> None:
    """Half a millimetre on each side of a cell: eight columns stand upright on A4."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "40")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    table._tbl.tblPr.append(margins)


def _row_of_one(table: Any, text: str, *, bold: bool = False) -> None:
    row = table.add_row()
    cell = row.cells[0].merge(row.cells[-1])
    _cell(cell, text, WD_ALIGN_PARAGRAPH.LEFT, bold=bold)
    cell.paragraphs[0].paragraph_format.keep_with_next = True


def _cell(cell: Any, text: str, align: Any, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    space(paragraph, before=2, after=2)
    write(paragraph, text, size=_LIST, bold=bold)
