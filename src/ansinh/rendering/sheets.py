"""The shape of a list on paper: columns, groups with sub-totals, total in words, signatures. Workbooks and PDF draw the same shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ansinh.kernel.money import coefficient_text, number_text

Kind = Literal["text", "code", "index", "number", "money", "coefficient", "date", "month", "sign"]

SUMMED = ("number", "money")
"""Kinds that a sub-total adds up."""


@dataclass(frozen=True)
class Column:
    """One column. `code` is text that keeps leading zeros; `index` numbers the rows; `sign` stays empty for the hand.

    `width` counts characters. `parent` spans neighbours with the same parent. `hidden` columns carry keys for reading back.
    """

    key: str
    heading: str
    width: float = 12
    kind: Kind = "text"
    parent: str = ""
    hidden: bool = False
    summed: bool = False
    editable: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one heading, such as a village, closed by a sub-total. Without a title it is just rows."""

    rows: Iterable[Mapping[str, Any]]
    title: str = ""
    subtotal: str = ""

    @property
    def subtotal_label(self) -> str:
        return self.subtotal or f"Cộng {self.title}"


@dataclass(frozen=True)
class SignBlock:
    """Where somebody signs: 'NGƯỜI LẬP BIỂU', below it '(Ký, ghi rõ họ tên)'; `above` is the place-and-date line."""

    title: str
    note: str = "(Ký, ghi rõ họ tên)"
    above: str = ""
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """One list, ready to be drawn. Groups may be generators: they are walked once."""

    name: str
    columns: tuple[Column, ...]
    groups: Iterable[Group]
    title_lines: tuple[str, ...] = ()
    letterhead: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    above_table: tuple[str, ...] = ()
    total_label: str = ""
    in_words_of: str = ""
    in_words_label: str = "Tổng số tiền viết bằng chữ:"
    below_table: tuple[str, ...] = ()
    sign_blocks: tuple[SignBlock, ...] = ()
    number_columns: bool = False
    footer: str = ""
    row_height: float = 0
    protected: bool = False
    password: str = ""

    @property
    def visible(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.hidden)

    @property
    def has_parents(self) -> bool:
        return any(column.parent for column in self.columns)


@dataclass(frozen=True)
class Line:
    """One line of the table body, in order: a group's title, a row, a sub-total, the total."""

    kind: Literal["group", "row", "subtotal", "total"]
    label: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    index: int = 0


def one_group(rows: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    """Plain rows without group headings."""
    return (Group(rows),)


def lines(sheet: Sheet) -> Iterator[Line]:
    """Walk a sheet once, adding up the summed columns of each group and of the whole."""
    summed = [column.key for column in sheet.columns if column.summed]
    total = dict.fromkeys(summed, 0)
    index = 0
    for group in sheet.groups:
        part = dict.fromkeys(summed, 0)
        if group.title:
            yield Line("group", group.title)
        for values in group.rows:
            index += 1
            for key in summed:
                part[key] += values.get(key) or 0
            yield Line("row", values=values, index=index)
        for key in summed:
            total[key] += part[key]
        if group.title and summed:
            yield Line("subtotal", group.subtotal_label, part)
    if sheet.total_label:
        yield Line("total", sheet.total_label, total)


def shown(column: Column, line: Line) -> str:
    """The text of a cell as it is printed."""
    value = line.index if column.kind == "index" else line.values.get(column.key)
    if value is None or value == "" or column.kind == "sign":
        return ""
    if column.kind in SUMMED and isinstance(value, int):
        return number_text(value)
    if column.kind == "coefficient" and isinstance(value, int):
        return coefficient_text(value)
    if isinstance(value, date):
        return f"{value:%m/%Y}" if column.kind == "month" else f"{value:%d/%m/%Y}"
    return str(value)


def heading_spans(columns: tuple[Column, ...]) -> list[tuple[str, int, int]]:
    """(parent, first, last) for each run of neighbours under the same parent."""
    spans: list[tuple[str, int, int]] = []
    for place, column in enumerate(columns):
        if column.parent and spans and spans[-1][0] == column.parent and spans[-1][2] == place - 1:
            spans[-1] = (column.parent, spans[-1][1], place)
        elif column.parent:
            spans.append((column.parent, place, place))
    return spans
