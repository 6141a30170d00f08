"""The page of an official paper (Nghị định 30/2020/NĐ-CP) in the parts Word knows: page, type, cells, lines.

Every paper of the house is built of these: those written whole, and the templates that are filled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

FONT = "Times New Roman"
BODY = 13
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def set_up(
    document: Any, *, title: str, author: str, footer: str = "", right: float = 20, made_at: datetime | None = None
) -> None:
    """The page of the decree: A4 upright, margins 20-20-30-`right` mm, page number in the top margin, type, language."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    page_number(section.header.paragraphs[0])
    for foot in (section.footer, section.first_page_footer):
        write(foot.paragraphs[0], footer, size=10, italic=True)
    _type(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, author, ""
    properties.language = "vi-VN"
    if made_at:
        properties.created = properties.modified = made_at.replace(tzinfo=None)


def _type(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)


def page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(BODY), FONT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def write(paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(NOT_IN_XML.sub("", text))
    run.font.size, run.font.name = Pt(size), FONT
    run.bold, run.italic = bold, italic


def space(paragraph: Any, *, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, line


def bare_table(document: Any, widths: Sequence[float]) -> list[Any]:
    """A row of cells without borders; the first, empty paragraph of each is taken by the first text."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    set_columns(table, [Mm(width) for width in widths])
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


def centred(cell: Any, text: str, *, size: float, bold: bool = False, italic: bool = False, before: float = 0) -> None:
    if not text:
        return
    paragraph = _next(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    space(paragraph, before=before)
    write(paragraph, text, size=size, bold=bold, italic=italic)


def _next(cell: Any) -> Any:
    first = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs and not first.text else cell.add_paragraph()


def rule(cell: Any, width: float, length: float) -> None:
    """A line of `length` mm in the middle of a cell or of the page."""
    paragraph = cell.add_paragraph()
    space(paragraph)
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


def set_columns(table: Any, widths: Sequence[Emu]) -> None:
    """Widths of the grid: LibreOffice goes by these, Word by those of the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def set_widths(row: Any, widths: Sequence[Emu]) -> None:
    cells = row._tr.tc_lst
    if len(cells) == len(widths):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def keep(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
