"""What is still owed for one month: what was decided, less what lists already hold. Arithmetic alone, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """What one ledger entry gives for a month. `key` is the entry's key, `pot` what its money is for (`pot_of`)."""

    key: int
    category: str
    amount_vnd: int
    pot: str = ""


@dataclass(frozen=True)
class Given:
    """What a line holds for the same month: of which entry (None: paid before this system) and category."""

    key: int | None
    category: str
    amount_vnd: int
    pot: str = ""


def missing(decided: Iterable[Decided], given: Iterable[Given]) -> dict[int, int]:
    """How much each entry still lacks; entries that lack nothing are left out.

    Money is set against the entry it was paid for, then against its category, then against whatever is left in its pot: somebody
    moved from one benefit to another has already received the former; who cares for somebody, or buries them, has not. The sum is
    what was decided less what was given, never below 0.
    """
    entries = {entry.key: entry for entry in decided}
    lacks = {key: entry.amount_vnd for key, entry in entries.items()}
    left = [[line, line.amount_vnd] for line in given]
    for fits in (
        lambda entry, line: line.key == entry.key,
        lambda entry, line: (line.category, line.pot) == (entry.category, entry.pot),
        lambda entry, line: line.pot == entry.pot,
    ):
        for paid in left:
            for key, entry in entries.items():
                if fits(entry, paid[0]):
                    taken = min(lacks[key], paid[1])
                    lacks[key] -= taken
                    paid[1] -= taken
    return {key: amount for key, amount in lacks.items() if amount > 0}
