"""What is still owed for one month: what was decided, less what lists already hold. Arithmetic alone, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """What one ledger entry gives for a month. `key` is the entry's key."""

    key: int
    category: str
    amount_vnd: int


@dataclass(frozen=True)
class Given:
    """What a line holds for the same month: of which entry (None: paid before this system) and category."""

    key: int | None
    category: str
    amount_vnd: int


def missing(decided: Iterable[Decided], given: Iterable[Given]) -> dict[int, int]:
    """How much each entry still lacks; entries that lack nothing are left out.

    Money is set against the entry it was paid for, then against its category, then against whatever is left: somebody moved from
    one benefit to another has already received the former. The sum is what was decided less what was given, never below 0.
    """
    lacks = {entry.key: entry.amount_vnd for entry in decided}
    categories = {entry.key: entry.category for entry in decided}
    left = [[line.key, line.category, line.amount_vnd] for line in given]
    for fits in (
        lambda key, line: line[0] == key,
        lambda key, line: line[1] == categories[key],
        lambda _key, _line: True,
    ):
        for line in left:
            for key in lacks:
                if fits(key, line):
                    taken = min(lacks[key], line[2])
                    lacks[key] -= taken
                    line[2] -= taken
    return {key: amount for key, amount in lacks.items() if amount > 0}
