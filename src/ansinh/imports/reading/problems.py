"""What is wrong with a cell, a row or a file: where, what was found, what was expected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One finding. `row` counts as Excel does; 0 is the whole file. `suggestion` is a value the officer may accept."""

    message: str
    level: Literal["error", "warning"] = ERROR
    row: int = 0
    column: str = ""
    found: str = ""
    expected: str = ""
    suggestion: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        where = f"Dòng {self.row}, cột “{self.column}”: " if self.column else f"Dòng {self.row}: " if self.row else ""
        return where + self.message
