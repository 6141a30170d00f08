"""Signing sheets as PDF: large print, repeated headings, village sub-totals, the total in words, signatures, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from fpdf import FPDF

from ansinh.rendering.lettering import Fitted, Fitter
from ansinh.rendering.sheets import Column, Line, Sheet, SignBlock, heading_spans, lines, shown
from ansinh.rendering.words import money_in_words

PDF = "application/pdf"

_FONT = "Noto Serif"
_STYLES = {"": "Regular", "B": "Bold", "I": "Italic"}
# The font has no U+2212; the en dash is what the eye expects of a minus.
_REPLACED = {"\u2212": "\u2013", "\t": " "}
_PADDING = 1.2
_SIGNING = 46  # mm that signatures need
_RIGHT = ("money", "number")
_CENTRED = ("index", "code", "date", "month", "coefficient")


@dataclass(frozen=True)
class Look:
    """Sizes of a printed list, in points and millimetres. The default is large print on A4 landscape."""

    orientation: str = "landscape"
    text_size: float = 12
    heading_size: float = 10.5
    row_height: float = 13
    line_height: float = 5.4
    margin: float = 12


LARGE_PRINT = Look()
PLAIN = Look(text_size=9.5, heading_size=9, row_height=6.5, line_height=4.3)


def signing_sheet(sheets: Sequence[Sheet], *, look: Look = LARGE_PRINT, made_at: datetime | None = None) -> bytes:
    """The sheets as one PDF, each starting on a new page."""
    paper = _Paper(look)
    if made_at:
        paper.set_creation_date(made_at)
    for sheet in sheets:
        _Drawing(paper, sheet, look).draw()
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with our font and page numbers."""

    footer_text = ""

    def __init__(self, look: Look) -> None:
        super().__init__(orientation=look.orientation, unit="mm", format="A4")
        folder = files("ansinh.rendering") / "fonts"
        for style, name in _STYLES.items():
            self.add_font(_FONT, style, str(folder / f"NotoSerif-{name}.ttf"))
        self.set_margin(look.margin)
        self.set_auto_page_break(False)
        self.set_lang("vi")
        self.alias_nb_pages("{nb}")

    def footer(self) -> None:
        self.set_y(-9)
        self.set_font(_FONT, "I", 9)
        self.cell(0, 5, self.footer_text)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"Trang {self.page_no()}/{{nb}}", align="R")


def _printable(text: str) -> str:
    for wrong, right in _REPLACED.items():
        text = text.replace(wrong, right)
    return "".join(character for character in text if character.isprintable() or character == "\n")


class _Drawing:
    """One sheet on as many pages as it needs."""

    def __init__(self, paper: _Paper, sheet: Sheet, look: Look) -> None:
        self.paper, self.sheet, self.look = paper, sheet, look
        self.style, self.size = "", look.text_size
        self.fitter = Fitter(self._measure)
        self.columns = sheet.visible
        scale = paper.epw / sum(column.width for column in self.columns)
        self.widths = [column.width * scale for column in self.columns]
        self.bottom = paper.h - look.margin

    def draw(self) -> None:
        self.paper.footer_text = _printable(self.sheet.footer)
        self.paper.add_page()
        self._above()
        self._headings()
        waiting: list[Line] = []  # the last row with its village's name and the sums below it: they go with the signatures
        for line in lines(self.sheet):
            if line.kind == "group" or (line.kind == "row" and [one.kind for one in waiting] != ["group"]):
                self._lines(waiting)
                waiting = []
            waiting.append(line)
        self._tail(waiting)

    def _lines(self, drawn: Sequence[Line]) -> None:
        for line in drawn:
            if line.kind == "row":
                self._row(line)
            else:
                self._strong(line)

    def _tail(self, last: Sequence[Line]) -> None:
        """The last lines, the words below and the signatures on one page: nobody signs a page that says nothing."""
        grand = next((line for line in last if line.kind == "total"), None)
        texts = self._texts_below(grand)
        height = sum(self._row_height(line)[1] if line.kind == "row" else self._strong_height() for line in last)
        height += 2 + len(texts) * (self.look.line_height + 0.6) + (_SIGNING if self.sheet.sign_blocks else 0)
        if self.paper.get_y() + height > self.bottom:
            self.paper.add_page()
            self._headings()
        self._lines(last)
        self._below(texts)
        self._signatures()

    def _above(self) -> None:
        left, right = self.sheet.letterhead
        half = self.paper.epw / 2
        for place in range(max(len(left), len(right))):
            self._font("B", 11)
            for texts in (left, right):
                self.paper.cell(half, 5.5, _printable(texts[place]) if place < len(texts) else "", align="C")
            self.paper.ln(5.5)
        self.paper.ln(3)
        for place, text in enumerate(self.sheet.title_lines):
            self._font("B" if place == 0 else "I", 14 if place == 0 else 11)
            self.paper.multi_cell(0, 6.5, _printable(text), align="C", new_x="LMARGIN", new_y="NEXT")
        self._font("", self.look.text_size)
        for text in self.sheet.above_table:
            self.paper.multi_cell(0, 6, _printable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.paper.ln(2)

    def _font(self, style: str, size: float) -> None:
        self.style, self.size = style, size
        self.paper.set_font(_FONT, style, size)

    def _measure(self, text: str, style: str, size: float) -> float:
        self.paper.set_font(_FONT, style, size)
        width = self.paper.get_string_width(text)
        self.paper.set_font(_FONT, self.style, self.size)
        return float(width)

    # --- headings

    def _headings(self) -> None:
        """The heading rows; drawn again on every page."""
        self._font("B", self.look.heading_size)
        self.paper.set_fill_color(220, 230, 236)
        top, spans = self.paper.get_y(), heading_spans(self.columns)
        line = self.look.line_height
        parent_height = max([self._height(s[0], sum(self.widths[s[1] : s[2] + 1]), line) for s in spans], default=0)
        below = [self._height(c.heading, w, line) for c, w in zip(self.columns, self.widths, strict=True) if c.parent]
        alone = [self._height(c.heading, w, line) for c, w in zip(self.columns, self.widths, strict=True) if not c.parent]
        full = max([parent_height + max(below, default=0), *alone, 10])
        for parent, first, last in spans:
            self._box(self._x(first), top, sum(self.widths[first : last + 1]), parent_height, parent, "C", fill=True)
        for place, column in enumerate(self.columns):
            start = top + parent_height if column.parent else top
            self._box(self._x(place), start, self.widths[place], top + full - start, column.heading, "C", fill=True)
        self.paper.set_xy(self.paper.l_margin, top + full)

    def _x(self, place: int) -> float:
        return self.paper.l_margin + sum(self.widths[:place])

    def _fit(self, text: str, width: float) -> Fitted:
        return self.fitter.fit(text, self.style, self.size, max(width - 2 * _PADDING, 4))

    def _height(self, text: str, width: float, line: float) -> float:
        """The height that a text needs in a width, with room above and below."""
        return max(len(self._fit(text, width).lines), 1) * line + 2 * _PADDING

    def _box(self, x: float, y: float, width: float, height: float, text: str, align: str, *, fill: bool = False) -> None:
        """A bordered cell with its text in the middle of the height."""
        self.paper.rect(x, y, width, height, style="DF" if fill else "D")
        if not text:
            return
        fitted, line = self._fit(text, width), self.look.line_height
        self.paper.set_font(_FONT, self.style, fitted.size)
        top = y + max((height - line * len(fitted.lines)) / 2, 0)
        for place, words in enumerate(fitted.lines):
            self.paper.set_xy(x + _PADDING, top + place * line)
            self.paper.cell(width - 2 * _PADDING, line, words, align=align)
        self.paper.set_font(_FONT, self.style, self.size)

    # --- body

    def _page_for(self, height: float) -> None:
        if self.paper.get_y() + height > self.bottom:
            self.paper.add_page()
            self._headings()

    def _row_height(self, line: Line) -> tuple[list[str], float]:
        """The texts of a row, and how high it is."""
        self._font("", self.look.text_size)
        texts = [_printable(shown(column, line)) for column in self.columns]
        heights = [self._height(text, width, self.look.line_height) for text, width in zip(texts, self.widths, strict=True)]
        return texts, max(self.look.row_height, *heights)

    def _strong_height(self) -> float:
        return max(self.look.row_height * 0.75, 6.5)

    def _row(self, line: Line) -> None:
        texts, height = self._row_height(line)
        self._page_for(height)
        self._font("", self.look.text_size)
        top = self.paper.get_y()
        for place, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
            self._box(self._x(place), top, self.widths[place], height, text, _alignment(column))
        self.paper.set_xy(self.paper.l_margin, top + height)

    def _strong(self, line: Line) -> None:
        """A village's name, its sub-total or the total: the label runs up to the first summed column."""
        height = self._strong_height()
        # A village's name is never the last line of a page: room for one row below it is kept.
        self._page_for(height + (self.look.row_height if line.kind == "group" else 0))
        self._font("B", self.look.text_size)
        self.paper.set_fill_color(238, 243, 246)
        top = self.paper.get_y()
        first = next((p for p, c in enumerate(self.columns) if c.summed and line.kind != "group"), len(self.columns))
        if first:
            self._box(self.paper.l_margin, top, sum(self.widths[:first]), height, _printable(line.label), "L", fill=True)
        for place in range(first, len(self.columns)):
            column = self.columns[place]
            text = _printable(shown(column, line)) if column.summed else ""
            self._box(self._x(place), top, self.widths[place], height, text, _alignment(column), fill=True)
        self.paper.set_xy(self.paper.l_margin, top + height)

    # --- below the table

    def _texts_below(self, grand: Line | None) -> list[str]:
        texts = list(self.sheet.below_table)
        if grand and self.sheet.in_words_of:
            words = money_in_words(grand.values[self.sheet.in_words_of], ending="./.")
            texts.insert(0, f"{self.sheet.in_words_label} {words}")
        return texts

    def _below(self, texts: Sequence[str]) -> None:
        self._font("I", self.look.text_size)
        self.paper.ln(2)
        for text in texts:
            if self.paper.get_y() + 2 * self.look.line_height > self.bottom:
                self.paper.add_page()
            self.paper.multi_cell(0, self.look.line_height + 0.6, _printable(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def _signatures(self) -> None:
        blocks = self.sheet.sign_blocks
        if not blocks:
            return
        if self.paper.get_y() + _SIGNING > self.bottom:
            self.paper.add_page()
        self.paper.ln(3)
        top, width = self.paper.get_y(), self.paper.epw / len(blocks)
        for place, block in enumerate(blocks):
            self._signature(block, self.paper.l_margin + place * width, top, width)

    def _signature(self, block: SignBlock, x: float, top: float, width: float) -> None:
        steps = ((block.above, "I", 0.0), (block.title, "B", 6.0), (block.note, "I", 12.0), (block.name, "B", 36.0))
        for text, style, down in steps:
            if text:
                self._font(style, 11.5)
                self.paper.set_xy(x, top + down)
                self.paper.cell(width, 6, _printable(text), align="C")


def _alignment(column: Column) -> str:
    if column.kind in _RIGHT:
        return "R"
    return "C" if column.kind in _CENTRED else "L"
