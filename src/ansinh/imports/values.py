"""Parsed cells as JSON and back: what the reader understood is kept with the row until it is committed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ansinh.imports.reading.values import PartialDate


def to_json(values: dict[str, Any]) -> dict[str, Any]:
    """Dates become ISO text, dates of limited precision a small mapping; numbers and text stay."""
    return {key: _dump(value) for key, value in values.items()}


def from_json(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _load(value) for key, value in values.items()}


def _dump(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return {"day": value.day.isoformat(), "precision": value.precision}
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _load(value: Any) -> Any:
    if isinstance(value, dict) and "precision" in value:
        return PartialDate(date.fromisoformat(value["day"]), value["precision"])
    if isinstance(value, dict) and "date" in value:
        return date.fromisoformat(value["date"])
    return value
