"""The 12-digit personal number: zeros lost by spreadsheets, old 9-digit numbers, and what the digits say.

Basis: Luật Căn cước 2023, Điều 12. Numbers in use tell province of birth registration, century and sex, year.
"""

from __future__ import annotations

import re
from typing import Any

from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.problems import WARNING, Problem

EXPECTED = "12 chữ số, ví dụ 034155000123"

PROVINCES = frozenset(
    [
        "01",
        "02",
        "04",
        "06",
        "08",
        "10",
        "11",
        "12",
        "14",
        "15",
        "17",
        "19",
        "20",
        "22",
        "24",
        "25",
        "26",
        "27",
        "30",
        "31",
        "33",
        "34",
        "35",
        "36",
        "37",
        "38",
        "40",
        "42",
        "44",
        "45",
        "46",
        "48",
        "49",
        "51",
        "52",
        "54",
        "56",
        "58",
        "60",
        "62",
        "64",
        "66",
        "67",
        "68",
        "70",
        "72",
        "74",
        "75",
        "77",
        "79",
        "80",
        "82",
        "83",
        "84",
        "86",
        "87",
        "89",
        "91",
        "92",
        "93",
        "94",
        "95",
        "96",
    ]
)
"""The 63 provinces in which births were registered up to mid-2025; numbers given then stay as they are."""


_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?[eE]\+?\d{1,2}$")


def read_personal_number(cell: Any) -> tuple[str | None, Problem | None]:
    """A cell as a 12-digit number. Fewer digits are a problem with a guess, never filled up silently."""
    typed = _typed(cell)
    digits = re.sub(r"[\s.\-'’`]", "", typed)
    if _SCIENTIFIC.match(typed):
        message = f"“{typed}”: Excel đã rút gọn số định danh nên mất các chữ số cuối. Hãy định dạng cột là Văn bản và ghi lại số."
        return None, _problem(message, typed)
    if not (digits.isascii() and digits.isdigit()):
        return None, _problem(f"Số định danh “{typed}” có ký tự không phải chữ số.", typed)
    if len(digits) == 12:
        return digits, _prefix_problem(digits)
    if len(digits) == 9:
        message = f"“{typed}” có 9 chữ số, là số chứng minh nhân dân cũ; cần số định danh 12 chữ số."
        return None, Problem(message, WARNING, found=typed, expected=EXPECTED)
    if len(digits) in (10, 11):
        guess = digits.zfill(12)
        message = f"“{typed}” chỉ có {len(digits)} chữ số; có lẽ bảng tính đã bỏ số 0 ở đầu. Có phải là {guess}?"
        return None, _problem(message, typed, guess)
    return None, _problem(f"Số định danh “{typed}” có {len(digits)} chữ số.", typed)


def _typed(cell: Any) -> str:
    if isinstance(cell, float) and abs(cell) < 1e15 and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()


def _prefix_problem(digits: str) -> Problem | None:
    if digits[0] == "0" and digits[1:3] in PROVINCES:
        return None
    message = f"Ba chữ số đầu “{digits[:3]}” không phải mã của tỉnh nào trong 63 tỉnh; đúng nếu khai sinh ở nước ngoài."
    return Problem(message, WARNING, found=digits, expected=EXPECTED)


def old_number(cell: Any) -> str:
    """The old 9-digit number in a cell, or an empty text."""
    digits = re.sub(r"[\s.\-'’`]", "", _typed(cell))
    return digits if len(digits) == 9 and digits.isascii() and digits.isdigit() else ""


def compare(number: str, *, sex: str | None, born: PartialDate | None) -> list[Problem]:
    """Warnings where digits 4 to 6 say another sex or birth year than the row; corrections of either exist, so never errors."""
    found = []
    century, parity = divmod(int(number[3]), 2)
    year = 1900 + 100 * century + int(number[4:6])
    if sex in ("male", "female") and (sex == "female") != bool(parity):
        said = "nữ" if parity else "nam"
        message = f"Chữ số thứ tư của số định danh {number} cho biết là {said}, khác giới tính ghi trong danh sách."
        found.append(Problem(message, WARNING, found=number, expected="số khớp giới tính"))
    if born and born.on.year != year:
        message = f"Số định danh {number} cho biết sinh năm {year}, danh sách ghi {born.on.year}."
        found.append(Problem(message, WARNING, found=number, expected="số khớp năm sinh"))
    return found


def _problem(message: str, found: str, suggestion: str = "") -> Problem:
    return Problem(message, found=found, expected=EXPECTED, suggestion=suggestion)
