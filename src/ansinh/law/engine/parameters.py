"""Dated parameters. Each value keeps three dates, its instrument, its mark; open questions keep their choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from ansinh.kernel.periods import month_of
from ansinh.law.engine.errors import LawFileError


@dataclass(frozen=True)
class Instrument:
    """A legal document: number, titles, dates."""

    key: str
    number: str
    title: str
    title_en: str
    issued_on: date | None
    in_force_from: date
    in_force_to: date | None = None
    mark: str = "K"
    source: str = ""


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter: known since `issued_on`, law since `in_force_from`, for benefit months from `from_month`."""

    value: int
    issued_on: date | None
    in_force_from: date
    applies_to_months_from: date
    instrument: str
    basis: str
    mark: str


@dataclass(frozen=True)
class Parameter:
    """A number of the law over time."""

    key: str
    label: str
    label_en: str
    unit: str
    values: tuple[DatedValue, ...]

    @cached_property
    def _latest_first(self) -> tuple[DatedValue, ...]:
        return tuple(sorted(self.values, key=lambda v: (v.applies_to_months_from, v.in_force_from), reverse=True))

    def find(self, month: date, known_on: date | None = None) -> DatedValue | None:
        """The value for a benefit month, as the law stood on `known_on` (None: with all that is known now)."""
        for value in self._latest_first:
            if value.applies_to_months_from <= month and (known_on is None or value.in_force_from <= known_on):
                return value
        return None

    def on(self, month: date, known_on: date | None = None) -> DatedValue:
        """Like `find`, but a gap is an error."""
        value = self.find(month, known_on)
        if value is None:
            raise LawFileError(f"Tham số “{self.label}” chưa có giá trị cho tháng {month:%m/%Y}.")
        return value

    def on_day(self, day: date) -> DatedValue:
        """The value for an event of this day: by the date in force, not by benefit months."""
        found = [v for v in self.values if v.in_force_from <= day]
        if not found:
            raise LawFileError(f"Tham số “{self.label}” chưa có giá trị cho ngày {day:%d/%m/%Y}.")
        return max(found, key=lambda v: v.in_force_from)


@dataclass(frozen=True)
class Choice:
    """One admissible answer to an open question."""

    value: str
    label: str


@dataclass(frozen=True)
class OpenQuestion:
    """A point the law leaves open: choices, the default that is used, and what happens until an officer confirms.

    `end`: the first day on which it can no longer be asked; None: it lasts as long as the articles it rests on.
    """

    key: str
    label: str
    label_en: str
    question: str
    choices: tuple[Choice, ...]
    default: str | None
    while_unconfirmed: str
    basis: str
    mark: str
    end: date | None = None

    def check(self, value: str) -> str:
        """The value, if it is one of the choices."""
        if value not in {choice.value for choice in self.choices}:
            raise LawFileError(f"“{value}” không phải là một lựa chọn của “{self.label}”.")
        return value

    def label_of(self, value: str | None) -> str:
        """The Vietnamese words of a choice."""
        return next((choice.label for choice in self.choices if choice.value == value), "chưa xác định")


def overlay(parameters: Mapping[str, Parameter], changes: Iterable[tuple[str, DatedValue]]) -> dict[str, Parameter]:
    """A reform: the same parameters with dated values laid over, each with its own citation. The base is untouched."""
    result = dict(parameters)
    for key, value in changes:
        if key not in result:
            raise LawFileError(f"Không có tham số “{key}” để thay đổi.")
        base = result[key]
        kept = tuple(v for v in base.values if v.applies_to_months_from < value.applies_to_months_from)
        later = tuple(v for v in base.values if v.applies_to_months_from > value.applies_to_months_from)
        result[key] = replace(base, values=(*kept, value, *later))
    return result


def dated_value(row: Mapping[str, Any]) -> DatedValue:
    """A value from its row in a law file (already checked by the schema)."""
    in_force = _day(row["in_force_from"])
    return DatedValue(
        value=row["value"],
        issued_on=_day(row["issued_on"]) if row.get("issued_on") else None,
        in_force_from=in_force,
        applies_to_months_from=month_of(_day(row["applies_to_months_from"])),
        instrument=row["instrument"],
        basis=row["basis"],
        mark=row["mark"],
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
