"""Letters to people, one page each, in one Word file: the letterhead of the office, the words, the place to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from ansinh.rendering.layout import bare_table, centred, rule, set_up, space, write

_LEFT, _RIGHT = 68, 97
_FREE_LINES_TO_SIGN = 4


@dataclass(frozen=True)
class Letter:
    """One letter. `parent` is the line above the office and may be empty; `sign` the lines above the signature."""

    parent: str
    office: str
    place: str
    dated: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    sign: tuple[str, ...]


def write_letters(letters: Sequence[Letter], *, made_at: datetime | None = None) -> bytes:
    """The letters as a Word file, each on a page of its own."""
    document = Document()
    set_up(document, title=letters[0].title, author=letters[0].office, right=15, made_at=made_at)
    document.sections[0].header.is_linked_to_previous = False
    document.sections[0].different_first_page_header_footer = False
    for run in document.sections[0].header.paragraphs[0].runs:
        run._r.getparent().remove(run._r)  # letters to several people have no common count of pages
    for number, letter in enumerate(letters):
        _letter(document, letter, new_page=number > 0)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _letter(document: Any, letter: Letter, *, new_page: bool) -> None:
    first = document.add_paragraph()
    first.paragraph_format.page_break_before = new_page
    space(first)
    left, right = bare_table(document, (_LEFT, _RIGHT))
    centred(left, letter.parent, size=12)
    centred(left, letter.office, size=12, bold=True)
    rule(left, _LEFT, 26)
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, _RIGHT, 60)
    _empty, dated = bare_table(document, (_LEFT, _RIGHT))
    centred(dated, f"{letter.place}, {letter.dated}", size=13, italic=True, before=4)
    for text, size, bold, before in ((letter.title, 14, True, 18), (f"Kính gửi: {letter.to}", 14, False, 12)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        space(paragraph, before=before, after=6)
        write(paragraph, text, size=size, bold=bold)
    for text in letter.paragraphs:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        space(paragraph, after=6, line=1.15)
        write(paragraph, text, size=14)
    space(document.add_paragraph())
    _empty, right = bare_table(document, (_LEFT, _RIGHT))
    for line in letter.sign:
        centred(right, line, size=13, bold=True)
    for _line in range(_FREE_LINES_TO_SIGN):
        space(right.add_paragraph())
