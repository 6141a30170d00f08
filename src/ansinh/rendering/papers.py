"""Official papers as Word files, in the layout of Nghị định 30/2020/NĐ-CP, to be printed and signed.

A4, Times New Roman, margins 20-20-30-20 mm, page number in the top margin from the second page on. Text stays text: nothing of it
is read as a field or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from ansinh.rendering.sheets import SignBlock

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FONT = "Times New Roman"
_BODY, _TABLE = 13, 11
_WIDTH = 160  # mm of text on A4 between margins of 30 and 20
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FREE_LINES_TO_SIGN = 4


@dataclass(frozen=True)
class Heading:
    """A heading of the body; level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `label` in bold before the text; a note in smaller italics; a code is set as it is, not justified."""

    text: str
    label: str = ""
    is_note: bool = False
    is_code: bool = False


@dataclass(frozen=True)
class Points:
    """Lines that hang under the paragraph before: a), b), c) … or with a dash."""

    lines: tuple[str, ...]
    lettered: bool = True


@dataclass(frozen=True)
class Grid:
    """A table: heads, relative widths, rows. `right`: columns set to the right. A row of one text runs over all columns."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    centred: frozenset[int] = frozenset()


Block = Heading | Paragraph | Points | Grid


@dataclass(frozen=True)
class Paper:
    """One official paper. `kind` is its name in capitals ("BẢN RÀ SOÁT …"), `summary` the line below it."""

    parent: str
    office: str
    place: str
    dated: str
    kind: str
    summary: str
    blocks: tuple[Block, ...]
    sign_blocks: tuple[SignBlock, ...]
    number: str = "Số:        /"
    footer: str = ""


def write_paper(paper: Paper, *, made_at: datetime | None = None) -> bytes:
    """The paper as a Word file."""
    document = Document()
    _set_up(document, paper, made_at)
    _letterhead(document, paper)
    _title(document, paper)
    for block in paper.blocks:
        _WRITERS[type(block)](document, block)
    _signatures(document, paper.sign_blocks)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# --- the page --------------------------------------------------------------------------------------------------------


def _set_up(document: Any, paper: Paper, made_at: datetime | None) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        foot = footer.paragraphs[0]
        _run(foot, paper.footer, size=10, italic=True)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.kind, paper.office, ""
    properties.language = "vi-VN"
    if made_at:
        properties.created = properties.modified = made_at.replace(tzinfo=None)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(_BODY), _FONT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _run(paragraph: Any, text: str, *, size: float = _BODY, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(_NOT_IN_XML.sub("", text))
    run.font.size, run.font.name = Pt(size), _FONT
    run.bold, run.italic = bold, italic


def _spacing(paragraph: Any, *, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, line


# --- letterhead, title, signatures -----------------------------------------------------------------------------------


def _letterhead(document: Any, paper: Paper) -> None:
    left, right = _bare_table(document, (65, 95))
    _centred(left, paper.parent.upper(), size=12)
    _centred(left, paper.office.upper(), size=12, bold=True)
    _rule(left, 65, 24)
    _centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(right, 95, 59)
    _centred(left, paper.number, size=13, before=6)
    _centred(right, f"{paper.place}, {paper.dated}", size=13, italic=True, before=6)


def _bare_table(document: Any, widths: Sequence[float]) -> list[Any]:
    """A row of cells without borders; the first, empty paragraph of each is taken by the first text."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_columns(table, [Mm(width) for width in widths])
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
        _cell_margins(cell)
    return list(table.rows[0].cells)


def _cell_margins(cell: Any) -> None:
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "0")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    cell._tc.get_or_add_tcPr().append(margins)


def _centred(cell: Any, text: str, *, size: float, bold: bool = False, italic: bool = False, before: float = 0) -> None:
    if not text:
        return
    paragraph = _next(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(paragraph, before=before)
    _run(paragraph, text, size=size, bold=bold, italic=italic)


def _next(cell: Any) -> Any:
    first = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs and not first.text else cell.add_paragraph()


def _rule(cell: Any, width: float, length: float) -> None:
    """A line of `length` mm in the middle of a cell or of the page."""
    paragraph = cell.add_paragraph()
    _spacing(paragraph)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width - length) / 2)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def _title(document: Any, paper: Paper) -> None:
    for text, size, before in ((paper.kind, 14, 18), (paper.summary, 14, 0)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _spacing(paragraph, before=before)
        _run(paragraph, text, size=size, bold=True)
    _rule(document, _WIDTH, 40)
    _spacing(document.add_paragraph())


def _signatures(document: Any, blocks: Sequence[SignBlock]) -> None:
    if not blocks:
        return
    for paragraph in (document.paragraphs[-1], document.add_paragraph()):
        paragraph.paragraph_format.keep_with_next = True  # nobody signs a page that says nothing
    _spacing(paragraph)
    for cell, block in zip(_bare_table(document, [_WIDTH / len(blocks)] * len(blocks)), blocks, strict=True):
        _centred(cell, block.above, size=13, italic=True)
        _centred(cell, block.title, size=13, bold=True)
        _centred(cell, block.note, size=12, italic=True)
        for _ in range(_FREE_LINES_TO_SIGN):
            _spacing(cell.add_paragraph())
        _centred(cell, block.name, size=13, bold=True)
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True


# --- the body --------------------------------------------------------------------------------------------------------


def _heading(document: Any, block: Heading) -> None:
    paragraph = document.add_paragraph()
    _spacing(paragraph, before=12 if block.level == 1 else 6, after=6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.first_line_indent = Mm(0 if block.level == 1 else 12.7)
    _run(paragraph, block.text, size=_BODY, bold=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(block.level - 1))
    paragraph._p.get_or_add_pPr().append(level)


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if block.is_code else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(0 if block.is_code else 12.7)
    paragraph.paragraph_format.keep_with_next = not block.text or block.text.endswith(":")
    _spacing(paragraph, after=6 if block.text else 3, line=1.15)
    if block.label:
        _run(paragraph, f"{block.label} " if block.text else block.label, bold=True)
    _run(paragraph, block.text, size=_TABLE if block.is_note or block.is_code else _BODY, italic=block.is_note)


def _points(document: Any, block: Points) -> None:
    letters = "abcdđeghiklmnopqrstuvxy"
    for place, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.left_indent = Mm(12.7)
        _spacing(paragraph, after=3, line=1.15)
        mark = f"{letters[place % len(letters)]})" if block.lettered and len(block.lines) > 1 else "-"
        _run(paragraph, f"{mark} {line}")


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    scale = _WIDTH / sum(block.widths)
    widths = [Mm(round(width * scale, 1)) for width in block.widths]
    _set_columns(table, widths)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(head.cells, block.heads, strict=True):
        _fill(cell, text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for texts in block.rows:
        row = table.add_row()
        if len(texts) == 1:
            _fill(row.cells[0].merge(row.cells[-1]), texts[0], bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
            _keep(row)
            continue
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _fill(cell, text, align=_alignment(block, place))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _set_widths(row, widths)
    _spacing(document.add_paragraph())


def _set_columns(table: Any, widths: Sequence[Emu]) -> None:
    """Widths of the grid: LibreOffice goes by these, Word by those of the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _set_widths(row: Any, widths: Sequence[Emu]) -> None:
    cells = row._tr.tc_lst
    if len(cells) == len(widths):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _alignment(block: Grid, place: int) -> Any:
    if place in block.right:
        return WD_ALIGN_PARAGRAPH.RIGHT
    return WD_ALIGN_PARAGRAPH.CENTER if place in block.centred else WD_ALIGN_PARAGRAPH.LEFT


def _fill(cell: Any, text: str, *, align: Any, bold: bool = False) -> None:
    """Text of a cell; each line of it is a paragraph."""
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = align
        _spacing(paragraph, before=2, after=2)
        _run(paragraph, line, size=_TABLE, bold=bold)


def _keep(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


_WRITERS: dict[type, Any] = {Heading: _heading, Paragraph: _paragraph, Points: _points, Grid: _grid}
