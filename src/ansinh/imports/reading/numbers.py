"""Money, coefficients and whole numbers as officers type them, and as spreadsheets spoil them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from ansinh.imports.reading.problems import WARNING, Problem
from ansinh.kernel.folding import fold
from ansinh.kernel.money import coefficient_text, number_text

EXPECTED_MONEY = "số tiền bằng đồng, ví dụ 360.000"
EXPECTED_COEFFICIENT = "hệ số, ví dụ 1,5"
EXPECTED_INTEGER = "số nguyên, ví dụ 12"

_LARGEST_COEFFICIENT = 1000
_LARGEST_MONEY = 10**15
_UNITS = re.compile(r"\s*(dong|vnd|vnđ|d)?\s*(/\s*(thang|nguoi))*\s*$")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
_DECIMALS = re.compile(r"^(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)([.,])(0{1,2})$")
_SPOKEN = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(nghin|ngan|k|trieu|tr|ty)$")
_SCALE = {"nghin": 10**3, "ngan": 10**3, "k": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9}
_DECIMAL = re.compile(r"^\d{1,4}(?:[.,]\d{1,6})?$")
_LOOSE_WORDS = re.compile(r"^(tren|hon|gan|khoang)\b")

Reading = tuple[int | None, Problem | None]


def read_money(cell: Any) -> Reading:
    """A cell as đồng. Catches the thousands point that a spreadsheet took for a decimal point: 360.0 for 360.000."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _money_number(Decimal(str(cell)), f"{cell:g}" if abs(cell) < 1e6 else f"{cell:.0f}")
    typed = str(cell).strip()
    text = _UNITS.sub("", fold(typed)).strip()
    negative = text.startswith(("-", "\u2212", "\u2013")) or (text.startswith("(") and text.endswith(")"))
    text = text.strip("-\u2212\u2013() ")
    if text in ("", "-"):
        return (0, None) if typed in ("-", "–") else (None, _money_problem(f"“{typed}” không phải là số tiền.", typed))
    amount = _money_digits(text)
    if amount is None:
        hint = " Số có chữ “trên, hơn, gần” không dùng được." if _LOOSE_WORDS.match(text) else ""
        return None, _money_problem(f"“{typed}” không phải là số tiền.{hint}", typed)
    return _money_number(Decimal(-amount if negative else amount), typed)


def _money_digits(text: str) -> Decimal | None:
    if found := _DECIMALS.match(text):
        return Decimal(re.sub(r"\D", "", found.group(1)))
    if _GROUPED.match(text) or text.isascii() and text.isdigit():
        return Decimal(re.sub(r"\D", "", text))
    if found := _SPOKEN.match(text):
        return Decimal(found.group(1).replace(",", ".")) * _SCALE[found.group(2)]
    if _DECIMAL.match(text):
        return Decimal(text.replace(",", "."))
    return None


def _money_number(amount: Decimal, typed: str) -> Reading:
    if not amount.is_finite() or abs(amount) > _LARGEST_MONEY:
        return None, _money_problem(f"“{typed}”: số tiền quá lớn.", typed)
    if amount and abs(amount) < 1000:
        guess = amount * (1000 if amount == amount.to_integral_value() or abs(amount) >= 10 else 1_000_000)
        suggestion = number_text(int(guess)) if guess == guess.to_integral_value() else ""
        hint = f" Có phải là {suggestion} đồng (mất dấu chấm hàng nghìn)?" if suggestion else ""
        return None, _money_problem(f"“{typed}” quá nhỏ để là số tiền.{hint}", typed, suggestion)
    if amount != amount.to_integral_value():
        return None, _money_problem(f"“{typed}”: số tiền phải là số đồng nguyên.", typed)
    return int(amount), None


def _money_problem(message: str, found: str, suggestion: str = "") -> Problem:
    return Problem(message, found=found, expected=EXPECTED_MONEY, suggestion=suggestion)


def read_coefficient(cell: Any) -> Reading:
    """A cell as integer hundredths: '2,5' is 250. A date means that Excel turned '2.5' into 2 May."""
    if isinstance(cell, date):
        guess = f"{cell.day},{cell.month}"
        message = f"Excel đã đổi hệ số thành ngày {cell:%d/%m/%Y}. Có phải hệ số {guess}?"
        return None, Problem(message, found=f"{cell:%d/%m/%Y}", expected=EXPECTED_COEFFICIENT, suggestion=guess)
    typed = str(cell).strip()
    text = fold(typed).replace(" ", "").strip("x")
    if not _DECIMAL.match(text):
        return None, Problem(f"“{typed}” không phải là hệ số.", found=typed, expected=EXPECTED_COEFFICIENT)
    scaled = Decimal(text.replace(",", ".")) * 100
    if scaled != scaled.to_integral_value():
        return None, Problem(f"Hệ số “{typed}” có quá hai chữ số thập phân.", found=typed, expected=EXPECTED_COEFFICIENT)
    value = int(scaled)
    if value > _LARGEST_COEFFICIENT:
        guess = coefficient_text(value // 10) if value % 10 == 0 and value <= _LARGEST_COEFFICIENT * 10 else ""
        hint = f" Có phải là {guess}?" if guess else ""
        return None, Problem(f"Hệ số “{typed}” quá lớn.{hint}", found=typed, expected=EXPECTED_COEFFICIENT, suggestion=guess)
    problem = None if value else Problem("Hệ số bằng 0.", WARNING, found=typed, expected=EXPECTED_COEFFICIENT)
    return value, problem


def read_integer(cell: Any) -> Reading:
    """A cell as a whole number, thousands marks allowed."""
    typed = str(cell).strip()
    if isinstance(cell, float) and cell == int(cell):
        return int(cell), None
    text = fold(typed)
    if _GROUPED.match(text) or text.isascii() and text.isdigit():
        digits = re.sub(r"\D", "", text)
        if len(digits) <= 15:
            return int(digits), None
    return None, Problem(f"“{typed}” không phải là số nguyên.", found=typed, expected=EXPECTED_INTEGER)
