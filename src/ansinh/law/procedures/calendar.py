"""Days on which an office does not work: the list of each year as the Government announced it, swapped days included.

A year nobody listed has weekends alone, and says so: holidays are never computed, because the lunar ones are announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import jsonschema

from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import read_yaml

FILE = Path(__file__).resolve().parent.parent / "standards" / "holidays.yaml"
SATURDAY = 5


@dataclass(frozen=True)
class HolidayYear:
    """The list of a year: days off besides weekends, Saturdays and Sundays worked instead, and days whose status is not settled."""

    year: int
    days_off: frozenset[date]
    worked: frozenset[date]
    unsure: frozenset[date]
    source: str
    mark: str


@dataclass(frozen=True)
class Calendar:
    """Which days are working days, by the list of each year."""

    years: Mapping[int, HolidayYear] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether the offices work on this day."""
        listed = self.years.get(day.year)
        if listed and day in listed.days_off:
            return False
        return day.weekday() < SATURDAY or bool(listed and day in listed.worked)

    def add_working(self, day: date, count: int) -> date:
        """The last of `count` working days after `day`; the day itself is not counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def working_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`."""
        return sum(self.works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def doubts(self, first: date, last: date) -> list[date]:
        """Days after `first` up to `last` of which it is not settled whether the offices work."""
        every = (day for listed in self.years.values() for day in listed.unsure)
        return sorted(day for day in every if first < day <= last)

    def unlisted(self, first: date, last: date) -> list[int]:
        """Years a span touches whose list nobody wrote down."""
        return [year for year in range(first.year, last.year + 1) if year not in self.years]

    def with_years(self, listed: Iterable[HolidayYear]) -> Calendar:
        """This calendar with the lists of some years replaced."""
        return Calendar({**self.years, **{one.year: one for one in listed}})


_DAYS = {"type": "array", "items": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, "uniqueItems": True}
_YEAR = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"}, "days_off": _DAYS, "worked": _DAYS, "unsure": _DAYS,
        "source": {"type": "string", "minLength": 1}, "mark": {"enum": ["V", "K", "?"]},
    },
    "required": ["year", "days_off", "worked", "unsure", "source", "mark"],
    "additionalProperties": False,
}  # fmt: skip


@cache
def load_years(path: Path = FILE) -> Calendar:
    """The lists that come with the law files. Raises LawFileError for a day of another year, or one both off and worked."""
    rows = read_yaml(path.read_bytes())
    try:
        jsonschema.validate(rows, {"type": "array", "items": _YEAR})
    except jsonschema.ValidationError as error:
        raise LawFileError(f"{path.name}: {error.json_path}: {error.message}") from None
    return Calendar({row["year"]: _year(row, path.name) for row in rows})


def _year(row: dict[str, object], name: str) -> HolidayYear:
    def days(key: str) -> frozenset[date]:
        return frozenset(date.fromisoformat(str(text)) for text in row[key])  # type: ignore[attr-defined]

    made = HolidayYear(
        int(str(row["year"])), days("days_off"), days("worked"), days("unsure"), str(row["source"]), str(row["mark"])
    )
    if faults := year_faults(made):
        raise LawFileError(f"{name}: {made.year}: {'; '.join(faults)}")
    return made


def year_faults(listed: HolidayYear) -> list[str]:
    """What cannot be in the list of a year, in words."""
    faults = []
    every = listed.days_off | listed.worked | listed.unsure
    if outside := sorted(day for day in every if day.year != listed.year):
        faults.append(f"ngày {outside[0]:%d/%m/%Y} không thuộc năm {listed.year}")
    if both := sorted(listed.days_off & listed.worked):
        faults.append(f"ngày {both[0]:%d/%m/%Y} vừa nghỉ vừa làm bù")
    if plain := sorted(day for day in listed.worked if day.weekday() < SATURDAY):
        faults.append(f"ngày làm bù {plain[0]:%d/%m/%Y} không phải thứ Bảy, Chủ nhật")
    return faults
