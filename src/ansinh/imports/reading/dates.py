"""Dates as officers type them, with the precision they carry."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from ansinh.imports.reading.problems import WARNING, Problem
from ansinh.kernel.folding import fold

EARLIEST_YEAR = 1890
LATEST_YEAR = 2100
EXPECTED_DATE = "ngày/tháng/năm, ví dụ 12/03/1947"

_EXCEL_START = date(1899, 12, 30)
_SERIALS = range(3000, 73051)
_FULL = re.compile(r"^(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ t]\d{1,2}:\d{2}.*)?$")
_WORDS = re.compile(r"^(?:ngay )?(\d{1,2}) thang (\d{1,2}) (?:nam )?(\d{4})$")
_MONTH = re.compile(r"^(?:thang |t)?(\d{1,2})(?:\s*[/.\-]\s*| nam )(\d{4})$")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_YEAR = re.compile(r"^(?:nam |sn |[/.\-\s]+)?(\d{4})$")
_ABOUT = re.compile(r"^(?:khoang|~|c\.)\s*(?:nam )?(\d{4})\??$|^(\d{4})\s*\?$")
_GLUED = re.compile(r"^\d{7,8}$")


@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or only the year; `on` is the first day that fits."""

    on: date
    precision: Literal["day", "month", "year"] = "day"

    def as_json(self) -> dict[str, str]:
        return {"on": self.on.isoformat(), "precision": self.precision}

    def __str__(self) -> str:
        return {"day": f"{self.on:%d/%m/%Y}", "month": f"{self.on:%m/%Y}", "year": f"{self.on.year}"}[self.precision]


Reading = tuple[PartialDate | None, Problem | None]


def read_date(cell: Any) -> Reading:
    """A cell as a date with its precision; the problem says what was found and what was expected."""
    if isinstance(cell, datetime):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    text = fold(str(cell)).strip(" .,;'\"()")
    if re.fullmatch(r"\d{1,8}(\.0)?", text):
        return _from_number(float(text))
    return _from_text(text, str(cell))


def _from_number(number: float) -> Reading:
    if number != int(number) and _SERIALS.start <= number < _SERIALS.stop:
        number = int(number)  # a moment of the day
    whole = int(number)
    if whole == number and EARLIEST_YEAR <= whole <= LATEST_YEAR:
        return _checked(whole, 0, 0)
    if whole == number and whole in _SERIALS:
        return PartialDate(_EXCEL_START + timedelta(days=whole)), None
    digits = str(whole)
    if whole == number and _GLUED.match(digits):
        digits = digits.zfill(8)
        value, problem = _checked(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        return value, problem or _warned(f"“{whole}” viết liền, được hiểu là ngày {value}.", str(whole))
    return None, _wrong(f"“{number:g}” không phải là ngày.", f"{number:g}")


def _from_text(text: str, typed: str) -> Reading:
    if found := _FULL.match(text):
        return _typed_full(found, typed)
    if found := _ISO.match(text):
        return _checked(*map(int, found.groups()))
    if found := _WORDS.match(text):
        day, month, year = map(int, found.groups())
        return _checked(year, month, day)
    if found := _MONTH.match(text):
        return _checked(int(found.group(2)), int(found.group(1)), 0)
    if found := _ISO_MONTH.match(text):
        return _checked(int(found.group(1)), int(found.group(2)), 0)
    if found := _YEAR.match(text):
        return _checked(int(found.group(1)), 0, 0)
    if found := _ABOUT.match(text):
        value, problem = _checked(int(found.group(1) or found.group(2)), 0, 0)
        return value, problem or _warned(f"“{typed}” chỉ là khoảng; được hiểu là năm {value}.", typed)
    return None, _wrong(f"“{typed}” không phải là ngày.", typed)


def _typed_full(found: re.Match[str], typed: str) -> Reading:
    day, month, year = map(int, found.groups())
    if len(found.group(3)) == 4:
        return _checked(year, month, day)
    year += 1900 if year >= 30 else 2000
    value, problem = _checked(year, month, day)
    return value, problem or _warned(f"“{typed}” chỉ có hai chữ số năm, được hiểu là năm {year}.", typed)


def _checked(year: int, month: int, day: int) -> Reading:
    """A date if it exists. A 0 for day, or for day and month, means not known: '00/00/1947' is only a year."""
    typed = f"{day:02d}/{month:02d}/{year}" if day else f"{month:02d}/{year}" if month else str(year)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None, _wrong(f"“{typed}”: năm {year} không hợp lý.", typed)
    if month > 12:
        swapped = f"{month:02d}/{day:02d}/{year}" if 1 <= day <= 12 and month <= 31 else ""
        hint = f" Có phải là ngày {swapped}?" if swapped else ""
        return None, _wrong(f"“{typed}”: không có tháng {month}.{hint}", typed, swapped)
    if month and day > (last := calendar.monthrange(year, month)[1]):
        return None, _wrong(f"Ngày {typed} không có: tháng {month}/{year} chỉ có {last} ngày.", typed)
    if month == 0 and day:
        return None, _wrong(f"“{typed}”: có ngày mà không có tháng.", typed)
    precision: Literal["day", "month", "year"] = "day" if day else "month" if month else "year"
    return PartialDate(date(year, month or 1, day or 1), precision), None


def _wrong(message: str, found: str, suggestion: str = "") -> Problem:
    return Problem(message, found=found, expected=EXPECTED_DATE, suggestion=suggestion)


def _warned(message: str, found: str) -> Problem:
    return Problem(message, WARNING, found=found, expected=EXPECTED_DATE)
