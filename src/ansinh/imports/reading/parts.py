"""What the reader of spreadsheets does not tell: formulas that failed or were never reckoned, hidden rows. Read from the parts themselves.

Formulas are never run: the value that stood in the cell when the file was saved is the value.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from ansinh.imports.reading.guards import column_number

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]")
_FAILED = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,12})<")
_IS_FAILED = re.compile(rb"\bt=[\"']e[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^<>]*\bhidden=[\"'](?:1|true)[\"'])[^<>]*?\br=[\"'](\d{1,7})[\"']")

_ODS_TABLE = re.compile(rb"<table:table\s([^<>]*)>(.*?)</table:table>", re.DOTALL)
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL)
_ODS_FORMULA = re.compile(rb"table:formula=")
_ODS_RESULT = re.compile(rb"office:(?:[a-z]+-)?value=[\"'][^\"']|<text:p>[^<]")

NO_RESULT = "#CHƯA TÍNH!"


@dataclass
class Told:
    """Of one sheet: texts to put into cells by (row, column) from 0, and the numbers of hidden rows as Excel counts."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)


def look(archive: zipfile.ZipFile) -> dict[str, Told]:
    """What is to be told of each sheet, by its name."""
    if "xl/workbook.xml" in archive.namelist():
        return {name: _xlsx_sheet(page) for name, page in _xlsx_pages(archive)}
    return {_attribute(attributes, "table:name"): _ods_sheet(body) for attributes, body in _ODS_TABLE.findall(_content(archive))}


def _content(archive: zipfile.ZipFile) -> bytes:
    page = archive.read("content.xml")
    return page if _ODS_FORMULA.search(page) or b"table:visibility" in page else b""


def _xlsx_pages(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    names = set(archive.namelist())
    if "xl/_rels/workbook.xml.rels" not in names:
        return
    targets = {}
    for attributes in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        target = _attribute(attributes, "Target")
        targets[_attribute(attributes, "Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for attributes in _SHEET.findall(archive.read("xl/workbook.xml")):
        path = targets.get(_attribute(attributes, r"\w+:id"), "")
        if path in names:
            yield _attribute(attributes, "name"), archive.read(path)


def _xlsx_sheet(page: bytes) -> Told:
    told = Told(hidden=[int(row) for row in _HIDDEN_ROW.findall(page)] if b"hidden=" in page else [])
    if not (_IS_FAILED.search(page) or _FORMULA.search(page)):
        return told
    for attributes, inside in _CELL.findall(page):
        place = _REFERENCE.search(attributes)
        if place is None:
            continue
        at = int(place.group(2)) - 1, column_number(place.group(1)) - 1
        if _IS_FAILED.search(attributes) and (failed := _FAILED.search(inside)):
            told.cells[at] = failed.group(1).decode("ascii", "replace")
        elif _FORMULA.search(inside) and not _RESULT.search(inside) and not _TEXT_RESULT.search(attributes):
            told.cells[at] = f"{NO_RESULT} {place.group(1).decode()}{place.group(2).decode()}"
    return told


def _ods_sheet(body: bytes) -> Told:
    """OpenDocument repeats equal rows and cells by a count, and counts them from the top left."""
    told, row = Told(), 0
    for attributes, cells in _ODS_ROW.findall(body):
        if b"table:visibility=" in attributes and len(told.hidden) < 1000:
            told.hidden.append(row + 1)
        column = 0
        for about, inside in _ODS_CELL.findall(cells) if b"table:formula" in cells else ():
            if _ODS_FORMULA.search(about) and not _ODS_RESULT.search(about + b">" + inside):
                told.cells[row, column] = f"{NO_RESULT} {_letters(column)}{row + 1}"
            column += _repeated(about, "table:number-columns-repeated")
        row += _repeated(attributes, "table:number-rows-repeated")
    return told


def _repeated(attributes: bytes, name: str) -> int:
    text = _attribute(attributes, name)
    return int(text) if text.isdigit() else 1


def _letters(column: int) -> str:
    text = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        text = chr(65 + letter) + text
        column -= 1
    return text


def _attribute(attributes: bytes, name: str) -> str:
    found = re.search(rf"(?:^|\s){name}=([\"'])(.*?)\1", attributes.decode("utf-8", "replace"))
    return html.unescape(found.group(2)) if found else ""
