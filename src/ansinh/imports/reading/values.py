"""One reader for each kind of column. A reader gives (value, problem); neither ever fails on strange input."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from ansinh.imports.reading.dates import PartialDate, read_date
from ansinh.imports.reading.numbers import read_coefficient, read_integer, read_money
from ansinh.imports.reading.parts import NO_RESULT
from ansinh.imports.reading.personal_number import read_personal_number
from ansinh.imports.reading.problems import WARNING, Problem
from ansinh.kernel.folding import fold, tidy

Kind = Literal[
    "text", "code", "name", "birth", "date", "month", "money", "coefficient", "integer", "personal_number", "sex", "mark"
]
Reading = tuple[Any, Problem | None]

_LONGEST_TEXT = 2000
_LONGEST_NAME = 100
_ERROR_CELL = re.compile(r"^#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)$")
_HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")
_MALE = frozenset(("nam", "trai", "m", "male", "ong"))
_FEMALE = frozenset(("nu", "gai", "f", "female", "ba"))
_YES = frozenset(("x", "1", "co", "v", "✓", "✔", "true", "dung", "yes"))
_NO = frozenset(("0", "khong", "false", "sai", "no", "-"))


def shown(cell: Any) -> str:
    """A cell as text, as the officer sees it: 1.0 is '1', a date is dd/mm/yyyy. In NFC, without invisible signs."""
    if isinstance(cell, str):
        return _tidied(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and abs(cell) < 1e15 and cell == int(cell) else repr(cell)
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
    return _tidied(str(cell))


@lru_cache(maxsize=2048)
def _tidied(text: str) -> str:
    """The cells of a row are asked for many times while it is read: a few rows are kept, not the list."""
    return tidy(_HIDDEN.sub("", text))


def is_blank(cell: Any) -> bool:
    if isinstance(cell, str):
        return not cell or (not cell[0].isalnum() and not shown(cell))
    return cell is None


def read(kind: Kind, cell: Any) -> Reading:
    """A cell as a value of a kind. A blank cell is None without a problem: whether it may be blank, the row knows."""
    if is_blank(cell):
        return None, None
    if isinstance(cell, float) and not math.isfinite(cell):
        cell = str(cell)
    if isinstance(cell, str):
        cell = shown(cell)
        if cell.startswith(NO_RESULT):
            place = cell.removeprefix(NO_RESULT).strip()
            message = f"Ô {place} có công thức nhưng tệp không giữ kết quả. Hãy mở tệp bằng Excel, lưu lại rồi nhập lại."
            return None, Problem(message, found="công thức chưa tính", expected="giá trị")
        if _ERROR_CELL.match(cell):
            return None, Problem(f"Công thức trong ô bị lỗi ({cell}).", found=cell, expected="giá trị, không phải công thức lỗi")
    return _READERS[kind](cell)


def read_text(cell: Any) -> Reading:
    text = shown(cell)
    if len(text) > _LONGEST_TEXT:
        message = f"Ô có {len(text)} ký tự, quá dài."
        return None, Problem(message, found=text[:60] + "…", expected=f"không quá {_LONGEST_TEXT} ký tự")
    return text, None


def read_name(cell: Any) -> Reading:
    """A full name, kept whole and as typed."""
    name, expected = shown(cell), "họ và tên đầy đủ"
    if len(name) > _LONGEST_NAME:
        return None, Problem(f"Họ tên có {len(name)} ký tự, quá dài.", found=name[:60] + "…", expected=expected)
    if not any(character.isalpha() for character in name):
        return None, Problem(f"“{name}” không phải là họ tên.", found=name, expected=expected)
    odd = sorted({c for c in name if not (c.isalpha() or c in " .'’-" or unicodedata.combining(c))})
    if odd:
        message = f"Họ tên “{name}” có ký tự lạ: {' '.join(odd)}"
        return name, Problem(message, WARNING, found=name, expected="chỉ chữ cái và dấu cách")
    if " " not in name:
        return name, Problem(f"Họ tên “{name}” chỉ có một chữ.", WARNING, found=name, expected=expected)
    return name, None


def read_full_date(cell: Any) -> Reading:
    """A date that must be known to the day."""
    value, problem = read_date(cell)
    if value and value.precision != "day":
        return None, Problem(f"“{shown(cell)}” thiếu ngày.", found=shown(cell), expected="đủ ngày/tháng/năm, ví dụ 12/03/2026")
    return (value.on if value else None), problem


def read_month(cell: Any) -> Reading:
    """A month, as its first day. A day inside the month is accepted."""
    value, problem = read_date(cell)
    expected = "tháng/năm, ví dụ 07/2025"
    if value is None or value.precision == "year":
        return None, Problem(f"“{shown(cell)}” không phải là tháng.", found=shown(cell), expected=expected)
    if value.on.day != 1:
        message = f"“{shown(cell)}” không phải ngày đầu tháng; được hiểu là tháng {value.on:%m/%Y}."
        return value.on.replace(day=1), Problem(message, WARNING, found=shown(cell), expected=expected)
    return value.on, problem


def read_sex(cell: Any) -> Reading:
    word = fold(shown(cell)).strip(". ")
    if word in _MALE:
        return "male", None
    if word in _FEMALE:
        return "female", None
    return None, Problem(f"“{shown(cell)}” không phải là giới tính.", found=shown(cell), expected="Nam hoặc Nữ")


def read_mark(cell: Any) -> Reading:
    word = fold(shown(cell))
    if word in _YES:
        return True, None
    if word in _NO:
        return False, None
    return None, Problem(f"“{shown(cell)}” không phải là dấu chọn.", found=shown(cell), expected="x hoặc 1, để trống nếu không")


def _read_birth(cell: Any) -> tuple[PartialDate | None, Problem | None]:
    return read_date(cell)


_READERS: dict[str, Callable[[Any], Reading]] = {
    "text": read_text,
    "code": read_text,
    "name": read_name,
    "birth": _read_birth,
    "date": read_full_date,
    "month": read_month,
    "money": read_money,
    "coefficient": read_coefficient,
    "integer": read_integer,
    "personal_number": read_personal_number,
    "sex": read_sex,
    "mark": read_mark,
}
