"""What a change of law does to one person: old and new category, level and amount, from which month, what is owed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ansinh.kernel.periods import months_between, next_month
from ansinh.law.benefit_month import lines_of_month, monthly_result
from ansinh.law.between_months import recorded
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.engine.rules import ChangeOfLaw
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Line, Situation

ROLES = {
    "monthly_allowance": "own",
    "social_pension": "own",
    "residential_upbringing": "own",
    "carer_money": "care",
    "disabled_parent_support": "parent",
}


@dataclass(frozen=True)
class OwedMonth:
    """One benefit month before the decision: due under the new law, paid under the old one or as recorded."""

    month: date
    due_vnd: int
    paid_vnd: int

    @property
    def amount_vnd(self) -> int:
        """Arrears of the month; negative: paid above what is due."""
        return self.due_vnd - self.paid_vnd


@dataclass(frozen=True)
class Transition:
    """One person and role (own money, money for carers, support of a disabled parent) across a change of law.

    `old` and `new` are the lines of the first month of the new rules, under either law; `from_month` the first benefit
    month in which they differ (None: nothing changes). `by_application`: nothing was drawn before, so it must be asked for.
    """

    person: str
    role: str
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    from_month: date | None
    owed: tuple[OwedMonth, ...]
    by_application: bool
    basis: tuple[str, ...]
    decided_by: str
    unconfirmed: tuple[str, ...] = ()

    @property
    def difference_vnd(self) -> int:
        """How much a month changes."""
        return _sum(self.new) - _sum(self.old)

    @property
    def arrears_vnd(self) -> int:
        """All that is owed for months before the decision."""
        return sum(max(one.amount_vnd, 0) for one in self.owed)


def transition(situation: Situation, change: ChangeOfLaw, *, decided_in: date | None = None) -> tuple[Transition, ...]:
    """The transition list of a situation: everybody who draws something under the old law or the new one.

    `decided_in`: the first month paid at the new level (default: the first month of the new rules). Months between the
    reach of the new money and that month are owed: due under the new law less paid, as recorded by `paid` events or, without
    them, as the old law gave. What the old law never gave is no arrears: it begins with an application.
    Basis: the one of the change (section 10.6 of the law notes).
    """
    new = Reckoning(situation)
    old = Reckoning(situation, book=_before(change.day))
    first_paid = decided_in or change.rules_from
    found = []
    for person in situation.persons:
        for role in dict.fromkeys(ROLES.values()):
            one = _one(old, new, person, role, change, first_paid)
            if one.old or one.new or one.owed:
                found.append(one)
    return tuple(found)


def drew_before(situation: Situation, change: ChangeOfLaw, person: str) -> bool:
    """Whether the old law, had it gone on, would give this person money of their own in the first month of the new money."""
    return bool(_lines(Reckoning(situation, book=_before(change.day)), person, "own", change.money_from))


@cache
def _before(day: date) -> LawBook:
    return load().as_before(day)


def _one(old: Reckoning, new: Reckoning, person: str, role: str, change: ChangeOfLaw, first_paid: date) -> Transition:
    was, now = _lines(old, person, role, change.rules_from), _lines(new, person, role, change.rules_from)
    differing = [
        month
        for month in months_between(change.money_from, next_month(change.rules_from))
        if _told(_lines(old, person, role, month)) != _told(_lines(new, person, role, month))
    ]
    owed = []
    for month in months_between(change.money_from, first_paid):
        due, paid = _lines(new, person, role, month), _lines(old, person, role, month)
        given = _given(new, person, month, due or paid, paid)
        if paid and _sum(due) != given:
            owed.append(OwedMonth(month, _sum(due), given))
    basis = dict.fromkeys([change.basis, *(text for line in now for text in line.basis)])
    open_points = dict.fromkeys(key for month in _asked(change, first_paid) for key in _unconfirmed(new, person, role, month))
    return Transition(
        person, role, was, now, min(differing, default=None), tuple(owed), bool(now and not was), tuple(basis),
        change.decided_by, tuple(open_points),
    )  # fmt: skip


def _asked(change: ChangeOfLaw, first_paid: date) -> list[date]:
    return list(months_between(change.money_from, next_month(max(change.rules_from, first_paid))))


def _given(reckoning: Reckoning, person: str, month: date, lines: Sequence[Line], paid: Sequence[Line]) -> int:
    """What was paid: as recorded for one of the kinds of this role, else as the old law gave."""
    known = recorded(reckoning, person, month)
    kinds = {line.kind for line in lines} | {line.kind for line in paid}
    told = [known[kind] for kind in kinds if kind in known]
    return sum(told) if told else _sum(paid)


def _lines(reckoning: Reckoning, person: str, role: str, month: date) -> tuple[Line, ...]:
    lines = lines_of_month(reckoning, month)[0]
    return tuple(line for line in lines if line.person == person and ROLES[line.kind] == role)


def _unconfirmed(reckoning: Reckoning, person: str, role: str, month: date) -> list[str]:
    lines = monthly_result(reckoning, month).lines
    return [key for line in lines if line.person == person and ROLES[line.kind] == role for key in line.unconfirmed]


def _told(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    return [line.identity for line in lines]


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.amount_vnd for line in lines)
