"""One thing once in a list: the same grant, the same ended entry, the same person in a village's sheet."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import room_problem


def claim(row: Row, *what: object) -> None:
    """Note what a row will change when it is committed."""
    row.result = {**row.result, "claims": [*row.result.get("claims", []), " ".join(str(part) for part in what)]}


def refuse_twice(batch: Batch, rows: Iterable[Row]) -> None:
    """A row that claims what another row of the list claims is an error naming that row. One query for the rows not at hand."""
    rows = sorted(rows, key=lambda row: row.number)
    others = batch.rows.exclude(number__in=[row.number for row in rows]).exclude(state__in=["set_aside", "dropped"])
    first = {
        what: number
        for number, claims in others.filter(result__has_key="claims").values_list("number", "result__claims")
        for what in claims
    }
    for row in rows:
        for what in row.result.get("claims", ()):
            if (earlier := first.setdefault(what, row.number)) != row.number:
                row.problems.append(
                    room_problem(
                        column="Họ và tên",
                        level="error",
                        found=row.values.get("name") or "",
                        expected="mỗi người một dòng",
                        message=f"Dòng này và dòng {earlier} là cùng một người, cùng một chế độ.",
                    )
                )
                break
