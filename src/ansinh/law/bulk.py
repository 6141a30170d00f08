"""Many people at once: one benefit month over columns, money in int64 đồng, coefficients in integer hundredths.

Facts are those of the month (constant through it); birthdays inside the month are walked as in the scalar form. Rows
that need more than columns can tell are marked in `recheck` and belong to the scalar form: two different change days in
one month, an equal sum of pension and allowance, another monthly allowance, a lower pension while its mode is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import numpy as np

from ansinh.kernel.periods import last_day
from ansinh.law.benefits.monthly_allowance.concurrence import BOTH_CLAUSES
from ansinh.law.benefits.monthly_allowance.months import rules_on
from ansinh.law.bulk_facts import ages_on, complete, facts_on
from ansinh.law.engine.columns import Array, vectorised
from ansinh.law.engine.lawfile import InForce, LawBook, load
from ansinh.law.engine.rules import Rule
from ansinh.law.situation import Provincial

CHUNK = 262_144
GROUPS = ("rest", "both", "single_parent", "pension", "residential", "care", "parent")
COLUMNS: dict[str, str] = {
    "birth": "datetime64[D], NaT: an adult of 18 to 59",
    "parents": "int16, bulk_facts.pair_code(first, second)",
    "abandoned": "bool",
    "adopted": "bool",
    "ended": "bool: dead, missing, in prison, refused before the month",
    "study": "int16, index in bulk_facts.STUDIES",
    "study_continuous": "bool, default true",
    "orphan_allowance_at_16": "bool; without the column derived from parents",
    "hiv": "bool",
    "wage": "bool",
    "marital": "int16, index in bulk_facts.MARITAL, default married",
    "supporter": "int16, index in bulk_facts.SUPPORTER",
    "disability": "int16, index in bulk_facts.DISABILITY",
    "pregnant": "bool",
    "pension_vnd": "int64",
    "insurance_allowance_vnd": "int64",
    "survivor_benefit": "bool",
    "other_monthly_allowance": "bool",
    "cared_by": "int16, index in bulk_facts.CARED_BY",
    "cannot_live_alone": "bool",
    "in_facility": "bool",
    "poverty": "int16, index in bulk_facts.POVERTY",
    "hard_area": "bool",
    "raiser": "int64, row of the parent raising this child, -1: none",
    "raiser_two": "int64, row of the second parent raising this child, -1: none",
    "spouse": "int64, row of husband or wife, -1: none",
}


@dataclass(frozen=True)
class Bulk:
    """Arrays of the same length as the columns. A rule is an index into `rules`, -1: none.

    `own_vnd` is the sum of `first` and `second`, of which `second_vnd` is the second's.
    """

    rules: tuple[Rule, ...]
    first: Array
    second: Array
    care: Array
    parent: Array
    coefficient: Array
    own_vnd: Array
    second_vnd: Array
    care_vnd: Array
    parent_vnd: Array
    recheck: Array

    @property
    def total_vnd(self) -> Array:
        """Everything a person grounds."""
        return np.asarray(self.own_vnd + self.care_vnd + self.parent_vnd)

    def category(self, which: str = "first") -> Array:
        """Category keys, '' where there is none."""
        names = np.array([*(rule.category for rule in self.rules), ""])
        return np.asarray(names[getattr(self, which)])


def month(
    columns: Mapping[str, Array], month: date, confirmations: Mapping[str, str] | None = None, *,
    book: LawBook | None = None, provincial: tuple[Provincial, ...] = (), known_on: date | None = None,
) -> Bulk:  # fmt: skip
    """What the law gives every row for one benefit month (procedure settled)."""
    return Run.of(columns, month, confirmations, book=book, known_on=known_on).under(provincial).result()


class Run:
    """One month over one set of columns."""

    def __init__(self, full: Mapping[str, Array], law: InForce, answers: Mapping[str, str | None]) -> None:
        self.full, self.law, self.answers = dict(full), law, answers
        self.provincial: tuple[Provincial, ...] = ()
        self.size = len(full["born"])
        regime = law.regime.key if law.regime else "R0"
        self.eve = law.month - timedelta(days=1)
        self.before = facts_on(full, self.eve, regime, answers)
        self.after = facts_on(full, last_day(law.month), regime, answers)
        self.change_day, self.many = self._change_days()

    @classmethod
    def of(
        cls, columns: Mapping[str, Array], month: date, confirmations: Mapping[str, str] | None = None, *,
        book: LawBook | None = None, known_on: date | None = None,
    ) -> Self:  # fmt: skip
        """The month over columns, completed or not, by the defaults of open questions where nobody confirmed an answer."""
        book = book or load()
        answers = {key: question.default for key, question in book.questions.items()} | dict(confirmations or {})
        law = book.at(month, known_on=known_on, middle_from=answers["r3_5a_75_from"] or "2026-07-01")
        return cls(columns if "born" in columns else complete(columns), law, answers)

    def under(self, provincial: tuple[Provincial, ...]) -> Self:
        """The same under the levels of a province."""
        other = copy(self)
        other.provincial = provincial
        return other

    def only(self, rows: Array, spouse: Array) -> Self:
        """The same for some rows, with the place of each one's husband or wife among them."""
        other = copy(self)
        other.size = len(rows)
        other.full = {name: column[rows] for name, column in self.full.items()} | {"spouse": spouse}
        other.before, other.after = ({name: _take(v, rows) for name, v in facts.items()} for facts in (self.before, self.after))
        other.change_day, other.many = self.change_day[rows], self.many[rows]
        return other

    def couples(self) -> Array:
        """The row of each one's husband or wife, whichever of the two names the other; -1: none."""
        spouse = self.full["spouse"].copy()
        named = np.flatnonzero(spouse >= 0)
        back = spouse[named]
        spouse[back] = np.where(spouse[back] >= 0, spouse[back], named)
        return spouse

    def _change_days(self) -> tuple[Array, Array]:
        """Day of the month of the one change of a row (0: none), and rows with two different ones."""
        born = self.full["born"]
        feb29 = self.answers["birth_29_february"] or "03-01"
        day = born % 100
        in_month = ages_on(born, self.eve, feb29) != ages_on(born, last_day(self.law.month), feb29)
        if self.law.month.month == 3 and feb29 == "03-01":
            day = np.where(born // 100 % 100 == 2, 1, day)
        own = np.where(in_month, np.minimum(day, last_day(self.law.month).day), 0)
        latest, earliest = own.copy(), np.where(own > 0, own, 99)
        for name in ("raiser", "raiser_two"):
            rows = np.flatnonzero((self.full[name] >= 0) & (own > 0))
            np.maximum.at(latest, self.full[name][rows], own[rows])
            np.minimum.at(earliest, self.full[name][rows], own[rows])
        return latest, (latest > 0) & (earliest != latest) & (earliest != 99)

    def result(self) -> Bulk:
        rules = self.law.rules
        new = self._groups(self.after, np.arange(self.size))
        rows = np.flatnonzero(self.change_day)
        if len(rows):
            old = self._groups({k: _take(v, rows) for k, v in self.before.items()}, rows)
            self._walk(old, new, rows)
        return self._combine(rules, new)

    def _groups(self, facts: Mapping[str, Any], rows: Array) -> dict[str, tuple[Array, Array]]:
        """Best rule and level of each group, chunk by chunk."""
        size = len(rows)
        best = {group: (np.full(size, -1, np.int16), np.zeros(size, np.int64)) for group in GROUPS}
        for start in range(0, size, CHUNK):
            part = slice(start, start + CHUNK)
            values = {name: column[part] for name, column in facts.items()} | dict(self.law.numbers)
            self._fill({group: (rule[part], level[part]) for group, (rule, level) in best.items()}, values)
        return best

    def _fill(self, best: dict[str, tuple[Array, Array]], values: Mapping[str, Any]) -> None:
        for index, rule in enumerate(self.law.rules):
            matched = vectorised(rule.when)(values) & values["exists"]
            if rule.group != "residential":
                matched = matched & ~values["in_facility"]
            hit = np.flatnonzero(matched)
            if not len(hit):
                continue
            few = {name: _take(column, hit) for name, column in values.items()}
            level = np.broadcast_to(np.asarray(vectorised(rule.coefficient)(few), np.int64), hit.shape)
            if rule.count:
                level = level * few[rule.count]
            targets = [rule.group]
            if rule.group == "rest" and rule.clause in BOTH_CLAUSES:
                targets.append("both")
            for group in targets:
                chosen, levels = best[group]
                better = level > levels[hit]
                chosen[hit[better]] = index
                levels[hit[better]] = level[better]

    def _walk(self, old: dict[str, tuple[Array, Array]], new: dict[str, tuple[Array, Array]], rows: Array) -> None:
        """Put the level of before the change where the month rules keep it."""
        at_once, down_at_once = self._at_once(rows)
        running = (old["rest"][1] > 0) | (old["single_parent"][1] > 0)
        waits = np.zeros(len(rows), np.bool_)
        for group in ("rest", "single_parent", "pension", "residential", "care", "parent"):
            before, after = old[group][1], new[group][1][rows]
            same = (before == after) & (old[group][0] == new[group][0][rows])
            keep = (after == 0) & (before > 0)
            keep &= ~((group == "rest") & self._limit_reached(old["rest"][0], rows))
            moved = (after > 0) & (before > 0) & ~same
            keep |= moved & np.where(after < before, ~down_at_once, ~at_once)
            if group in ("rest", "single_parent"):
                keep |= (before == 0) & (after > 0) & running & ~at_once
            if group == "rest":
                waits = keep & moved
            if group == "care":
                keep |= (before == 0) & (after > 0) & waits
            for name in (group, "both") if group == "rest" else (group,):
                new[name][0][rows] = np.where(keep, old[name][0], new[name][0][rows])
                new[name][1][rows] = np.where(keep, old[name][1], new[name][1][rows])

    def _at_once(self, rows: Array) -> tuple[Array, Array]:
        days = [self.law.month.replace(day=number) for number in range(1, last_day(self.law.month).day + 1)]

        def answer(key: str) -> str | None:
            return self.answers[key]

        up = np.array([rules_on(day).adjusts_at_once(downward=False, answer=answer) for day in days])
        down = np.array([rules_on(day).adjusts_at_once(downward=True, answer=answer) for day in days])
        index = self.change_day[rows] - 1
        return up[index], down[index]

    def _limit_reached(self, old_rule: Array, rows: Array) -> Array:
        students = [i for i, rule in enumerate(self.law.rules) if rule.category == "EX_CHILD_STUDENT"]
        if self.answers["age22_last_month"] != "month_before":
            return np.zeros(len(rows), np.bool_)
        return np.asarray(np.isin(old_rule, students) & (self.after["age"][rows] == 22) & (self.before["age"][rows] == 21))

    def _standard(self, key: str, scope: str) -> int:
        levels = [r.standard_vnd for r in self.provincial if r.covers(scope, self.law.month)]
        return max([self.law.numbers.get(key, 0), *levels])

    def _combine(self, rules: tuple[Rule, ...], groups: dict[str, tuple[Array, Array]]) -> Bulk:
        order = np.array([*(rule.order for rule in rules), 999])
        rest, both, single = groups["rest"], groups["both"], groups["single_parent"]
        together = np.where((both[1] > 0) & (single[1] > 0), both[1] + single[1], 0)
        alone = np.where(
            (single[1] > rest[1]) | ((single[1] == rest[1]) & (order[single[0]] < order[rest[0]])), single[1], rest[1]
        )
        use_both = (together > 0) & (together >= alone)
        use_single = ~use_both & (single[1] > 0) & (alone == single[1]) & (order[single[0]] < order[rest[0]])
        use_single |= ~use_both & (single[1] > rest[1])
        level = np.where(use_both, together, alone)
        first = np.where(use_both | use_single, single[0], rest[0])
        second = np.where(use_both, both[0], -1)
        allowance = level * self._standard("standard", "monthly") // 100
        pension = self._pension(groups["pension"][1])
        tie = (pension > 0) & (pension == allowance)
        takes = (pension > allowance) | (tie & (self.answers["pension_tie"] == "pension"))
        resident = groups["residential"][1] > 0
        first = np.where(takes, groups["pension"][0], first)
        own = np.where(takes, pension, allowance)
        home = groups["residential"][1] * self._standard("standard", "residential") // 100
        carers = self._standard("standard", "carers")
        parent, parent_level = self._one_share(*groups["parent"])
        return Bulk(
            rules=rules,
            first=np.where(resident, groups["residential"][0], first),
            second=np.where(resident | takes, -1, second),
            care=groups["care"][0],
            parent=parent,
            coefficient=np.where(resident, groups["residential"][1], np.where(takes, 100, level)),
            own_vnd=np.where(resident, home, own).astype(np.int64),
            second_vnd=np.where(use_both & ~takes & ~resident, both[1], 0) * self._standard("standard", "monthly") // 100,
            care_vnd=groups["care"][1] * carers // 100,
            parent_vnd=parent_level * carers // 100,
            recheck=self._unsure(tie & ~resident, groups["pension"][1] > 0),
        )

    def _unsure(self, tie: Array, pensioner: Array) -> Array:
        """Rows that only the form for one household can tell."""
        if any((one.amounts or one.groups) and one.in_force(self.law.month) for one in self.provincial):
            return np.ones(self.size, np.bool_)  # columns know the levels of a resolution, not its amounts and groups
        recheck = np.asarray(self.many | tie | self.full["other_monthly_allowance"])
        if self.answers["social_pension_low_pension_mode"] != "full":  # a sum less a deduction is no level of a column
            recheck = recheck | ((self.after["insurance_income"] > 0) & pensioner)
        return recheck

    def _pension(self, level: Array) -> Array:
        amount = level * self._standard("social_pension_level", "social_pension") // 100
        if self.answers["social_pension_low_pension_mode"] == "difference":
            amount = np.where(level > 0, np.maximum(amount - self.after["insurance_income"], 0), 0)
        return np.asarray(amount)

    def _one_share(self, chosen: Array, level: Array) -> tuple[Array, Array]:
        """Husband and wife who both qualify share one payment."""
        spouse = self.couples()
        rows = np.flatnonzero((spouse >= 0) & (level > 0))
        other = spouse[rows]
        mine, theirs = level[rows], level[other]
        pregnant = self.full["pregnant"]
        rank, other_rank = np.where(pregnant[rows], 0, 1), np.where(pregnant[other], 0, 1)
        loses = (theirs > mine) | ((theirs == mine) & ((other_rank < rank) | ((other_rank == rank) & (other < rows))))
        out = rows[loses & (theirs > 0)]
        chosen, level = chosen.copy(), level.copy()
        chosen[out], level[out] = -1, 0
        return chosen, level


def _take(value: Any, rows: Array) -> Any:
    return value[rows] if isinstance(value, np.ndarray) else value
