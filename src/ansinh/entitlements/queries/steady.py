"""Those whose crossing of a change of law columns can tell: one entry all the time, one answer of the law in every month.

An answer that an unconfirmed point could turn is no such answer: it is looked for under every other choice, in the first and
the last month (a birthday that another choice moves would otherwise show as a change between the months).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import numpy as np

from ansinh import law
from ansinh.database.bulk import read_binary
from ansinh.entitlements.columns import MonthFacts, month_facts
from ansinh.entitlements.drafts import EntryKey, ItemDraft
from ansinh.entitlements.queries.comparing import by_resolution
from ansinh.entitlements.queries.proposing import why
from ansinh.entitlements.queries.transitions import Crossing
from ansinh.kernel.periods import next_month
from ansinh.law.bulk import Run
from ansinh.law.bulk_facts import born_numbers, complete
from ansinh.law.engine.rules import ChangeOfLaw, Rule
from ansinh.lawbook.queries import confirmations

_Array = np.ndarray
_KINDS = ("monthly_allowance", "social_pension")
# Points that another answer of which could move a steady level; the others are left to the law one by one by `Bulk.recheck`.
_POINTS = (
    "adjust_down_month_r1", "age22_last_month", "age22_stopped_before_r3", "r3_5a_75_from", "birth_year_only", "birth_month_only",
    "birth_29_february",
)  # fmt: skip
_SQL = """
SELECT e.id, e.person_id, s.scope::bigint, coalesce(array_position(%(names)s::text[], e.category), 0)::bigint,
  e.coefficient::bigint, e.count::bigint, e.standard_vnd, e.amount_vnd,
  (lower(e.months) < %(first)s::date AND upper(e.months) IS NULL AND s.scope IS NOT DISTINCT FROM o.scope)::int::bigint
FROM unnest(%(units)s::bigint[], %(scopes)s::int[]) AS s(unit_id, scope) JOIN people_person p ON p.unit_id = s.unit_id
  JOIN entitlements_entitlement e ON e.person_id = p.id AND e.months && daterange(%(first)s::date, %(end)s::date)
  LEFT JOIN unnest(%(units)s::bigint[], %(scopes)s::int[]) AS o(unit_id, scope) ON o.unit_id = e.unit_id
ORDER BY e.person_id, e.id
"""
_NAMES = ("entry", "person", "scope", "category", "coefficient", "count", "standard", "amount", "through")
_SHAPE = np.dtype(
    [("fields", ">i2"), *((key, form) for name in _NAMES for key, form in ((f"{name}_size", ">i4"), (name, ">i8")))]
)


@dataclass(frozen=True)
class Steady:
    """Crossings told in columns, each with the place it belongs to, and the people to be asked about one by one."""

    told: Iterator[tuple[int, Crossing]]
    others: dict[int, list[int]]


def steady(*, scopes: Sequence[Sequence[int]], change: ChangeOfLaw, months: Sequence[date]) -> Steady:
    """Everybody of these places with entries in these months. Two statements, whatever the number of people."""
    names = sorted(law.categories())
    rows = _entries(scopes, months, names)
    if not len(rows):
        return Steady(iter(()), {})
    answers = confirmations()
    keys, row, times = np.unique(rows["person"].astype(np.int64), return_index=True, return_counts=True)
    facts = month_facts(keys.tolist(), months[-1], answers, since=months[0])
    seen = np.isin(keys, facts.ids[: facts.asked])
    keys, row, times = keys[seen], row[seen], times[seen]
    found = _Answer(facts, months, answers, names)
    entry = rows[row]
    alone = (times == 1) & found.fine
    same = alone & (entry["category"] == found.category) & (entry["amount"] == found.amount)
    plain = alone & ~same & (entry["through"] > 0) & found.tellable
    left = ~plain & ~same
    others: dict[int, list[int]] = {}
    for person, scope in zip(keys[left].tolist(), entry["scope"][left].tolist(), strict=True):
        others.setdefault(scope, []).append(person)
    return Steady(_told(entry, np.flatnonzero(plain), found, change, months), others)


def _entries(scopes: Sequence[Sequence[int]], months: Sequence[date], names: list[str]) -> _Array:
    pairs = [(unit, number) for number, scope in enumerate(scopes) for unit in scope]
    arguments = {
        "units": [unit for unit, _ in pairs], "scopes": [number for _, number in pairs], "names": names, "first": months[0],
        "end": next_month(months[-1]),
    }  # fmt: skip
    return np.frombuffer(read_binary(_SQL, arguments), _SHAPE)


class _Answer:
    """What the law gives each person asked through all the months, where that is one and the same."""

    def __init__(self, facts: MonthFacts, months: Sequence[date], answers: dict[str, str], names: list[str]) -> None:
        self.facts, self.names, self.count = facts, {name: n for n, name in enumerate(names, start=1)}, facts.asked
        full = complete(facts.columns)
        self.fine = ~facts.recheck[: self.count]
        self.rules: list[Rule | None] = [None]
        self.category, self.amount, self.level, self.rule = self._month(full, months[0], answers, keep=True)
        for month in months[1:]:
            self._hold_to(full, month, answers)
        for other, born in _other_answers(facts, answers):
            columns = full if born is None else {**full, "born": born}
            for month in dict.fromkeys((months[0], months[-1])):
                self._hold_to(columns, month, other)
        self.fine &= self.amount > 0

    def _hold_to(self, columns: Mapping[str, _Array], month: date, answers: dict[str, str]) -> None:
        category, amount, level, _rule = self._month(columns, month, answers)
        self.fine &= (category == self.category) & (amount == self.amount) & (level == self.level)

    def _month(
        self, columns: Mapping[str, _Array], month: date, answers: dict[str, str], *, keep: bool = False
    ) -> tuple[_Array, ...]:
        category, amount, level, rule = (np.zeros(self.count, np.int64) for _ in range(4))
        for resolutions, mine in by_resolution(self.facts, month):
            found = Run.of(columns, month, answers).under(resolutions).result()
            self.rules = [*found.rules, None] if keep else self.rules
            numbers = np.array([*(self.names[one.category] for one in found.rules), 0])
            first = found.first[: self.count]
            for target, values in (
                (category, numbers[first]),
                (amount, found.own_vnd),
                (level, found.coefficient),
                (rule, first),
            ):
                target[mine] = values[: self.count][mine]
            told_apart = found.recheck[: self.count] | (found.second[: self.count] >= 0)
            self.fine[mine] &= ~(told_apart[mine] | any(one.amounts or one.groups for one in resolutions))
        return category, amount, level, rule

    @property
    def tellable(self) -> _Array:
        """Where columns know the point of the decree and the sum is level × standard."""
        points = np.array([bool(one) and not one.code.endswith("*") and one.kind in _KINDS for one in self.rules])
        level = np.maximum(self.level, 1)
        return points[self.rule] & (self.level > 0) & (self.amount * 100 % level == 0)


def _other_answers(facts: MonthFacts, answers: dict[str, str]) -> Iterator[tuple[dict[str, str], _Array | None]]:
    """Every other choice of the points nobody confirmed, with the births it means where it moves them."""
    for key, question in law.questions().items():
        if key not in _POINTS or answers.get(key, "officer") != "officer" or question.while_unconfirmed != "hold":
            continue
        for choice in question.choices:
            if choice.value in ("officer", question.default):
                continue
            other = {**answers, key: choice.value}
            yield other, born_numbers(facts.births(other)) if key.startswith("birth_") else None


def _told(
    entries: _Array, plain: _Array, found: _Answer, change: ChangeOfLaw, months: Sequence[date]
) -> Iterator[tuple[int, Crossing]]:
    """The crossings, one entry after the other; what many share is made once."""
    some = entries[plain]
    columns = [some[name].tolist() for name in _NAMES[:-1]]
    law_columns = [column[plain].tolist() for column in (found.amount, found.level, found.rule)]
    names, texts, digest = ["", *sorted(law.categories())], [f"{month:%Y-%m}" for month in months], law.law_hash()
    words: dict[tuple, SimpleNamespace] = {}
    owed: dict[int, dict[str, int]] = {}
    for entry, person, scope, old, *was, amount, level, number in zip(*columns, *law_columns, strict=True):
        rule, before, more = found.rules[number], was[-1], max(amount - was[-1], 0)
        key = (number, old, *was, amount, level)
        if key not in words:
            words[key] = _words(rule, names[old], was, level, amount, change.basis)
        told = words[key]
        months_owed = owed.setdefault(more, dict.fromkeys(texts, more) if more else {})
        item = ItemDraft(
            person_id=person, act="adjust", benefit=rule.kind, category=rule.category, law_code=rule.code,
            coefficient=told.coefficient, count=told.count, standard_vnd=told.standard, amount_vnd=amount, from_month=months[0],
            reason=told.reason, article=told.article, entitlement=EntryKey(entry), law_amount_vnd=amount,
            law={"hash": digest, "owed": months_owed},
        )  # fmt: skip
        yield scope, Crossing(
            person_id=person, entry_id=entry, kind=told.kind, benefit=rule.kind, category=rule.category, law_code=rule.code,
            coefficient=told.coefficient, before_vnd=before, amount_vnd=amount, from_month=months[0], reason=told.reason,
            article=told.article, owed=months_owed, items=(item,), old_category=names[old],
        )  # fmt: skip


def _words(rule: Rule, old: str, was: Sequence[int], level: int, amount: int, basis: str) -> SimpleNamespace:
    """What all who move from this level to that one have in common. `was`: coefficient, count, standard, amount decided."""
    children = level // 100 if rule.count else 1
    told = SimpleNamespace(coefficient=level // children, count=children, standard=amount * 100 // level)
    before = dict(zip(("coefficient", "count", "standard_vnd", "amount_vnd"), was, strict=True))
    line = SimpleNamespace(
        category=rule.category, coefficient=told.coefficient, count=children, standard_vnd=told.standard, amount_vnd=amount
    )
    told.kind, told.reason = why(SimpleNamespace(category=old, **before), line)
    told.article = "; ".join(dict.fromkeys([basis, rule.basis, rule.coefficient_basis]))
    return told
