"""What the law gives somebody for the months a wrong stop took away, as lines of a decision that gives them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.models import PERSONAL, DecisionItem, Entitlement
from ansinh.kernel.periods import add_months, month_text, months_between, months_text, parse_month
from ansinh.law.situation import Line, Situation
from ansinh.payments.models import LineKind, PaymentLine
from ansinh.people.models import Person

BACK = 24  # months before the stop that are asked again


@dataclass(frozen=True)
class Resumption:
    """Lines that give back what was stopped. `waiting`: months the law gives only once an open point is confirmed; `since`: the first
    month that was taken away."""

    items: tuple[ItemDraft, ...]
    waiting: tuple[date, ...]
    since: date | None


def stopped_entries(person: Person, *, since: date | None = None, by: DecisionItem | None = None) -> list[Entitlement]:
    """Entries that a signed decision stopped and that nothing has followed: from a month on, or by a line; else the last ones alone.

    What was rightly stopped years ago is nobody's mistake, and is not asked about again.
    """
    found = Entitlement.objects.filter(
        person=person, benefit__in=PERSONAL, ended_by__act="stop", ended_by__decision__state="signed"
    )
    if by is not None:
        found = found.filter(ended_by=by)
    rows = list(found.select_related("ended_by__decision", "granted_by", "unit").order_by("months", "id"))
    if since is None and by is None:
        since = max((one.months.upper for one in rows), default=None)
    rows = [one for one in rows if since is None or one.months.upper >= since]
    running = Entitlement.objects.filter(person=person).filter(Q(months__endswith=None) | Q(ended_by=None))
    held = list(running.values_list("benefit", "months"))
    return [one for one in rows if not any(b == one.benefit and m.lower >= one.months.upper for b, m in held)]


def lines_to_resume(*, person: Person, entries: Sequence[Entitlement], until: date, why: str, alive: bool = False) -> Resumption:
    """For each month since the stop what the law gives by the facts as they stand, where nothing else runs. `alive`: as if not dead.

    Beside them, as arrears, what no list would bring by itself: money a recovery took back, a level raised for the months before.
    """
    if not entries:
        return Resumption((), (), None)
    situation, since = situation_of(person), min(one.months.upper for one in entries)
    if alive:
        events = tuple(one for one in situation.events if (one.kind, one.person) != ("died", str(person.id)))
        situation = replace(situation, events=events)
    given: dict[tuple, list[date]] = defaultdict(list)
    lines: dict[tuple, Line] = {}
    waiting = []
    taken = list(Entitlement.objects.filter(person=person, benefit__in=PERSONAL).values_list("months", flat=True))
    for month in months_between(since, add_months(until, 1)):
        if any(one.lower <= month and (one.upper is None or month < one.upper) for one in taken):
            continue
        for line in _lines(situation, person, month):
            if line.held:
                waiting.append(month)
                continue
            key = (line.kind, line.category, line.code, line.coefficient, line.count, line.standard_vnd, line.amount_vnd)
            given[key].append(month)
            lines[key] = line
    items = [
        _item(person, _entry_of(lines[key], entries), lines[key], first, end, why)
        for key, months in given.items()
        for first, end in _spans(months, until)
    ]
    items.sort(key=lambda item: item.from_month)
    return Resumption((*items, *_past_money(situation, person, entries, since)) if items else (), tuple(waiting), since)


def _lines(situation: Situation, person: Person, month: date) -> list[Line]:
    return [line for line in law.monthly(situation, month, only=str(person.id)).lines if line.kind in PERSONAL]


def _entry_of(line: Line, entries: Sequence[Entitlement]) -> Entitlement:
    return next((one for one in entries if one.category == line.category), entries[0])


def _spans(months: Iterable[date], until: date) -> Iterator[tuple[date, date | None]]:
    """Months in a row as (first, end); the end stays open where the law still gives it in the last month asked."""
    spans: list[list[date]] = []
    for month in months:
        if spans and spans[-1][1] == month:
            spans[-1][1] = add_months(month, 1)
        else:
            spans.append([month, add_months(month, 1)])
    for first, end in spans:
        yield first, None if end > until else end


def _item(person: Person, entry: Entitlement, line: Line, first: date, end: date | None, why: str) -> ItemDraft:
    paper = entry.ended_by.decision
    return ItemDraft(
        person_id=person.id, act="resume", benefit=line.kind, category=line.category, law_code=line.code,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
        from_month=first, to_month=end, entitlement=entry, article="; ".join(line.basis), law_amount_vnd=line.amount_vnd,
        law={"hash": law.law_hash()},
        reason=f"Hưởng lại từ tháng {month_text(first)}: {why}; thôi hưởng theo {_lower(str(paper))} là không đúng.",
    )  # fmt: skip


def _past_money(situation: Situation, person: Person, entries: Sequence[Entitlement], since: date) -> Iterator[ItemDraft]:
    """Arrears that no list brings by itself: what a recovery took back since the stop, and a level raised for the months before it."""
    owed: dict[date, int] = defaultdict(int)
    mine = {"person": person, "benefit__in": PERSONAL}
    taken = PaymentLine.objects.filter(**mine, kind=LineKind.RECOVERY, benefit_month__gte=since, state__in=("due", "paid"))
    for month, amount in taken.values_list("benefit_month", "amount_vnd"):
        owed[month] -= amount
    for entry in entries:
        for month in months_between(max(entry.months.lower, add_months(entry.months.upper, -BACK)), entry.months.upper):
            line = next(
                (one for one in _lines(situation, person, month) if one.category == entry.category and not one.held), None
            )
            if line and line.amount_vnd > entry.amount_vnd:
                owed[month] += line.amount_vnd - entry.amount_vnd
    decided = DecisionItem.objects.filter(**mine, act="arrears", decision__state__in=("draft", "signed"))
    for months, amount in decided.values_list("months", "amount_vnd"):
        for text in months:
            owed[parse_month(text)] -= amount
    groups: dict[tuple[int, bool], list[date]] = defaultdict(list)
    for month, amount in sorted(owed.items()):
        if amount > 0:
            groups[amount, month >= since].append(month)
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd")
    for (amount, was_taken), months in groups.items():
        why = "Trả lại tiền đã thu hồi" if was_taken else "Truy lĩnh chênh lệch mức trước khi thôi hưởng"
        yield ItemDraft(
            person_id=person.id, act="arrears", amount_vnd=amount, from_month=add_months(max(months), 1),
            months=[f"{month:%Y-%m}" for month in months], entitlement=entries[0],
            reason=f"{why}, các tháng {months_text(months)}.", **{name: getattr(entries[0], name) for name in kept},
        )  # fmt: skip


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
