"""Excel workbooks in one look. Rows are streamed, so a large list needs little memory.

Text is always written as text: a name that begins with '=' is a name, never a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from os import PathLike
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ansinh.rendering.sheets import SUMMED, Column, Line, Sheet, heading_spans, lines
from ansinh.rendering.words import money_in_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
# The locale mark makes a thousands point where the program follows it; elsewhere the officer's own setting decides.
_WHOLE = "[$-42A]#,##0"
_NUMBER_FORMATS = {
    "number": _WHOLE,
    "money": _WHOLE,
    "coefficient": "[$-42A]0.0#",
    "date": "dd/mm/yyyy",
    "month": "mm/yyyy",
    "index": "0",
}
_CENTRED = ("index", "code", "date", "month", "coefficient")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TEXT = 32_000
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
_FREE_LINES_TO_SIGN = 4
_LINE_HEIGHT = 16


def write_workbook(target: str | PathLike[str] | IO[bytes], sheets: Iterable[Sheet], *, made_at: datetime | None = None) -> None:
    """Write the sheets into an xlsx file or buffer. `made_at` stands in the properties of the file."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        if made_at:
            book.set_properties({"created": made_at})
        styles = _Styles(book)
        taken: set[str] = set()
        for sheet in sheets:
            _SheetWriter(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, styles).write()


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel accepts: 31 characters, no brackets, none twice."""
    plain = _NOT_IN_SHEET_NAMES.sub(" ", name).strip()[:31] or "Danh sách"
    unique, count = plain, 1
    while unique.lower() in taken:
        count += 1
        unique = f"{plain[:27]} ({count})"
    taken.add(unique.lower())
    return unique


class _Styles:
    """Formats made once and shared, by what they are for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, base: dict[str, Any], **more: Any) -> Format:
        wanted = {**base, **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def cell(self, column: Column, *, strong: bool = False, unlocked: bool = False, quoted: bool = False) -> Format:
        more: dict[str, Any] = {"num_format": _NUMBER_FORMATS.get(column.kind, "@")}
        if column.kind in _CENTRED:
            more["align"] = "center"
        if column.kind in SUMMED:
            more["align"] = "right"
        if strong:
            more |= {"bold": True, "bg_color": "#EEF3F6"}
        if unlocked:
            more["locked"] = False
        if quoted:
            more["quote_prefix"] = True
        return self.get(_CELL, **more)


class _SheetWriter:
    """Draws one sheet from top to bottom; in a streamed workbook no earlier row can be touched again."""

    def __init__(self, page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
        self.page, self.sheet, self.styles = page, sheet, styles
        self.row = 0
        self.last = max(len(sheet.columns) - 1, 1)
        shown = [place for place, column in enumerate(sheet.columns) if not column.hidden] or [0]
        self.left, self.right = shown[0], max(shown[-1], shown[0] + 1)

    def write(self) -> None:
        self._columns()
        self._above()
        self._headings()
        grand = self._body()
        self._below(grand)
        self._signatures()
        self._print_setup()

    def _columns(self) -> None:
        for place, column in enumerate(self.sheet.columns):
            self.page.set_column(place, place, column.width, None, {"hidden": column.hidden})

    def _above(self) -> None:
        left, right = self.sheet.letterhead
        middle = (self.left + self.right) // 2
        centred = self.styles.get(_FONT, align="center", bold=True)
        for place in range(max(len(left), len(right))):
            self._span(left[place : place + 1], self.left, middle, centred)
            self._span(right[place : place + 1], middle + 1, self.right, centred)
            self.row += 1
        self.row += 1 if left or right else 0
        for place, text in enumerate(self.sheet.title_lines):
            style = {"bold": True, "font_size": 14} if place == 0 else {"italic": True}
            self._span((text,), self.left, self.right, self.styles.get(_FONT, align="center", **style))
            self.row += 1
        for text in self.sheet.above_table:
            self._span((text,), self.left, self.right, self.styles.get(_FONT, align="left"))
            self.row += 1
        self.row += 1 if self.row else 0

    def _span(self, texts: tuple[str, ...], first: int, last: int, style: Format) -> None:
        for text in texts:
            if first < last:
                self.page.merge_range(self.row, first, self.row, last, "", style)
            self.page.write_string(self.row, first, text, style)

    def _headings(self) -> None:
        style = self.styles.get(_CELL, bold=True, align="center", bg_color="#DCE6EC")
        columns = self.sheet.columns
        self.heading_row = self.row
        if self.sheet.has_parents:
            for place, column in enumerate(columns):
                self.page.write_string(self.row, place, column.parent or column.heading, style)
            self.page.set_row(self.row, self._parents_height())
            self.row += 1
        visible = self.sheet.visible
        deepest = max((ceil(len(column.heading) * 1.2 / max(column.width, 1)) for column in visible), default=1)
        self.page.set_row(self.row, max(deepest, 2 if self.sheet.has_parents else 1) * _LINE_HEIGHT + 2)
        for place, column in enumerate(columns):
            text = column.heading if column.parent or not self.sheet.has_parents else ""
            self.page.write_string(self.row, place, text, style)
        self._merge_headings()
        self.row += 1
        if self.sheet.number_columns:
            number = self.styles.get(_CELL, italic=True, align="center")
            for place, _ in enumerate(columns):
                self.page.write_number(self.row, place, place + 1, number)
            self.row += 1
        self.page.freeze_panes(self.row, 0)
        self.page.repeat_rows(self.heading_row, self.row - 1)

    def _parents_height(self) -> float:
        """Room for the longest heading over neighbours, in the width they have together."""
        deepest = 1
        for text, first, last in heading_spans(self.sheet.columns):
            width = sum(column.width for column in self.sheet.columns[first : last + 1] if not column.hidden)
            if self.sheet.columns[first].parent:
                deepest = max(deepest, ceil(len(text) * 1.25 / max(width, 1)))
        return deepest * _LINE_HEIGHT + 2

    def _merge_headings(self) -> None:
        """Merges are only recorded: `merge_range` would write earlier rows, which a streamed sheet no longer has."""
        if not self.sheet.has_parents:
            return
        top = self.heading_row
        for _, first, last in heading_spans(self.sheet.columns):
            if first < last:
                self.page.merge.append([top, first, top, last])
        for place, column in enumerate(self.sheet.columns):
            if not column.parent:
                self.page.merge.append([top, place, top + 1, place])

    def _body(self) -> Line | None:
        start = group_start = self.row
        grand = None
        for line in lines(self.sheet):
            if line.kind == "row":
                self._row(line)
            elif line.kind == "group":
                self._labelled(line)
                group_start = self.row + 1
            else:
                self._labelled(line, formula_from=group_start if line.kind == "subtotal" else start)
                grand = line if line.kind == "total" else None
            self.row += 1
        return grand

    def _row(self, line: Line) -> None:
        values = [line.index if column.kind == "index" else line.values.get(column.key) for column in self.sheet.columns]
        self._height(values)
        for place, (column, value) in enumerate(zip(self.sheet.columns, values, strict=True)):
            self._cell(place, column, value)

    def _height(self, values: list[Any]) -> None:
        """Rows whose text wraps get their height here: not every program works it out on opening."""
        wrapped = 1
        for column, value in zip(self.sheet.columns, values, strict=True):
            if isinstance(value, str) and not column.hidden and len(value) > column.width * 0.9:
                wrapped = max(wrapped, ceil(len(value) / max(column.width, 1)))
        if wrapped > 1 or self.sheet.row_height:
            self.page.set_row(self.row, max(wrapped * _LINE_HEIGHT, self.sheet.row_height))

    def _cell(self, place: int, column: Column, value: Any) -> None:
        unlocked = column.editable
        style = self.styles.cell(column, unlocked=unlocked)
        if value is None or value == "" or column.kind == "sign":
            self.page.write_blank(self.row, place, None, style)
        elif isinstance(value, date) and value >= _FIRST_DAY_OF_EXCEL:
            self.page.write_datetime(self.row, place, value, style)
        elif isinstance(value, date):
            self.page.write_string(self.row, place, f"{value:%d/%m/%Y}", style)
        elif column.kind == "coefficient" and isinstance(value, int):
            self.page.write_number(self.row, place, Decimal(value) / 100, style)
        elif column.kind in ("number", "money", "index") and isinstance(value, int | Decimal):
            self.page.write_number(self.row, place, value, style)
        else:
            text = str(value)[:_LONGEST_TEXT]
            if text.startswith(_STARTS_A_FORMULA):
                style = self.styles.cell(column, unlocked=unlocked, quoted=True)
            self.page.write_string(self.row, place, text, style)

    def _labelled(self, line: Line, *, formula_from: int | None = None) -> None:
        """A group's title or a sub-total: the label runs up to the first sum; sums are formulas with their values."""
        columns = self.sheet.columns
        sums = [place for place, column in enumerate(columns) if column.summed and formula_from is not None]
        end = sums[0] if sums else len(columns)
        label = self.styles.get(_CELL, bold=True, bg_color="#EEF3F6")
        if end - self.left > 1:
            self.page.merge_range(self.row, self.left, self.row, end - 1, "", label)
        if end > self.left:
            self.page.write_string(self.row, self.left, line.label, label)
        for place in range(end, len(columns)):
            style = self.styles.cell(columns[place], strong=True)
            if place in sums:
                letter = xl_col_to_name(place)
                formula = f"=SUBTOTAL(9,{letter}{(formula_from or 0) + 1}:{letter}{self.row})"
                self.page.write_formula(self.row, place, formula, style, line.values[columns[place].key])
            else:
                self.page.write_blank(self.row, place, None, style)

    def _below(self, grand: Line | None) -> None:
        texts = list(self.sheet.below_table)
        if grand and self.sheet.in_words_of:
            words = money_in_words(grand.values[self.sheet.in_words_of], ending="./.")
            texts.insert(0, f"{self.sheet.in_words_label} {words}")
        for text in texts:
            self._span((text,), self.left, self.right, self.styles.get(_FONT, italic=True, text_wrap=True, align="left"))
            self.row += 1

    def _signatures(self) -> None:
        blocks = self.sheet.sign_blocks
        if not blocks:
            return
        self.row += 1
        edges = [self.left + round(n * (self.right - self.left + 1) / len(blocks)) for n in range(len(blocks) + 1)]
        parts = (("above", {"italic": True}), ("title", {"bold": True}), ("note", {"italic": True}), ("name", {"bold": True}))
        for part, style in parts:
            if part == "name":
                self.row += _FREE_LINES_TO_SIGN
            for block, first, end in zip(blocks, edges, edges[1:], strict=False):
                self._span((getattr(block, part),), first, max(end - 1, first), self.styles.get(_FONT, align="center", **style))
            self.row += 1

    def _print_setup(self) -> None:
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer(f"&L{self.sheet.footer.replace('&', '&&')}&RTrang &P/&N")
        if self.sheet.protected:
            self.page.protect(
                self.sheet.password, {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
            )
