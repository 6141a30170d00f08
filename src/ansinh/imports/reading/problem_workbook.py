"""The list handed back: every row as it was typed, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from ansinh.imports.reading.lists import ReadResult, ReadRow
from ansinh.imports.reading.problems import ERROR
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook

_NARROWEST, _WIDEST, _LOOKED_AT = 8, 32, 200


def problem_workbook(result: ReadResult, *, only_problems: bool = False) -> bytes:
    """The original columns, then “Vấn đề”; `only_problems` leaves out the rows without any."""
    rows = [row for row in result.rows if row.problems or not only_problems]
    columns = (
        Column("row_number", "Dòng", 7, "code"),
        *(Column(f"raw:{key}", text, _width(key, text, rows)) for key, text in result.columns),
        Column("problems", "Vấn đề", 60),
    )
    sheet = Sheet(
        name="Vấn đề",
        columns=columns,
        groups=one_group(_line(row) for row in rows),
        title_lines=(
            str(result.layout.title),
            f"{result.error_count} dòng có lỗi trong {len(result.rows)} dòng đã đọc, trang “{result.sheet_name}”",
        ),
        above_table=tuple(str(problem) for problem in result.file_problems),
    )
    target = BytesIO()
    write_workbook(target, [sheet])
    return target.getvalue()


def _line(row: ReadRow) -> dict[str, object]:
    said = "\n".join(f"{'Lỗi' if p.level == ERROR else 'Lưu ý'} – {p.column}: {p.message}" for p in row.problems)
    return {"row_number": str(row.number), "problems": said, **{f"raw:{key}": text for key, text in row.raw.items()}}


def _width(key: str, heading: str, rows: Iterable[ReadRow]) -> int:
    longest = max((len(row.raw.get(key, "")) for row in list(rows)[:_LOOKED_AT]), default=0)
    return min(max(longest + 2, len(heading) // 3, _NARROWEST), _WIDEST)
