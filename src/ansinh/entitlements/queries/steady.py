"""Those whose crossing of a change of law columns can tell: one entry, one answer of the law in every month.

An answer that an unconfirmed point could turn is no such answer: it is looked for under every other choice, in the first and
the last month (a birthday that another choice moves would otherwise show as a change between the months).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np

from ansinh import law
from ansinh.database.bulk import read_binary
from ansinh.entitlements.columns import MonthFacts, month_facts
from ansinh.entitlements.drafts import EntryKey, ItemDraft
from ansinh.entitlements.models import PERSONAL
from ansinh.entitlements.queries.comparing import by_resolution
from ansinh.entitlements.queries.proposing import why
from ansinh.entitlements.queries.transitions import Crossing
from ansinh.kernel.periods import next_month
from ansinh.law.bulk import Run
from ansinh.law.bulk_facts import born_numbers, complete
from ansinh.law.engine.rules import ChangeOfLaw, Rule
from ansinh.lawbook.queries import confirmations

_Array = np.ndarray
_EPOCH = date(1970, 1, 1)
# Points that another answer of which could move a steady level; the others are left to the law one by one by `Bulk.recheck`.
_POINTS = (
    "adjust_down_month_r1", "age22_last_month", "age22_stopped_before_r3", "r3_5a_75_from", "birth_year_only", "birth_month_only",
    "birth_29_february",
)  # fmt: skip
_SQL = """
SELECT e.id, e.person_id, s.scope::bigint, coalesce(array_position(%(names)s::text[], e.category), 0)::bigint,
  e.coefficient::bigint, e.count::bigint, e.standard_vnd, e.amount_vnd,
  CASE WHEN lower(e.months) < %(first)s::date THEN 0 ELSE lower(e.months) - '1970-01-01'::date END::bigint,
  CASE WHEN upper(e.months) IS NULL OR upper(e.months) >= %(end)s::date THEN 0 ELSE upper(e.months) - '1970-01-01'::date END::bigint,
  (coalesce(upper(e.months) >= %(end)s::date, false) OR EXISTS (SELECT 1 FROM entitlements_decisionitem i WHERE i.person_id = e.person_id
    AND i.act = 'arrears'))::int::bigint
FROM unnest(%(units)s::bigint[], %(scopes)s::int[]) AS s(unit_id, scope) JOIN people_person p ON p.unit_id = s.unit_id
  JOIN entitlements_entitlement e ON e.person_id = p.id AND e.months && daterange(%(first)s::date, %(end)s::date)
  AND e.benefit = ANY (%(benefits)s)
ORDER BY e.person_id, e.id
"""
_NAMES = ("entry", "person", "scope", "category", "coefficient", "count", "standard", "amount", "began", "ended", "aside")
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
    plain = alone & ~same & (entry["aside"] == 0) & found.tellable
    left = ~plain & ~same
    others: dict[int, list[int]] = {}
    for person, scope in zip(keys[left].tolist(), entry["scope"][left].tolist(), strict=True):
        others.setdefault(scope, []).append(person)
    return Steady(_told(entry, np.flatnonzero(plain), found, change, months), others)


def _entries(scopes: Sequence[Sequence[int]], months: Sequence[date], names: list[str]) -> _Array:
    pairs = [(unit, number) for number, scope in enumerate(scopes) for unit in scope]
    arguments = {
        "units": [unit for unit, _ in pairs], "scopes": [number for _, number in pairs], "names": names, "first": months[0],
        "benefits": [str(benefit) for benefit in PERSONAL],
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
        points = np.array([bool(one) and not one.code.endswith("*") and one.kind in PERSONAL for one in self.rules])
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
    names, teller = ["", *sorted(law.categories())], _Teller(change, months)
    words: dict[tuple, SimpleNamespace] = {}
    for entry, person, scope, old, *was, began, ended, amount, level, number in zip(*columns, *law_columns, strict=True):
        key = (number, old, *was, amount, level)
        if key not in words:
            words[key] = _words(found.rules[number], names[old], was, level, amount, change.basis)
        told = words[key]
        crossing = teller.partly(entry, person, told, began, ended) if began or ended else teller.whole(entry, person, told)
        if crossing:
            yield scope, crossing


class _Teller:
    """Makes crossings; what many share is made once."""

    def __init__(self, change: ChangeOfLaw, months: Sequence[date]) -> None:
        self.change, self.months, self.digest = change, months, law.law_hash()
        self.texts = [f"{month:%Y-%m}" for month in months]
        self.owed: dict[int, dict[str, int]] = {}

    def whole(self, entry: int, person: int, told: SimpleNamespace) -> Crossing:
        """An entry that runs through all the months: one adjustment from the first."""
        owed = self.owed.setdefault(told.more, dict.fromkeys(self.texts, told.more) if told.more else {})
        item = ItemDraft(
            person_id=person, act="adjust", **told.level, from_month=self.months[0], reason=told.reason, article=told.article,
            entitlement=EntryKey(entry), law_amount_vnd=told.level["amount_vnd"], law={"hash": self.digest, "owed": owed},
        )  # fmt: skip
        return self._crossing(entry, person, told, told.kind, self.months[0], owed, (item,))

    def partly(self, entry: int, person: int, told: SimpleNamespace, began: int, ended: int) -> Crossing | None:
        """An entry that began or ended within the months: its first month, and one that ended, get what they lack as arrears."""
        first = _EPOCH + timedelta(days=began) if began else self.months[0]
        end = _EPOCH + timedelta(days=ended) if ended else None
        mine = [month for month in self.months if first <= month and (end is None or month < end)]
        owed = dict.fromkeys((f"{month:%Y-%m}" for month in mine), told.more) if told.more else {}
        items = []
        if owed and (lacking := mine if end else mine[:1]):
            items.append(self._lacking(entry, person, told, lacking))
        if end is None:
            items.append(self._later(entry, person, told, next_month(first), owed))
        kind = "past" if end else told.kind
        return self._crossing(entry, person, told, kind, first, owed, tuple(items)) if items else None

    def _lacking(self, entry: int, person: int, told: SimpleNamespace, months: Sequence[date]) -> ItemDraft:
        texts = [f"{month:%Y-%m}" for month in months]
        return ItemDraft(
            person_id=person, act="arrears", **told.before, amount_vnd=told.more, from_month=months[0], months=texts,
            reason=told.reason, article=told.article, entitlement=EntryKey(entry), law_amount_vnd=told.level["amount_vnd"],
            law={"hash": self.digest, "owed": dict.fromkeys(texts, told.more)},
        )  # fmt: skip

    def _later(self, entry: int, person: int, told: SimpleNamespace, start: date, owed: dict[str, int]) -> ItemDraft:
        later = {month: vnd for month, vnd in owed.items() if month >= f"{start:%Y-%m}"}
        return ItemDraft(
            person_id=person, act="adjust", **told.level, from_month=start, reason=told.reason, article=told.article,
            entitlement=EntryKey(entry), law_amount_vnd=told.level["amount_vnd"], law={"hash": self.digest, "owed": later},
        )  # fmt: skip

    def _crossing(
        self, entry: int, person: int, told: SimpleNamespace, kind: str, first: date, owed: dict[str, int], items: tuple[ItemDraft, ...]
    ) -> Crossing:  # fmt: skip
        level = told.level
        return Crossing(
            person_id=person, entry_id=entry, kind=kind, benefit=level["benefit"], category=level["category"],
            law_code=level["law_code"], coefficient=level["coefficient"], before_vnd=told.before_vnd,
            amount_vnd=level["amount_vnd"], from_month=first, reason=told.reason, article=told.article, owed=owed, items=items,
            old_category=told.before["category"],
        )  # fmt: skip


def _words(rule: Rule, old: str, was: Sequence[int], level: int, amount: int, basis: str) -> SimpleNamespace:
    """What all who move from this level to that one have in common. `was`: coefficient, count, standard, amount decided."""
    children = level // 100 if rule.count else 1
    before = dict(zip(("coefficient", "count", "standard_vnd"), was, strict=False))
    columns = {
        "coefficient": level // children, "count": children, "standard_vnd": amount * 100 // level, "amount_vnd": amount,
        "benefit": rule.kind, "category": rule.category, "law_code": rule.code,
    }  # fmt: skip
    kind, reason = why(SimpleNamespace(category=old, amount_vnd=was[-1], **before), SimpleNamespace(**columns))
    known = law.categories().get(old)
    return SimpleNamespace(
        level=columns, kind=kind, reason=reason, more=max(amount - was[-1], 0), before_vnd=was[-1],
        before={**before, "benefit": known.kind if known else rule.kind, "category": old, "law_code": rule.code},
        article="; ".join(dict.fromkeys([basis, rule.basis, rule.coefficient_basis])),
    )  # fmt: skip
