"""From which month a change of an entry is to be decided: not from today's month, where the law has seen it earlier or sees it later."""

from __future__ import annotations

from datetime import date

from ansinh import law
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.kernel.periods import add_months, month_of, months_between, next_month
from ansinh.law.situation import MonthResult
from ansinh.people.models import Person

BACK = 24  # months


def month_of_change(person: Person, entry: Entitlement, month: date) -> date:
    """The first month since which the law gives what it gives in `month`: months before the decision are not lost.

    Never the entry's own first month (that would be another decision), nor more than two years ago; `month` where nothing changed.
    """
    stands = (entry.category, entry.coefficient, entry.count, entry.standard_vnd)
    if stands in _told(law.monthly(situation_of(person), month), person):
        return month
    return _since(person, entry, month)


def month_of_move(person: Person, entry: Entitlement, month: date) -> date:
    """The first month to be paid at the new place: the one after the move, when the old place stops; no month between is lost.

    Basis: Điều 8 NĐ 335/2026/NĐ-CP.
    """
    home = person.residences.filter(period__endswith=None).order_by("-period").first()
    moved = month_of(home.period.lower) if home and home.period.lower else month
    return max(next_month(moved), next_month(entry.months.lower))


def month_of_stop(person: Person, entry: Entitlement, month: date) -> date:
    """The first month without the entry: after a death the month after it; where the law stopped giving, that month; else the next.

    Basis: Điều 8 NĐ 20/2021/NĐ-CP; Điều 8 NĐ 335/2026/NĐ-CP (stop from the month after).
    """
    if person.died_on:
        return max(next_month(month_of(person.died_on)), next_month(entry.months.lower))
    if _told(law.monthly(situation_of(person), month), person):
        return next_month(month)
    return _since(person, entry, month)


def _since(person: Person, entry: Entitlement, month: date) -> date:
    first = max(next_month(entry.months.lower), add_months(month, -BACK))
    months = list(months_between(first, next_month(month)))
    answers = law.monthly_through(situation_of(person), months)
    found = month
    for earlier in reversed(months):
        if _told(answers[earlier], person) != _told(answers[month], person):
            break
        found = earlier
    return found


def _told(result: MonthResult, person: Person) -> list[tuple]:
    """What the law gives the person, apart from its article."""
    lines = [line for line in result.lines if line.person == str(person.pk) and line.kind in PERSONAL]
    return sorted((line.category, line.coefficient, line.count, line.standard_vnd) for line in lines)
