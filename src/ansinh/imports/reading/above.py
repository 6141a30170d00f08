"""What stands above the table: title, standard, decision, month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from ansinh.imports.reading.files import Cell
from ansinh.imports.reading.numbers import read_money
from ansinh.imports.reading.values import is_blank, shown

_STANDARD = re.compile(r"mức\s+(?:chuẩn|trợ)[^:\d]{0,60}:?\s*(\d[\d.,\s]*\d)\s*(?:đồng|đ\b)", re.IGNORECASE)
_DECISION = re.compile(
    r"quyết\s+định\s+số\s*:?\s*(?P<number>[^\s,]{1,60}(?:\s*/\s*[^\s,]{1,40})?)"
    r"\s*,?\s*ngày\s+(?P<day>\d{1,2})\s*(?:tháng|/|-)\s*(?P<month>\d{1,2})\s*(?:năm|/|-)\s*(?P<year>\d{4})"
    r"(?:\s+của\s+(?P<by>[^()]{2,120}))?",
    re.IGNORECASE,
)
_DAY = re.compile(r"ngày\s*[\d.…]{0,6}\s*(?:tháng|/|-)\s*[\d.…]{1,6}\s*(?:năm|/|-)\s*[\d.…]{1,8}", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*(?:năm|/|-)\s*(\d{4})", re.IGNORECASE)


def read_above(rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """Facts found in the lines above the table: lines, standard_vnd, decision_number, decision_on, decision_by, month."""
    lines = [" ".join(shown(cell) for cell in row if not is_blank(cell)) for row in rows]
    lines = [line[:500] for line in lines if line]
    found: dict[str, Any] = {"lines": lines}
    whole = " ".join(lines)[:20_000]
    if standard := _STANDARD.search(whole):
        amount, problem = read_money(standard.group(1).strip())
        if amount and not problem:
            found["standard_vnd"] = amount
    if decision := _DECISION.search(whole):
        found |= _decision(decision)
    without = _DAY.sub(" ", _DECISION.sub(" ", whole))
    if (month := _MONTH.search(without)) and 1 <= int(month.group(1)) <= 12 and int(month.group(2)) > 1900:
        found["month"] = date(int(month.group(2)), int(month.group(1)), 1)
    return found


def _decision(match: re.Match[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"decision_number": re.sub(r"\s*/\s*", "/", match["number"])}
    try:
        found["decision_on"] = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        found["decision_date_text"] = match[0]
    if match["by"]:
        found["decision_by"] = match["by"].strip(" .;,")
    return found
