"""Money between months: when a grant first pays, what it covers, and what is still owed for earlier months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ansinh.kernel.periods import add_months, month_of, months_between, next_month
from ansinh.law.benefit_month import lines_of_month, suspensions
from ansinh.law.benefits.monthly_allowance import months as month_rules
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.grants import earliest, sources, start_month
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Event, Line

DECISIVE = ("decision_signed", "level_switch_decided", "resumed")
LEVEL_SWITCH_FROM = date(2026, 7, 1)
Due = dict[tuple[str, str, str], int]


@dataclass(frozen=True)
class ArrearsLine:
    """Months of one person, kind and payee that are owed the same difference."""

    person: str
    kind: str
    payee: str
    months: tuple[date, ...]
    due_vnd: int
    paid_vnd: int

    @property
    def amount_vnd(self) -> int:
        """The whole debt of the line."""
        return (self.due_vnd - self.paid_vnd) * len(self.months)


@dataclass(frozen=True)
class Payment:
    """The first payment after an event: its month, the months it brings money for, the sum."""

    month: date
    months_covered: tuple[date, ...]
    total_vnd: int


def event_month(event: Event) -> date:
    """The month of an event."""
    if event.month:
        return event.month
    if event.day is None:
        raise NotAnswerable("Sự kiện không có ngày, tháng.")
    return month_of(event.day)


def last_event(reckoning: Reckoning, person: str, *kinds: str) -> Event:
    """The last event of the kinds; NotAnswerable if there is none."""
    found = reckoning.events(person, *kinds)
    if not found:
        raise NotAnswerable(f"Không có sự kiện {', '.join(kinds)} của {person}.")
    return max(found, key=event_month)


def first_benefit_month(reckoning: Reckoning, person: str, after: str) -> date:
    """The first benefit month that is due by the last event of a kind.

    Level switch: the new level is due from 2026-07 or from the start of payment if later.
    Basis: Điều 8 NĐ 20/2021/NĐ-CP; Điều 8, Điều 9, Điều 32 NĐ 335/2026/NĐ-CP.
    """
    event = last_event(reckoning, person, after)
    month = event_month(event)
    if after == "moved":
        rules = month_rules.rules_on(event.day or month)
        paid = date.fromisoformat(f"{event.more['last_month_paid']}-01")
        return rules.move_month(paid)
    if after == "level_switch_decided":
        return _first_due(reckoning, person, LEVEL_SWITCH_FROM, month)
    if after == "resumed":
        starts = [start for start, _, resumed in suspensions(reckoning, person) if resumed is event]
        return _first_due(reckoning, person, min(starts, default=month), month)
    kind = event.benefit or "monthly_allowance"
    return _first_due(reckoning, person, earliest(reckoning, person, event, kind), add_months(month, 12), event)


def _first_due(reckoning: Reckoning, person: str, first: date, last: date, event: Event | None = None) -> date:
    for month in months_between(first, next_month(last)):
        for line in lines_of_month(reckoning, month)[0]:
            if line.person == person and (event is None or _brought(reckoning, line, event, month)):
                return month
    raise NotAnswerable(f"Không có tháng nào được hưởng từ {first:%m/%Y}.")


def _brought(reckoning: Reckoning, line: Line, event: Event, month: date) -> bool:
    rule = next(rule for rule in reckoning.law(month).rules if rule.key == line.rule)
    if event.benefit == line.kind or line.kind in ("carer_money", "disabled_parent_support"):
        return start_month(reckoning, line.person, event, rule) <= month
    return False


def due_by_payee(reckoning: Reckoning, month: date, person: str | None = None) -> Due:
    """What the law gives for a month, by person, kind and payee."""
    result: Due = {}
    for line in lines_of_month(reckoning, month)[0]:
        if person is None or line.person == person:
            key = (line.person, line.kind, line.payee)
            result[key] = result.get(key, 0) + line.amount_vnd
    return result


def paid_for(reckoning: Reckoning, month: date, due: Due, decisive: Event) -> Due:
    """What was really paid for a month before the decisive event.

    As recorded; else as due, except nothing before a first decision and for suspended months, unless an earlier event
    brought them already. A second decision beside a running one counts against what was due without it. A recorded social pension counts against the allowance that replaced it, and the other
    way round.
    Basis: section 4 of the case format ("What was paid").
    """
    return {key: _paid(reckoning, month, key, amount, due, decisive) for key, amount in due.items()}


def _paid(reckoning: Reckoning, month: date, key: tuple[str, str, str], amount: int, due: Due, decisive: Event) -> int:
    person, kind, _ = key
    known = recorded(reckoning, person, month)
    if kind in known:
        return known[kind]
    twins = {"monthly_allowance": "social_pension", "social_pension": "monthly_allowance"}
    twin = twins.get(kind)
    if twin in known and not any(other == (person, twin) for other in ((p, k) for p, k, _ in due)):
        return known[twin]
    if _unpaid(reckoning, person, kind, month, event_month(decisive)):
        return 0
    if any(event_month(event) == event_month(decisive) for event in reckoning.events(person, "decision_signed")):
        before = due_by_payee(_without_decisions(reckoning, person, event_month(decisive)), month, person)
        return min(amount, before.get(key, 0))
    return amount


def _without_decisions(reckoning: Reckoning, person: str, month: date) -> Reckoning:
    """The situation as it stood before the decisions of a month about a person."""
    key = ("without_decisions", person, month)
    if key not in reckoning.memory:
        decided = [event for event in reckoning.events(person, "decision_signed") if event_month(event) == month]
        events = tuple(event for event in reckoning.situation.events if event not in decided)
        reckoning.memory[key] = Reckoning(
            replace(reckoning.situation, events=events), book=reckoning.book, known_on=reckoning.known_on,
            answers=reckoning.answers,
        )  # fmt: skip
    found: Reckoning = reckoning.memory[key]
    return found


def recorded(reckoning: Reckoning, person: str, month: date) -> dict[str, int]:
    """What `paid` events say was paid to a person for a month, by kind."""
    return {
        event.benefit: event.more["per_month_vnd"]
        for event in reckoning.events(person, "paid")
        if event.benefit and month in event.months
    }


def _unpaid(reckoning: Reckoning, person: str, kind: str, month: date, decided: date) -> bool:
    """Nothing was paid yet: suspended and not resumed before the decisive month, or before a first decision of it."""
    for start, resumed, _ in suspensions(reckoning, person):
        if start <= month and (resumed is None or month < resumed) and (resumed is None or resumed >= decided):
            return True
    granted = [event_month(event) for _, event in sources(reckoning, person, kind)]
    return bool(granted) and month < min(granted) and min(granted) >= decided


def decisive_event(reckoning: Reckoning) -> Event:
    """The last decision, level switch or resumption of the situation."""
    found = [event for event in reckoning.situation.events if event.kind in DECISIVE]
    if not found:
        raise NotAnswerable("Không có quyết định, chuyển mức hoặc chi trả tiếp để tính truy lĩnh.")
    return max(found, key=event_month)


def arrears(reckoning: Reckoning) -> list[ArrearsLine]:
    """What is owed for benefit months before the month of the decisive event, months of equal amounts in one line."""
    decisive = decisive_event(reckoning)
    groups: dict[tuple[str, str, str, int, int], list[date]] = {}
    for month in months_between(_first_open_month(reckoning, decisive), event_month(decisive)):
        due = due_by_payee(reckoning, month)
        paid = paid_for(reckoning, month, due, decisive)
        for key, amount in due.items():
            if amount > paid[key]:
                groups.setdefault((*key, amount, paid[key]), []).append(month)
    return [
        ArrearsLine(person, kind, payee, tuple(months), due_vnd, paid_vnd)
        for (person, kind, payee, due_vnd, paid_vnd), months in groups.items()
    ]


def _first_open_month(reckoning: Reckoning, decisive: Event) -> date:
    """The earliest month that may not have been paid as due."""
    months = [event_month(decisive)]
    for event in reckoning.situation.events:
        months.extend(event.months)
    for person in reckoning.situation.persons:
        months.extend(start for start, _, _ in suspensions(reckoning, person))
        for event in reckoning.events(person, "decision_signed"):
            months.append(earliest(reckoning, person, event, event.benefit or "monthly_allowance"))
    return min(months)


def first_payment(reckoning: Reckoning, person: str, after: str) -> Payment:
    """The first payment after the last event of a kind: that month and all arrears of the person."""
    event = last_event(reckoning, person, after)
    first = first_benefit_month(reckoning, person, after)
    month = max(event_month(event), first)
    covered: list[date] = []
    total = 0
    for one in months_between(min(first, _first_open_month(reckoning, event)), next_month(month)):
        due = due_by_payee(reckoning, one, person)
        if one == month:
            owed = sum(due.values())
        elif after == "moved":
            owed = sum(due.values()) if one >= first else 0
        else:
            paid = paid_for(reckoning, one, due, event)
            owed = sum(max(amount - paid[key], 0) for key, amount in due.items())
        if owed:
            covered.append(one)
            total += owed
    return Payment(month, tuple(covered), total)
