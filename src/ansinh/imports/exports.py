"""Lists handed back."""

from __future__ import annotations

from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch
from ansinh.imports.reading.problems import problem_sheet


def problem_workbook(batch: Batch) -> bytes:
    """The list as it came, with the problems of each row in the last column."""
    rows = [(row.number, row.raw, [p["message"] for p in row.problems], row.get_state_display()) for row in batch.rows.all()]
    return problem_sheet(kind_of(batch.layout).layout, rows, title=batch.title)
