"""The lines of the last two years: what each month's list held for the entries of the ledger, and what payers answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ansinh.demo.synth.columns import NEVER, Array, months_of
from ansinh.demo.synth.ledger import FIRST_LIST, LAST, OPEN, Entries
from ansinh.demo.synth.people import TODAY

KINDS = ("regular", "arrears", "carried")
REGULAR, ARREARS, CARRIED = range(3)
AWAY, DEAD = "Vắng nhà", "Người hưởng đã mất"


@dataclass
class Lines:
    """One line a row, list after list. `corrects` and `carried_from` are positions among these lines, -1: none."""

    entry: Array
    at: Array
    month: Array
    amount: Array
    kind: Array
    unpaid: Array
    dead: Array
    corrects: Array
    carried_from: Array

    @property
    def size(self) -> int:
        return len(self.entry)


def lines_of(entries: Entries, died: Array, chance: np.random.Generator) -> Lines:
    """`died`: the day of death of each entry's person."""
    regular, arrears = _regular(entries), _arrears(entries)
    entry = np.concatenate([regular[0], arrears[0]])
    at, month = np.concatenate([regular[1], arrears[1]]), np.concatenate([regular[1], arrears[2]])
    amount = np.concatenate([entries.amount[regular[0]], arrears[3]])
    kind = np.repeat([REGULAR, ARREARS], [len(regular[0]), len(arrears[0])])
    dead = months_of(np.minimum(died[entry], TODAY)) < at
    dead &= died[entry] < NEVER
    unpaid = dead | (chance.random(len(entry)) < 0.014)
    again = np.flatnonzero(unpaid & ~dead & (at < LAST) & _alive_in(died[entry], at + 1))
    size = len(entry)
    lines = Lines(
        entry=np.append(entry, entry[again]), at=np.append(at, at[again] + 1), month=np.append(month, month[again]),
        amount=np.append(amount, amount[again]), kind=np.append(kind, np.full(len(again), CARRIED)),
        unpaid=np.append(unpaid, np.zeros(len(again), bool)), dead=np.append(dead, np.zeros(len(again), bool)),
        corrects=np.full(size + len(again), -1), carried_from=np.append(np.full(size, -1), again),
    )  # fmt: skip
    _name_corrected(entries, lines)
    return lines


def _alive_in(died: Array, month: Array) -> Array:
    return (died == NEVER) | (months_of(np.minimum(died, TODAY)) >= month)


def _regular(entries: Entries) -> tuple[Array, Array]:
    """(entry, list month): from the first list that knew the entry to the last before its end was known."""
    replaced = entries.before >= 0
    until = np.where(replaced, np.maximum(entries.end, entries.first_list[entries.before]), entries.end)
    known_late = (entries.stopped < NEVER) & (months_of(np.minimum(entries.stopped, TODAY)) >= entries.end)
    until = np.where(known_late, entries.end + 1, until)
    return _spread(np.maximum(entries.first_list, FIRST_LIST), np.minimum(until, LAST + 1))


def _arrears(entries: Entries) -> tuple[Array, Array, Array, Array]:
    """(entry, list month, month, amount): what the first list that knew an entry gave for earlier months."""
    end = np.minimum(entries.first_list, entries.end)
    end = np.where((entries.first_list >= FIRST_LIST) & (entries.first_list <= LAST), end, 0)
    entry, month = _spread(np.maximum(entries.start, FIRST_LIST), end)
    before = entries.after[entry]
    paid = np.where((before >= 0) & (entries.start[before] <= month), entries.amount[before], 0)
    rest = entries.amount[entry] - paid
    owed = rest > 0
    return entry[owed], entries.first_list[entry][owed], month[owed], rest[owed]


def _spread(first: Array, end: Array) -> tuple[Array, Array]:
    """Each row repeated for the months of its span: (row, month)."""
    length = np.maximum(0, np.minimum(end, OPEN) - first)
    row = np.repeat(np.arange(len(first)), length)
    starts = np.repeat(np.cumsum(length) - length, length)
    return row, first[row] + np.arange(len(row)) - starts


def _name_corrected(entries: Entries, lines: Lines) -> None:
    """Arrears beside an amount paid before name the line they complete."""
    width = LAST + 2 - FIRST_LIST
    place = np.full(entries.size * width, -1)
    regular = np.flatnonzero(lines.kind == REGULAR)
    place[lines.entry[regular] * width + lines.month[regular] - FIRST_LIST] = regular
    late = np.flatnonzero(lines.kind == ARREARS)
    before = entries.after[lines.entry[late]]
    found = place[np.maximum(before, 0) * width + lines.month[late] - FIRST_LIST]
    lines.corrects[late] = np.where(before >= 0, found, -1)
