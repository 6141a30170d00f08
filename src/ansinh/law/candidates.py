"""Who could be given anything in a month: a necessary condition derived from the rules, as SQL and as a Python test.

Never written by hand. Facts are columns that say "held at some time from the eve of the month to its last day", so a
condition only ever loosens: negations, comparisons of money, history and counts of exact children become true.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from ansinh.kernel.periods import last_day
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import LawBook, load

COLUMNS: dict[str, str] = {
    "birth_first": "date: earliest day of birth (null: not known, an adult)",
    "birth_last": "date: latest day of birth",
    "lacks_parental_support": "boolean: some state of the parents or abandonment is recorded",
    "studying": "boolean: studies at any level",
    "hiv": "boolean",
    "poor": "boolean: household poor",
    "near_poor": "boolean: household near-poor",
    "hard_area": "boolean",
    "single": "boolean: unmarried, widowed or spouse missing",
    "children_counted": "integer: children the person is raising, of any age",
    "supporter_absent": "boolean",
    "supporter_on_allowance": "boolean",
    "disability_severe": "boolean",
    "disability_extreme": "boolean",
    "own_household_cares": "boolean",
    "fostered": "boolean",
    "cannot_live_alone": "boolean",
    "in_facility": "boolean",
    "pregnant": "boolean",
    "toddlers": "integer: children the person is raising, of any age",
}


@dataclass(frozen=True)
class Test:
    """One comparison that must hold: a column, or a limit on the birth."""

    column: str
    operator: str = ""
    day: date | None = None

    def sql(self, parameters: list[Any]) -> str:
        """SQL text; the day goes to the parameters."""
        if self.day is None:
            return f"{self.column} > 0" if self.operator == "count" else self.column
        parameters.append(self.day)
        return f"({self.column} IS NULL OR {self.column} {self.operator} %s)"

    def holds(self, row: Mapping[str, Any]) -> bool:
        """The same test in Python."""
        value = row.get(self.column)
        if self.day is None:
            return bool(value)
        return value is None or (value <= self.day if self.operator == "<=" else value > self.day)


Condition = bool | Test | tuple[str, frozenset[Any]]


def sql(month: date) -> tuple[str, list[Any]]:
    """(condition, parameters) over `COLUMNS`: whoever fails it gets nothing in the month."""
    parameters: list[Any] = []
    return _sql(condition(month), parameters), parameters


def may_get(row: Mapping[str, Any], month: date) -> bool:
    """The condition for one row, in Python."""
    return _holds(condition(month), row)


@dataclass(frozen=True)
class Ground:
    """What a candidate has at least one of: a fact of `facts` (columns), or a birth not after `born_until` (None: any birth).

    Whoever was born after `born_always_until` is no candidate whatever the facts (None: no such limit).
    """

    facts: frozenset[str]
    born_until: date | None
    born_always_until: date | None = None


@cache
def ground(month: date, categories: frozenset[str] = frozenset()) -> Ground:
    """The fewest facts to look for: whoever has none of them and was born later fails the condition of the month.

    Facts that only narrow others down (a difficult area, studies, children) are left out, dearest to read first. `categories`:
    only what the rules of these need.
    """
    needs = condition(month, None, categories)
    needed = set(COLUMNS) - {"birth_first", "birth_last"}
    until = _until(_without(needs, needed))
    for name in (*_DEAREST, *sorted(needed.difference(_DEAREST))):
        if _until(_without(needs, needed - {name})) == until:
            needed.discard(name)
    return Ground(frozenset(needed), until, _until(needs))


_DEAREST = (
    "children_counted", "toddlers", "hard_area", "single", "studying", "pregnant", "own_household_cares", "cannot_live_alone",
    "in_facility", "supporter_absent", "supporter_on_allowance",
)  # fmt: skip


def _without(node: Condition, absent: Collection[str]) -> Condition:
    """The condition for somebody without these facts and with all others: births alone are left."""
    if isinstance(node, bool):
        return node
    if isinstance(node, Test):
        return node if node.day else node.column not in absent
    word, parts = node
    left = [_without(part, absent) for part in parts]
    if word == "and" and False in left:
        return False
    return _join(word, [part for part in left if word == "and" or part is not False])


def _until(node: Condition) -> date | None:
    return date.min if node is False else _limits(node)[1]


@cache
def condition(month: date, book: LawBook | None = None, categories: frozenset[str] = frozenset()) -> Condition:
    """The union of what every rule of the month needs at least; of the rules of `categories`, where some are named."""
    book = book or load()
    numbers = book.at(month).numbers
    rules = {rule.when.text: rule for rule in book.at(month).rules if not categories or rule.category in categories}.values()
    return _join("or", [_needs(rule.when.tree, numbers, month) for rule in rules])


def birth_limits(conditions: Sequence[ast.expr], numbers: Mapping[str, int], month: date) -> tuple[date | None, date | None]:
    """Births that one of these conditions may take in: (after this day, up to this day), None where there is no limit."""
    return _limits(_join("or", [_needs(one, numbers, month) for one in conditions]))


def _limits(node: Condition) -> tuple[date | None, date | None]:
    if isinstance(node, Test):
        return (node.day, None) if node.operator == ">" else (None, node.day)
    if isinstance(node, bool):
        return (None, None)
    word, parts = node
    after, until = zip(*(_limits(part) for part in parts), strict=True)
    found = [[day for day in days if day] for days in (after, until)]
    if word == "and":
        return max(found[0], default=None), min(found[1], default=None)
    return (
        min(found[0]) if len(found[0]) == len(parts) else None,
        max(found[1]) if len(found[1]) == len(parts) else None,
    )


def _needs(node: ast.expr, numbers: Mapping[str, int], month: date) -> Condition:
    match node:
        case ast.BoolOp(op=op, values=values):
            return _join("and" if isinstance(op, ast.And) else "or", [_needs(v, numbers, month) for v in values])
        case ast.Name(id=name):
            return Test(name) if name in COLUMNS else True
        case ast.Compare():
            return _join("and", [_compared(left, op, right, numbers, month) for left, op, right in pairs(node)])
    return True


def _compared(left: ast.expr, op: str, right: ast.expr, numbers: Mapping[str, int], month: date) -> Condition:
    if not isinstance(left, ast.Name):
        return True
    if left.id in ("children_counted", "toddlers"):
        return Test(left.id, "count") if op in (">=", ">") else True
    limit = numbers.get(right.id) if isinstance(right, ast.Name) else getattr(right, "value", None)
    if left.id != "age" or not isinstance(limit, int):
        return True
    if op == ">=":
        return Test("birth_first", "<=", _years_before(last_day(month), limit) + timedelta(days=1))
    if op == "<":
        return Test("birth_last", ">", _years_before(month - timedelta(days=1), limit) - timedelta(days=1))
    return True


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _join(word: str, parts: list[Condition]) -> Condition:
    """`and` / `or` with what is certainly true folded away."""
    if word == "or" and any(part is True for part in parts):
        return True
    kept = {part for part in parts if part is not True}
    if not kept:
        return word == "and"
    return next(iter(kept)) if len(kept) == 1 else (word, frozenset(kept))


def _sql(node: Condition, parameters: list[Any]) -> str:
    if isinstance(node, bool):
        return "TRUE" if node else "FALSE"
    if isinstance(node, Test):
        return node.sql(parameters)
    word, parts = node
    texts = []
    for part in sorted(parts, key=repr):
        texts.append(_sql(part, parameters))
    return "(" + f" {word.upper()} ".join(texts) + ")"


def _holds(node: Condition, row: Mapping[str, Any]) -> bool:
    if isinstance(node, bool):
        return node
    if isinstance(node, Test):
        return node.holds(row)
    word, parts = node
    results = (_holds(part, row) for part in parts)
    return all(results) if word == "and" else any(results)
