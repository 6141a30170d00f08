"""What was decided for the invented people since 2021: what the law gave each month, with the slips every office has.

The law itself is asked, in columns, month by month; runs of the same sum become entries of the ledger. A few people were never asked,
some asked late, a few changes were overlooked, and a few communes have not decided the level of October 2026 yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ansinh.demo.synth.circumstances import Facts, candidates, law_columns
from ansinh.demo.synth.columns import NEVER, Array, as_date, day, first_days, months_of
from ansinh.demo.synth.people import DAY, TODAY, Lives
from ansinh.law import bulk
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.rules import Rule

ANSWERS = {"birth_year_only": "first_day", "social_pension_low_pension_mode": "full"}
STANDARDS = (0, 360_000, 500_000, 540_000)
LAST = (DAY.year - 1970) * 12 + DAY.month - 1  # the last month with a list
FIRST_LIST = LAST - 23
OPEN = 1 << 30  # an entry without end


def month(year: int, number: int) -> int:
    """Months since 1970."""
    return (year - 1970) * 12 + number - 1


NEW_LEVEL, NEW_LEVEL_KNOWN = month(2026, 7), month(2026, 11)
# Twice a year until lists are kept here, then each month. October 2026 waited for the decree in force from the fifth.
GRID = np.array(
    [month(2021, 7), month(2022, 1), month(2022, 7), month(2023, 1), month(2023, 7), month(2024, 1), month(2024, 7)]
    + [m for m in range(FIRST_LIST, LAST + 1) if m != month(2026, 10)]
)
_DECIDED_ON = {
    month(2021, 7): day("2021-07-08"), month(2024, 7): day("2024-07-10"), month(2025, 7): day("2025-07-08"),
    NEW_LEVEL_KNOWN: day("2026-10-12"),
}  # fmt: skip


@dataclass
class RuleBook:
    """Rules by number, the same in every commune."""

    rules: list[Rule] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, rule: Rule) -> int:
        key = (rule.key, rule.code)
        if key not in self.numbers:
            self.numbers[key] = len(self.rules)
            self.rules.append(rule)
        return self.numbers[key]


@dataclass
class Entries:
    """Ledger entries of one commune. Months since 1970, half-open; `person` is a position; days since 1970.

    `after` is the entry this one adjusted, `before` the one that adjusted it (positions, -1: none). `first_list` is the first month
    whose list could know it; `signed` the day of the decision; `stopped` the day of the decision that stopped it.
    """

    person: Array
    start: Array
    end: Array
    rule: Array
    coefficient: Array
    count: Array
    standard: Array
    after: Array
    before: Array
    signed: Array
    stopped: Array
    first_list: Array

    @property
    def size(self) -> int:
        return len(self.person)

    @property
    def amount(self) -> Array:
        return self.coefficient * self.standard * self.count // 100


def decide(lives: Lives, facts: Facts, book: RuleBook, seed: int, code: str) -> Entries:
    """The ledger of a commune."""
    chance = np.random.default_rng([seed, int(code), 4])
    rows = candidates(lives, facts)
    person, keys = _by_law(lives, facts, rows, book)
    asked = keys.any(axis=1)
    person, keys = person[asked], keys[asked]
    _slips(chance, keys, lives.died[person], np.bincount(person)[person] == 1)
    return _entries(lives, person, keys)


def _by_law(lives: Lives, facts: Facts, rows: Array, book: RuleBook) -> tuple[Array, Array]:
    """For each candidate and month of the grid what the law gave, as one number. Who has two benefits stands twice."""
    position = np.full(lives.size, -1)
    position[rows] = np.arange(len(rows))
    age = lives.age_on(TODAY)[rows]
    own, beside = np.zeros((len(rows), len(GRID)), np.int64), np.zeros((len(rows), len(GRID)), np.int64)
    for column, at in enumerate(GRID.tolist()):
        first = first_days(np.array([at]))[0]
        known = date(2026, 8, 1) if at < NEW_LEVEL_KNOWN else None
        result = bulk.month(law_columns(lives, facts, rows, position, int(first)), as_date(first), ANSWERS, known_on=known)
        own[:, column], beside[:, column] = _packed(result, age, book, as_date(first))
    twice = np.flatnonzero(beside.any(axis=1))
    return np.concatenate([rows, rows[twice]]), np.concatenate([own, beside[twice]])


def _packed(result: bulk.Bulk, age: Array, book: RuleBook, at: date) -> tuple[Array, Array]:
    numbers = np.array([*(book.number(rule) for rule in result.rules), 0])
    counts = np.array([*(rule.count is not None for rule in result.rules), False])
    level = result.coefficient.astype(np.int64)
    second = np.zeros(len(level), np.int64)
    for index in np.unique(result.second[result.second >= 0]).tolist():
        rule = result.rules[index]
        plain = {**dict.fromkeys(rule.coefficient.names, False), **load().at(at).numbers}
        mine = result.second == index
        second[mine] = np.where(
            age[mine] >= 60, rule.coefficient.scalar({**plain, "age": 60}), rule.coefficient.scalar({**plain, "age": 40})
        )
    paid = (result.own_vnd > 0) & (result.first >= 0)
    standard = np.where(paid, result.own_vnd * 100 // np.maximum(level, 1), 0)
    level = level - second
    many = counts[result.first] & (level % 100 == 0)
    own = _pack(numbers[result.first], np.where(many, 100, level), np.where(many, level // 100, 1), standard)
    beside = _pack(numbers[result.second], second, np.ones(len(level), np.int64), standard)
    return np.where(paid & (level > 0), own, 0), np.where(paid & (second > 0), beside, 0)


def _pack(rule: Array, coefficient: Array, count: Array, standard: Array) -> Array:
    return ((rule * 10_000 + coefficient) * 100 + count) * 10 + np.searchsorted(STANDARDS, standard)


def _unpack(keys: Array) -> tuple[Array, Array, Array, Array]:
    rest, standard = np.divmod(keys, 10)
    rest, count = np.divmod(rest, 100)
    rule, coefficient = np.divmod(rest, 10_000)
    return rule, coefficient, count, np.array(STANDARDS)[standard]


def _slips(chance: np.random.Generator, keys: Array, died: Array, one: Array) -> None:
    """What offices forget or have not done yet. Changes `keys` in place. `one`: rows of people with one benefit at a time."""
    size, last = keys.shape[0], keys.shape[1] - 1
    begun = (keys > 0).argmax(axis=1)
    never = (chance.random(size) < 0.012) | ((begun > last - 5) & (chance.random(size) < 0.25))
    keys[never] = 0
    late = chance.random(size) < 0.15
    wait = np.where(late, chance.integers(1, 4, size), 0)
    for step in range(3):
        mine = np.flatnonzero((wait > step) & (begun + step < last))
        keys[mine, begun[mine] + step] = 0
    overlooked = one & (chance.random(size) < 0.008) & (died == NEVER)
    since = last - chance.integers(0, 14, size)
    for column in range(last - 14, last + 1):
        mine = overlooked & (since <= column) & (keys[:, column - 1] > 0)
        keys[mine, column] = keys[mine, column - 1]
    fresh = one & (died >= TODAY - 45) & (died < NEVER) & (chance.random(size) < 0.6)
    for column in (last - 1, last):
        mine = fresh & (keys[:, column - 1] > 0)
        keys[mine, column] = keys[mine, column - 1]
    if chance.random() < 0.05:  # this commune has not decided the new level yet
        mine = one & (keys[:, last - 1] > 0)
        keys[mine, last] = keys[mine, last - 1]


def _entries(lives: Lives, person: Array, keys: Array) -> Entries:
    framed = np.pad(keys, ((0, 0), (1, 1)))
    changed = framed[:, 1:] != framed[:, :-1]
    row, first = np.nonzero(changed[:, :-1] & (keys > 0))
    ends = np.nonzero(changed[:, 1:] & (keys > 0))[1] + 1
    value = keys[row, first]
    start, end = GRID[first], np.append(GRID, OPEN)[ends]
    rule, coefficient, count, standard = _unpack(value)
    follows = np.zeros(len(row), bool)
    follows[1:] = (row[1:] == row[:-1]) & (end[:-1] == start[1:])
    raised = follows & (start == NEW_LEVEL_KNOWN)
    raised[1:] &= (start[:-1] < NEW_LEVEL) & (coefficient[1:] == coefficient[:-1]) & (count[1:] == count[:-1])
    start = np.where(raised, NEW_LEVEL, start)
    end[:-1] = np.where(raised[1:], NEW_LEVEL, end[:-1])
    own = np.arange(len(row))
    after = np.where(follows, own - 1, -1)
    before = np.full(len(row), -1)
    before[after[follows]] = own[follows]
    signed = _signed(start, raised)
    died = lives.died[person[row]]
    last_due = months_of(np.minimum(died, TODAY)) + 1
    end = np.where((end < OPEN) & (before < 0) & (died < NEVER), np.clip(last_due, start + 1, end), end)
    return Entries(
        person=person[row], start=start, end=end, rule=rule, coefficient=coefficient, count=count, standard=standard, after=after,
        before=before, signed=signed, stopped=_stopped(end, before, died), first_list=np.maximum(start, _first_list(signed)),
    )  # fmt: skip


def _signed(start: Array, raised: Array) -> Array:
    """The day of the decision: early in the month before, or when a new decree was decided."""
    signed = first_days(start - 1) + 4 + start * 7 % 10
    for at, on in _DECIDED_ON.items():
        signed = np.where(start == at, on, signed)
    return np.where(raised, _DECIDED_ON[NEW_LEVEL_KNOWN], signed)


def _stopped(end: Array, before: Array, died: Array) -> Array:
    """When the ending was decided; NEVER for entries that run on or were adjusted. A death is known some days later."""
    at_death = (died < NEVER) & (months_of(np.minimum(died, TODAY)) + 1 == end)
    late = at_death & (died - first_days(end - 1) >= 17)
    on = np.where(late, first_days(end) + 5, np.where(at_death, first_days(end - 1) + 18, first_days(end - 1) + 4 + end * 7 % 10))
    return np.where((end < OPEN) & (before < 0), np.minimum(on, TODAY - 2), NEVER)


def _first_list(signed: Array) -> Array:
    """Lists are cut off on the eighteenth of the month before."""
    months = months_of(signed)
    return months + np.where(signed - first_days(months) < 18, 1, 2)
