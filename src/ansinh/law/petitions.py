"""Days to admit and to answer a complaint, a denunciation, a proposal, a report, or an opinion on a posted list: dated data.

Basis: Luật Khiếu nại 02/2011/QH13, Luật Tố cáo 25/2018/QH14, Luật Tiếp công dân 42/2013/QH13; Điều 8 NĐ 20/2021/NĐ-CP.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import jsonschema

from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import read_yaml
from ansinh.law.procedures import Calendar, due_day

FILE = Path(__file__).resolve().parent / "petitions.yaml"
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ROW = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["complaint", "denunciation", "proposal", "report", "posting_opinion"]},
        "step": {"enum": ["admit", "answer"]},
        "days": {"type": "integer", "minimum": 1},
        "longest": {"type": "integer", "minimum": 1},
        "unit": {"enum": ["working", "calendar"]},
        "from": _DAY,
        "to": {"anyOf": [_DAY, {"type": "null"}]},
        "basis": {"type": "string", "minLength": 1},
        "mark": {"enum": ["V", "K", "?"]},
    },
    "required": ["kind", "step", "days", "longest", "unit", "from", "to", "basis", "mark"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Limit:
    """A time of law: `days` from the day after, at most `longest` when it is extended."""

    kind: str
    step: str
    days: int
    longest: int
    unit: str
    start: date
    end: date | None
    basis: str
    mark: str

    def due(self, start: date, calendar: Calendar) -> date:
        """The last day; one that is no working day goes over to the next that is (Điều 148 Bộ luật Dân sự 2015)."""
        return _worked(due_day(start, self.days, self.unit, calendar), calendar)

    def latest(self, start: date, calendar: Calendar) -> date:
        """The last day an extension may give."""
        return _worked(due_day(start, self.longest, self.unit, calendar), calendar)


def _worked(day: date, calendar: Calendar) -> date:
    while not calendar.works(day):
        day += timedelta(days=1)
    return day


@cache
def load_limits(path: Path = FILE) -> tuple[Limit, ...]:
    """Every limit. Raises LawFileError for a file that does not fit its schema."""
    rows = read_yaml(path.read_bytes())
    try:
        jsonschema.validate(rows, {"type": "array", "items": _ROW})
    except jsonschema.ValidationError as error:
        raise LawFileError(f"{path.name}: {error.json_path}: {error.message}") from None
    return tuple(
        Limit(
            row["kind"], row["step"], row["days"], row["longest"], row["unit"], date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None, row["basis"], row["mark"],
        )
        for row in rows
    )  # fmt: skip


def limit_on(kind: str, step: str, day: date) -> Limit | None:
    """The limit of a step for what was received on a day; None where the law sets none."""
    found = (one for one in load_limits() if (one.kind, one.step) == (kind, step))
    return next((one for one in found if one.start <= day and (one.end is None or day < one.end)), None)
