"""Many people collapsed to the distinct cases the rules can tell apart: a what-if is then a matter of milliseconds.

Ages are cut where some rule asks about one; everything else a rule may name is kept as it is. Couples who may share one payment
stay apart. A cell gives exactly what each of its people is given by `bulk.month`; rows it marks `recheck` are in no cell.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ansinh.law.bulk import Bulk, Run
from ansinh.law.engine.columns import Array
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import LawBook
from ansinh.law.situation import Provincial

_ROOM = 1 << 62
_KEPT = (21, 22, 23)  # the last month of a student is told by reaching 22


@dataclass(frozen=True)
class Cells:
    """Distinct cases of a month: how many people each stands for, the cell of each row (-1: recheck), and the law to ask again."""

    run: Run
    people: Array
    of_row: Array

    def given(self, provincial: Sequence[Provincial] = ()) -> Bulk:
        """What the law gives each cell under these levels of a province."""
        return self.run.under(tuple(provincial)).result()

    def totals(self, provincial: Sequence[Provincial] = ()) -> dict[str, tuple[int, int]]:
        """People and đồng by category of allowance and pension, both of a person with two."""
        found = self.given(provincial)
        sums: dict[str, tuple[int, int]] = {}
        for which, amounts in (("first", found.own_vnd - found.second_vnd), ("second", found.second_vnd)):
            names = found.category(which)
            for name in np.unique(names[names != ""]).tolist():
                mine = (names == name) & (amounts > 0)
                people, money = sums.get(name, (0, 0))
                sums[name] = people + int(self.people[mine].sum()), money + int((self.people * amounts)[mine].sum())
        return sums


def cells(
    columns: Mapping[str, Array], month: date, confirmations: Mapping[str, str] | None = None, *, book: LawBook | None = None,
    leave_out: Array | None = None,
) -> Cells:  # fmt: skip
    """Collapse everybody once. `leave_out`: rows that columns cannot tell about, which the caller asks about one by one."""
    whole = Run.of(columns, month, confirmations, book=book)
    kept = ~whole.result().recheck
    if leave_out is not None:
        kept &= ~leave_out
    spouse = np.where(_shares(whole), whole.couples(), -1)
    kept &= (spouse < 0) | kept[spouse]
    rows = np.flatnonzero(kept)
    _codes, first, cell, people = np.unique(
        _codes_of(whole, spouse)[rows], return_index=True, return_inverse=True, return_counts=True
    )
    of_row = np.full(whole.size, -1, np.int64)
    of_row[rows] = cell
    chosen = spouse[rows[first]]
    return Cells(whole.only(rows[first], np.where(chosen >= 0, of_row[chosen], -1)), people, of_row)


def _codes_of(run: Run, spouse: Array) -> Array:
    """A number for each row: the same where no rule can tell two rows apart."""
    cuts = _cuts(run)
    code = np.zeros(run.size, np.int64)
    changes = np.zeros(run.size, np.bool_)
    for name, column in run.after.items():
        after, before = ((_cut(one, cuts) if name == "age" else one) for one in (column, run.before[name]))
        code = _fold(_fold(code, after), before)
        changes |= np.asarray(after != before)
    for column in (np.where(changes, run.change_day, 0), run.full["pregnant"], run.full["other_monthly_allowance"]):
        code = _fold(code, column)
    return _fold(code, np.where(spouse >= 0, np.arange(run.size), -1))


def _fold(code: Array, column: Any) -> Array:
    """One number for what was told apart so far and this column beside it."""
    _values, place = np.unique(column, return_inverse=True)
    size = int(place.max(initial=0)) + 1
    if int(code.max(initial=0)) >= _ROOM // size:
        code = np.unique(code, return_inverse=True)[1].astype(np.int64)
    return np.asarray(code * size + place)


def _cut(ages: Array, cuts: Array) -> Array:
    return np.asarray(np.searchsorted(cuts, ages, side="right"))


def _cuts(run: Run) -> Array:
    """Ages that some rule of the month tells apart, from its conditions and coefficients."""
    found = {0, *_KEPT}
    for rule in run.law.rules:
        for tree in (rule.when.tree, rule.coefficient.tree):
            for node in ast.walk(tree):
                if isinstance(node, ast.Compare):
                    found |= {limit for left, op, right in pairs(node) for limit in _limits(left, op, right, run.law.numbers)}
    return np.array(sorted(found))


def _limits(left: ast.expr, op: str, right: ast.expr, numbers: Mapping[str, int]) -> set[int]:
    sides = [node for node in (left, right) if isinstance(node, ast.Name) and node.id == "age"]
    if not sides:
        return set()
    other = right if sides[0] is left else left
    limit = numbers.get(other.id) if isinstance(other, ast.Name) else getattr(other, "value", None)
    if not isinstance(limit, int):
        return set(range(130))  # compared with another fact: every age is told apart
    return {limit, limit + 1}


def _shares(run: Run) -> Array:
    """Husbands and wives one of whom is expecting or raises toddlers: which of the two draws the shared payment depends on both."""
    asked = (run.after["toddlers"] > 0) | (run.before["toddlers"] > 0) | run.full["pregnant"]
    spouse = run.couples()
    return np.asarray((spouse >= 0) & (asked | asked[spouse]))
