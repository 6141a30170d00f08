"""Building the files that offices send, good and broken, for the tests of reading."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from ansinh.imports.reading.headings import Layout, LayoutColumn

Rows = Sequence[Sequence[Any]]

SAMPLE = Layout(
    key="sample",
    title="Danh sách mẫu",
    columns=(
        LayoutColumn("index", "STT", kind="code"),
        LayoutColumn("name", "Họ và tên", required=True, kind="name"),
        LayoutColumn("born", "Năm sinh", ("Ngày sinh", "Ngày, tháng, năm sinh"), True, "birth"),
        LayoutColumn("sex", "Giới tính", kind="sex"),
        LayoutColumn("personal_number", "Số định danh cá nhân", ("Số CCCD",), kind="personal_number"),
        LayoutColumn("village", "Thôn"),
        LayoutColumn("coefficient", "Hệ số", kind="coefficient"),
        LayoutColumn("amount", "Mức trợ cấp", ("Số tiền",), kind="money"),
        LayoutColumn("from_month", "Thời điểm hưởng", kind="month"),
        LayoutColumn("poor", "Hộ nghèo", kind="mark"),
    ),
    products=(("coefficient", "amount"),),
)

FIRST_SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Hệ số", "Mức trợ cấp", "Thời điểm hưởng"]
GOOD_ROW = [1, "Nguyễn Thị Hoà", "12/03/1947", "034147000123", "1,5", "540.000", "07/2025"]


def xlsx(rows: Rows, *, name: str = "Danh sách", more: dict[str, Rows] | None = None) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for title, lines in {name: rows, **(more or {})}.items():
            page = book.add_worksheet(title)
            for row, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        page.write_string(row, column, cell)
                    elif cell is not None:
                        page.write(row, column, cell)
    return target.getvalue()


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Danh sách")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                page.write(row, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(rows: Rows) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Danh sách")
    for cells in rows:
        line = TableRow()
        for cell in cells:
            if isinstance(cell, int | float):
                box = TableCell(valuetype="float", value=str(cell))
            else:
                box = TableCell(valuetype="string") if cell is not None else TableCell()
            if cell is not None:
                box.addElement(P(text=str(cell)))
            line.addElement(box)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_text(rows: Rows, mark: str = ";") -> str:
    return "\n".join(
        mark.join("" if cell is None else f'"{cell}"' if mark in str(cell) else str(cell) for cell in row) for row in rows
    )


def csv(rows: Rows, mark: str = ";", encoding: str = "utf-8-sig") -> bytes:
    return csv_text(rows, mark).encode(encoding)


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """A zip with some parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for entry in source.infolist():
            if entry.filename not in changed:
                result.writestr(entry, source.read(entry))
        for name, content in changed.items():
            result.writestr(name, content)
    return target.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for name, content in parts.items():
            result.writestr(name, content)
    return target.getvalue()


def one_row(**changed: Any) -> list[list[Any]]:
    """A list of one good row, with some cells changed by heading."""
    row = [changed.get(heading, cell) for heading, cell in zip(HEADINGS, GOOD_ROW, strict=True)]
    return [HEADINGS, row]


def changed_sheet(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    """A workbook whose first sheet has pieces of its page replaced. Each piece must be there."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        page = source.read(FIRST_SHEET)
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new, 1)
    return repacked(data, {FIRST_SHEET: page})


def drawn(draw: Callable[[xlsxwriter.Workbook, Any], None], rows: Rows, *, name: str = "Danh sách", **options: Any) -> bytes:
    """A workbook of these rows with something more drawn on it: a formula, a hidden row, a merged cell."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif cell is not None:
                    page.write(row, column, cell)
        draw(book, page)
    return target.getvalue()
