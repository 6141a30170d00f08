"""Many people over many months: what the law as it is known now gives for each month, less what was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ansinh.law.bulk import Run
from ansinh.law.bulk_facts import complete
from ansinh.law.engine.columns import Array
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.situation import Provincial


@dataclass(frozen=True)
class Owed:
    """A row a person, a column a month. `due_vnd`: what the law gives; `lacks_vnd`: that less what was given, below 0 where too much.

    Rows in `recheck` belong to the scalar form for at least one of the months.
    """

    months: tuple[date, ...]
    due_vnd: Array
    lacks_vnd: Array
    recheck: Array


def owed(
    columns: Mapping[str, Array], months: Sequence[date], given_vnd: Array, confirmations: Mapping[str, str] | None = None, *,
    provincial: tuple[Provincial, ...] = (), book: LawBook | None = None,
) -> Owed:  # fmt: skip
    """Allowance and pension of each month by the law known today; facts constant through all of them, birthdays walked.

    `given_vnd` has a row a person and a column a month, in the order of `months`.
    """
    book, full = book or load(), complete(columns)
    due = np.zeros(given_vnd.shape, np.int64)
    recheck = np.zeros(len(given_vnd), np.bool_)
    for place, month in enumerate(months):
        found = Run.of(full, month, confirmations, book=book).under(provincial).result()
        due[:, place] = found.own_vnd[: len(due)]
        recheck |= found.recheck[: len(due)]
    return Owed(tuple(months), due, due - given_vnd, recheck)
