"""What counts for one benefit month, when facts change inside it: adjust, stop and start by the rule of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ansinh.kernel.periods import month_of
from ansinh.law.benefits.monthly_allowance.months import rules_on
from ansinh.law.levels import level_vnd
from ansinh.law.reckoning import DAY, Candidate, Reckoning

_ALLOWANCE = ("rest", "single_parent")


class Effective(NamedTuple):
    """Candidates that count for a month, by group, and those displaced by a facility."""

    groups: Mapping[str, tuple[Candidate, ...]]
    displaced: tuple[Candidate, ...]


def effective(reckoning: Reckoning, person: str, month: date) -> Effective:
    """What fits this person for this benefit month, before decisions and concurrence.

    Begins with what fitted on the eve of the month and walks through the changes inside it. A loss always counts from
    the month after; a change of level by the rule of the day; a first fit from the month in which it happens. A second
    allowance beside one already running is a change of level; losing one of the two is a stop. So the month of entering
    a facility is already one of the facility, and the month of leaving still is.
    Basis: Điều 8 NĐ 20/2021/NĐ-CP; Điều 5 NĐ 147/2025/NĐ-CP; Điều 8 NĐ 335/2026/NĐ-CP.
    """
    key = ("effective", person, month)
    if key not in reckoning.memory:
        reckoning.memory[key] = _effective(reckoning, person, month)
    found: Effective = reckoning.memory[key]
    return found


def _effective(reckoning: Reckoning, person: str, month: date) -> Effective:
    days = reckoning.changes_in(person, month)
    before = reckoning.state(person, month - DAY, month)
    if not days:
        return Effective(before.groups, before.displaced)
    current = dict(before.groups)
    displaced = before.displaced
    for day in days:
        after = reckoning.state(person, day, month)
        displaced = after.displaced or displaced
        # Two groups that begin on one day begin together: only what stood before the day makes the other a second one.
        standing = dict(current)
        for group in {*standing, *after.groups}:
            old, new = standing.get(group, ()), after.groups.get(group, ())
            current[group] = _step(reckoning, person, day, group, old, new, standing)
        if _care_waits(standing, after.groups, current):
            current["care"] = ()
    return Effective({group: found for group, found in current.items() if found}, displaced)


def _step(
    reckoning: Reckoning, person: str, day: date, group: str, old: Sequence[Candidate], new: Sequence[Candidate],
    current: Mapping[str, tuple[Candidate, ...]],
) -> tuple[Candidate, ...]:  # fmt: skip
    rules = rules_on(day)
    if not new:
        return () if old and _stops_at_once(reckoning, person, day, old) else tuple(old)
    if not old:
        second = group in _ALLOWANCE and any(current.get(other) for other in _ALLOWANCE if other != group)
        if second and not rules.adjusts_at_once(downward=False, answer=reckoning.answer):
            return ()
        return tuple(new)
    before, after = _level(reckoning, old, day), _level(reckoning, new, day)
    if after == before and _codes(new) == _codes(old):
        return tuple(new)
    at_once = rules.adjusts_at_once(downward=after < before, answer=reckoning.answer)
    return tuple(new) if at_once else tuple(old)


def _care_waits(
    standing: Mapping[str, tuple[Candidate, ...]], after: Mapping[str, tuple[Candidate, ...]],
    current: Mapping[str, tuple[Candidate, ...]],
) -> bool:  # fmt: skip
    """Money for carers that begins with a change of the allowance waits with it for the month after (R2).

    A month that still counts the person as severely disabled, or as not yet taken in, has no carer of the new category.
    Basis: điểm d khoản 2 Điều 5 NĐ 147/2025/NĐ-CP; Điều 20 NĐ 20/2021/NĐ-CP (carers of khoản 1, 5.d, 6).
    """
    old, new = standing.get("rest", ()), after.get("rest", ())
    waits = bool(old and new) and _codes(old) != _codes(new) and current.get("rest") == old
    return waits and not standing.get("care") and bool(after.get("care"))


def _level(reckoning: Reckoning, candidates: Sequence[Candidate], day: date) -> int:
    return max(level_vnd(reckoning, candidate, month_of(day)) for candidate in candidates)


def _codes(candidates: Sequence[Candidate]) -> list[tuple[str, str, int]]:
    return [(candidate.rule.key, candidate.code, candidate.coefficient) for candidate in candidates]


def _stops_at_once(reckoning: Reckoning, person: str, day: date, old: Sequence[Candidate]) -> bool:
    """The two open points under which the month of the change itself is not paid.

    Basis: khoản 2 Điều 5 NĐ 20/2021/NĐ-CP ("tối đa không quá 22 tuổi"); poverty lists of 1 January (B12).
    """
    student = any(candidate.rule.category == "EX_CHILD_STUDENT" for candidate in old)
    if student and reckoning.birthday(person, 22) == day and reckoning.answer("age22_last_month") == "month_before":
        return True
    if (day.month, day.day) == (1, 1):
        household = reckoning.situation.household
        if household.at("poverty", day - DAY) != household.at("poverty", day):
            return reckoning.answer("poverty_lapse_month") == "month_of_change"
    return False
