"""Official papers as Word files, in the layout of Nghị định 30/2020/NĐ-CP, to be printed and signed.

A4, Times New Roman, margins 20-20-30-20 mm, page number in the top margin from the second page on. Text stays text: nothing of it
is read as a field or a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from ansinh.rendering.layout import BODY, bare_table, centred, keep, rule, set_columns, set_up, set_widths, space, write
from ansinh.rendering.sheets import SignBlock

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_TABLE = 11
_WIDTH = 160  # mm of text on A4 between margins of 30 and 20
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
    set_up(document, title=paper.kind, author=paper.office, footer=paper.footer, made_at=made_at)
    _letterhead(document, paper)
    _title(document, paper)
    for block in paper.blocks:
        _WRITERS[type(block)](document, block)
    _signatures(document, paper.sign_blocks)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# --- the page --------------------------------------------------------------------------------------------------------


# --- letterhead, title, signatures -----------------------------------------------------------------------------------


def _letterhead(document: Any, paper: Paper) -> None:
    left, right = bare_table(document, (65, 95))
    centred(left, paper.parent.upper(), size=12)
    centred(left, paper.office.upper(), size=12, bold=True)
    rule(left, 65, 24)
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, 95, 59)
    centred(left, paper.number, size=13, before=6)
    centred(right, f"{paper.place}, {paper.dated}", size=13, italic=True, before=6)


def _title(document: Any, paper: Paper) -> None:
    for text, size, before in ((paper.kind, 14, 18), (paper.summary, 14, 0)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        space(paragraph, before=before)
        write(paragraph, text, size=size, bold=True)
    rule(document, _WIDTH, 40)
    space(document.add_paragraph())


def _signatures(document: Any, blocks: Sequence[SignBlock]) -> None:
    if not blocks:
        return
    for paragraph in (document.paragraphs[-1], document.add_paragraph()):
        paragraph.paragraph_format.keep_with_next = True  # nobody signs a page that says nothing
    space(paragraph)
    for cell, block in zip(bare_table(document, [_WIDTH / len(blocks)] * len(blocks)), blocks, strict=True):
        centred(cell, block.above, size=13, italic=True)
        centred(cell, block.title, size=13, bold=True)
        centred(cell, block.note, size=12, italic=True)
        for _ in range(_FREE_LINES_TO_SIGN):
            space(cell.add_paragraph())
        centred(cell, block.name, size=13, bold=True)
        for paragraph in cell.paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True


# --- the body --------------------------------------------------------------------------------------------------------


def _heading(document: Any, block: Heading) -> None:
    paragraph = document.add_paragraph()
    space(paragraph, before=12 if block.level == 1 else 6, after=6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.first_line_indent = Mm(0 if block.level == 1 else 12.7)
    write(paragraph, block.text, size=BODY, bold=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(block.level - 1))
    paragraph._p.get_or_add_pPr().append(level)


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if block.is_code else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(0 if block.is_code else 12.7)
    paragraph.paragraph_format.keep_with_next = not block.text or block.text.endswith(":")
    space(paragraph, after=6 if block.text else 3, line=1.15)
    if block.label:
        write(paragraph, f"{block.label} " if block.text else block.label, bold=True)
    write(paragraph, block.text, size=_TABLE if block.is_note or block.is_code else BODY, italic=block.is_note)


def _points(document: Any, block: Points) -> None:
    letters = "abcdđeghiklmnopqrstuvxy"
    for place, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.left_indent = Mm(12.7)
        space(paragraph, after=3, line=1.15)
        mark = f"{letters[place % len(letters)]})" if block.lettered and len(block.lines) > 1 else "-"
        write(paragraph, f"{mark} {line}")


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    scale = _WIDTH / sum(block.widths)
    widths = [Mm(round(width * scale, 1)) for width in block.widths]
    set_columns(table, widths)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(head.cells, block.heads, strict=True):
        _fill(cell, text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for texts in block.rows:
        row = table.add_row()
        if len(texts) == 1:
            _fill(row.cells[0].merge(row.cells[-1]), texts[0], bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
            keep(row)
            continue
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _fill(cell, text, align=_alignment(block, place))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        set_widths(row, widths)
    space(document.add_paragraph())


def _alignment(block: Grid, place: int) -> Any:
    if place in block.right:
        return WD_ALIGN_PARAGRAPH.RIGHT
    return WD_ALIGN_PARAGRAPH.CENTER if place in block.centred else WD_ALIGN_PARAGRAPH.LEFT


def _fill(cell: Any, text: str, *, align: Any, bold: bool = False) -> None:
    """Text of a cell; each line of it is a paragraph."""
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = align
        space(paragraph, before=2, after=2)
        write(paragraph, line, size=_TABLE, bold=bold)


_WRITERS: dict[type, Any] = {Heading: _heading, Paragraph: _paragraph, Points: _points, Grid: _grid}
