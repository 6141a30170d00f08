"""Reading a whole list: the door of this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ansinh.imports.reading import body, codings, personal_number
from ansinh.imports.reading.above import read_above
from ansinh.imports.reading.checks import check_rows
from ansinh.imports.reading.codings import OldCoding
from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.files import Cell, Grid, Opened, open_file, open_pasted
from ansinh.imports.reading.headings import Heading, Layout, again_at_its_place, find_heading, headings_in
from ansinh.imports.reading.old_letters import mended_name
from ansinh.imports.reading.problems import ERROR, WARNING, Problem
from ansinh.imports.reading.values import is_blank, read, shown
from ansinh.kernel.errors import InvalidInput

_MOST_NAMED = 12
_A_SECOND_TABLE = 3  # cells under their own headings that are headings themselves

OldLetters = Literal["ask", "convert", "keep"]


class AsksAboutLetters(InvalidInput):
    """The file is in an old coding and nobody said yet whether to convert it. `found` has samples, `layout` what it will be."""

    def __init__(self, found: OldCoding, layout: Layout) -> None:
        super().__init__(
            f"Tệp dùng bảng mã {found.label}: {found.cells} ô. Hãy cho biết chuyển sang Unicode (ví dụ "
            f"“{found.samples[0][0]}” thành “{found.samples[0][1]}”) hay giữ nguyên."
        )
        self.found, self.layout = found, layout


@dataclass
class ReadRow:
    """One row: `number` as Excel counts, `values` by column key as understood, `raw` as typed, `group` the village above it."""

    number: int
    values: dict[str, Any]
    raw: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    group: str = ""

    @property
    def has_errors(self) -> bool:
        return any(problem.level == ERROR for problem in self.problems)

    def values_as_json(self) -> dict[str, Any]:
        """Values for a JSON column: dates in ISO, partial dates as {'on', 'precision'}."""
        return {key: _plain(value) for key, value in self.values.items()}


@dataclass
class ReadResult:
    """A list as read. `file_problems` concern the whole; `unknown_columns` were kept in `raw` and not understood."""

    layout: Layout
    sheet_name: str
    meta: dict[str, Any]
    rows: list[ReadRow]
    file_problems: list[Problem]
    unknown_columns: list[str]
    columns: list[tuple[str, str]] = field(default_factory=list)
    converted: str = ""

    @property
    def error_count(self) -> int:
        return sum(1 for row in self.rows if row.has_errors)

    def meta_as_json(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in self.meta.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.as_json()
    return value.isoformat() if isinstance(value, date) else value


def read_list(
    data: bytes,
    filename: str,
    layouts: Sequence[Layout],
    *,
    sheet: str | None = None,
    on: date | None = None,
    password: str | None = None,
    old_letters: OldLetters = "keep",
) -> ReadResult:
    """Read a file as one of the layouts. `sheet` picks a sheet by name; `on` is the day after which dates lie in the future.

    Raises Locked for a file with a password; AsksAboutLetters (only when `old_letters` is "ask") for one in an old coding.
    """
    opened = open_file(data, filename, password=password)
    return _read_opened(opened, layouts, sheet=sheet, on=on, old_letters=old_letters)


def read_pasted(text: str, layouts: Sequence[Layout], *, on: date | None = None, old_letters: OldLetters = "keep") -> ReadResult:
    """Read cells pasted from Excel, heading row included."""
    return _read_opened(open_pasted(text), layouts, sheet=None, on=on, old_letters=old_letters)


def _read_opened(
    opened: Opened, layouts: Sequence[Layout], *, sheet: str | None, on: date | None, old_letters: OldLetters
) -> ReadResult:
    found = codings.find(opened.grids)
    grids = opened.grids
    if found and old_letters != "keep":
        grids = [Grid(grid.name, codings.convert(grid, found.coding)) for grid in grids]
    grid, heading, remarks = _choose(grids, layouts, sheet)
    if found and old_letters == "ask":
        raise AsksAboutLetters(found, heading.layout)
    if found:
        remarks.append(_about_letters(found, old_letters))
    result = ReadResult(
        layout=heading.layout,
        sheet_name=grid.name,
        meta=read_above(grid.rows[: heading.first_row]),
        rows=[],
        file_problems=[Problem(text, WARNING) for text in (*opened.remarks, *remarks)],
        unknown_columns=list(heading.unknown.values()),
        columns=[(heading.keys[place], text) for place, text in sorted(heading.texts.items())],
        converted=found.coding if found and old_letters == "convert" else "",
    )
    result.file_problems += _heading_problems(heading)
    _read_body(grid, heading, result)
    if not result.rows:
        raise InvalidInput(
            f"Trang “{grid.name}” có dòng tiêu đề (dòng {heading.first_row + 1}) nhưng bên dưới không có dòng dữ liệu nào."
        )
    check_rows(result.layout, result.rows, result.meta, on=on)
    return result


def _about_letters(found: OldCoding, chosen: OldLetters) -> str:
    if chosen == "convert":
        return f"Đã chuyển {found.cells} ô từ bảng mã {found.label} sang Unicode. Hãy xem lại họ tên trước khi nạp."
    return f"Có {found.cells} ô dùng bảng mã {found.label}, được giữ nguyên nên có thể sai dấu."


def _choose(grids: list[Grid], layouts: Sequence[Layout], wanted: str | None) -> tuple[Grid, Heading, list[str]]:
    """The sheet with the headings. When several have them the first is used, and the officer is told."""
    if wanted is not None:
        grids = [grid for grid in grids if grid.name == wanted]
        if not grids:
            raise InvalidInput(f"Tệp không có trang tính tên “{wanted}”.")
    found = [(grid, heading) for grid in grids if (heading := find_heading(grid.rows, layouts))]
    whole = [(grid, heading) for grid, heading in found if not heading.missing]
    if not whole:
        raise _no_table(grids, found, layouts)
    grid, heading = whole[0]
    others = [other.name for other, _ in whole[1:]]
    remarks = []
    if others:
        names = ", ".join(f"“{name}”" for name in others[:_MOST_NAMED])
        remarks.append(
            f"Tệp có nhiều trang có danh sách; đã đọc trang “{grid.name}”, chưa đọc: {names}. Cần thì nhập riêng từng trang."
        )
    return grid, heading, remarks


def _no_table(grids: list[Grid], found: list[tuple[Grid, Heading]], layouts: Sequence[Layout]) -> InvalidInput:
    """Why no table was found, and what was expected."""
    if not any(not is_blank(cell) for grid in grids for row in grid.rows for cell in row):
        return InvalidInput("Tệp không có ô nào có chữ. Hãy kiểm tra lại tệp vừa chọn.")
    if max((len(row) for grid in grids for row in grid.rows), default=0) == 1:
        return InvalidInput(
            "Mỗi dòng của tệp chỉ có một cột, không tách được. Hãy lưu lại thành .xlsx, hoặc .csv có dấu chấm phẩy."
        )
    if found:
        grid, heading = max(found, key=lambda pair: len(pair[1].places))
        seen = ", ".join(f"“{text}”" for text in list(heading.texts.values())[:_MOST_NAMED])
        missing = ", ".join(f"“{label}”" for label in heading.missing)
        return InvalidInput(
            f"Trang “{grid.name}”, dòng {heading.first_row + 1}: giống “{heading.layout.title}” nhưng thiếu cột {missing}. "
            f"Các cột tìm thấy: {seen}."
        )
    expected = "; ".join(
        f"{layout.title}: " + ", ".join(column.label for column in layout.columns if column.required) for layout in layouts
    )
    return InvalidInput(f"Không tìm thấy dòng tiêu đề cột trong tệp. Cần có các cột — {expected}.")


def _heading_problems(heading: Heading) -> list[Problem]:
    problems = []
    for key, places in heading.doubled.items():
        label, count = heading.layout.label(key), len(places) + 1
        problems.append(
            Problem(
                f"Có {count} cột cùng tiêu đề “{label}”; chỉ cột đầu tiên được dùng.",
                WARNING,
                row=heading.first_row + 1,
                column=label,
                found=f"{count} cột",
                expected="một cột",
            )
        )
    return problems


def _read_body(grid: Grid, heading: Heading, result: ReadResult) -> None:
    group, after_end = "", 0
    ended = False
    for offset, row in enumerate(grid.rows[heading.body_row :]):
        kind = body.kind_of(row, heading)
        if kind == "data" and headings_in(row, heading) >= _A_SECOND_TABLE:
            if again_at_its_place(row, heading):
                continue  # printed again at the top of a page
            raise InvalidInput(
                f"Trang “{grid.name}”, dòng {heading.body_row + offset + 1}: có bảng thứ hai với tiêu đề khác bảng đầu "
                f"(dòng {heading.first_row + 1}). Mỗi trang chỉ để một bảng; hãy tách bảng thứ hai sang tệp hoặc trang khác."
            )
        if ended:
            after_end += kind == "data"
        elif kind == "end":
            ended = True
        elif kind == "group":
            group = body.group_name(row)
        elif kind == "data":
            result.rows.append(_read_row(row, heading, heading.body_row + offset + 1, group, result.converted))
    if after_end > _MOST_NAMED:
        message = f"Có {after_end} dòng nằm dưới phần chữ ký không được đọc. Nếu đó là danh sách, hãy đưa lên trên phần chữ ký."
        result.file_problems.append(Problem(message, WARNING))


def _read_row(row: Sequence[Cell], heading: Heading, number: int, group: str, converted: str) -> ReadRow:
    raw = {key: shown(row[place]) for place, key in heading.keys.items() if place < len(row) and not is_blank(row[place])}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, place in heading.places.items():
        column = heading.layout.by_key[key]
        cell = row[place] if place < len(row) else None
        if converted == "tcvn3" and column.kind == "name" and isinstance(cell, str):
            cell = mended_name(cell)
        value, problem = read(column.kind, cell)
        if value is not None:
            values[key] = value
        elif column.required and not column.may_be_blank and problem is None:
            problem = Problem(f"Thiếu “{column.label}”.", found="ô trống", expected=column.label)
        if column.kind == "personal_number" and value is None and (old := personal_number.old_number(cell)):
            values["old_number"] = old
        if problem:
            problems.append(_placed(problem, number, column.label))
    if group and "village" not in values:
        values["village"] = group
    return ReadRow(number, values, raw, problems, group)


def _placed(problem: Problem, number: int, label: str) -> Problem:
    return Problem(problem.message, problem.level, number, label, problem.found, problem.expected, problem.suggestion)
