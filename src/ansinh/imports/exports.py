"""Lists handed back."""

from __future__ import annotations

from django.utils.translation import override

from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.reading.lists import ReadResult, ReadRow
from ansinh.imports.reading.problem_workbook import problem_workbook as build
from ansinh.imports.reading.problems import Problem


@override("vi")
def problem_workbook(batch: Batch) -> bytes:
    """The list as it came, with the problems of each row in the last column."""
    return build(
        ReadResult(
            layout=kind_of(batch.layout).layout,
            sheet_name=batch.settings.get("sheet", ""),
            meta={},
            rows=[ReadRow(row.number, {}, row.raw, _problems(row)) for row in batch.rows.all()],
            file_problems=[_problem(found) for found in batch.problems],
            unknown_columns=[],
            columns=[(key, label) for key, label in batch.settings.get("columns", [])],
        )
    )


def _problems(row: Row) -> list[Problem]:
    found = [_problem(problem) for problem in row.problems]
    if row.set_aside_reason:
        found.append(Problem(f"Chờ bổ sung: {row.set_aside_reason}", "warning", row.number))
    return found


def _problem(found: dict) -> Problem:
    return Problem(**{key: found[key] for key in Problem.__dataclass_fields__ if key in found})
