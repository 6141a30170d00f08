"""Columns of days, texts and numbers, and how PostgreSQL's COPY reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

Array = np.ndarray

EPOCH = date(1970, 1, 1)
NEVER = np.int64(1 << 40)  # an end that is open
ALWAYS = -NEVER  # a beginning that is open
NULL = "\\N"
_FIRST, _LAST = date(1895, 1, 1), date(2060, 1, 1)
_ZERO = (_FIRST - EPOCH).days
_DAYS = [(_FIRST + timedelta(days=number)).isoformat() for number in range((_LAST - _FIRST).days)]


def day(text: str) -> int:
    """The number of a day, as columns hold it: days since 1970."""
    return (date.fromisoformat(text) - EPOCH).days


def as_date(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def months_of(days: Array) -> Array:
    """Months since 1970 of days."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_days(months: Array) -> Array:
    """The first day of months since 1970."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def years_of(days: Array) -> Array:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def day_texts(days: Array, open_text: str = NULL) -> list[str]:
    """Days as COPY reads them; an open one as `open_text`."""
    table = _DAYS
    return [table[n - _ZERO] if -_FAR < n < _FAR else open_text for n in days.tolist()]


_FAR = 1 << 30


def periods(start: Array, end: Array) -> list[str]:
    """Half-open ranges of days as COPY reads them."""
    return [f"[{a},{b})" for a, b in zip(day_texts(start, ""), day_texts(end, ""), strict=True)]


def texts(numbers: Array) -> list[str]:
    return list(map(str, numbers.tolist()))


def keys(numbers: Array) -> list[str]:
    """Keys of other rows; below zero: none."""
    return [str(n) if n >= 0 else NULL for n in numbers.tolist()]


def flags(values: Array) -> list[str]:
    return ["t" if value else "f" for value in values.tolist()]


def chosen(words: Sequence[str], index: Array) -> list[str]:
    """`words` by their positions."""
    return [words[n] for n in index.tolist()]


def block(*columns: Iterable[str], tail: str = "") -> bytes:
    """Rows of COPY's text form. `tail`: what every row ends with, tabs included."""
    end = f"{tail}\n"
    rows = map("\t".join, zip(*columns, strict=True))
    body = end.join(rows)
    return (body + end).encode() if body else b""
