"""Everybody in the ledger across a change of law: what was decided, what the law gives since, what is owed month by month.

Most people are told in columns (`steady`): one entry all the time, one answer of the law in every month, whatever the open
points. The others are asked about one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import PERSONAL, Act, Entitlement
from ansinh.entitlements.queries.papers import decided_money
from ansinh.entitlements.queries.proposing import Stretch, as_before, differs, items_of, line_for, same, why, why_not
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, month_of, months_between, next_month
from ansinh.law.engine.rules import ChangeOfLaw
from ansinh.law.situation import Line, Situation

PAUSED = "Có tháng tạm dừng trong thời gian chuyển mức: quyết định riêng khi cho hưởng lại."
DEDUCTED = "Luật cho phần chênh lệch với lương hưu, trợ cấp BHXH: quyết định riêng, không đưa vào dự thảo chung."
AT_ONCE = 500
Lines = dict[date, list[Line]]


@dataclass(frozen=True)
class Crossing:
    """One entry across a change of law. `owed`: đồng by month ("2026-07"); `items`: the lines of the decision to be."""

    person_id: int
    entry_id: int
    kind: str
    benefit: str
    category: str
    law_code: str
    coefficient: int
    before_vnd: int
    amount_vnd: int
    from_month: date
    reason: str
    article: str
    owed: Mapping[str, int] = field(default_factory=dict)
    held: bool = False
    unconfirmed: tuple[str, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    old_category: str = ""


def change_of_law(key: str) -> ChangeOfLaw:
    """A change of law by its key. Raises InvalidInput for one nobody knows."""
    found = next((one for one in law.changes_of_law() if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in law.changes_of_law())
        raise InvalidInput(f"Không có lần thay đổi pháp luật “{key}”. Các lần đã biết: {known}.", field="thay_doi")
    return found


def transition_months(change: ChangeOfLaw, *, on: date) -> list[date]:
    """Months that the transition list of a change looks at: from its first money to this month, or to the next change."""
    later = [one.money_from for one in law.changes_of_law() if one.money_from > change.money_from]
    end = min([next_month(month_of(on)), *later])
    return list(months_between(change.money_from, max(end, next_month(change.money_from))))


def one_by_one(
    person_ids: Sequence[int], *, change: ChangeOfLaw, months: Sequence[date], unit_ids: Collection[int]
) -> Iterator[Crossing]:
    """Crossings of these people, the law asked about each. `unit_ids`: the places they live in."""
    decided = _decided(unit_ids)
    for start in range(0, len(person_ids), AT_ONCE):
        some = person_ids[start : start + AT_ONCE]
        entries: dict[int, list[Entitlement]] = defaultdict(list)
        running = Entitlement.objects.filter(
            person__in=some, benefit__in=PERSONAL, months__overlap=(months[0], next_month(months[-1]))
        )
        for entry in running.select_related("person").prefetch_related("suspensions").order_by("id"):
            entries[entry.person_id].append(entry)
        for key, situation in situations(entries).items():
            for entry in entries[key]:
                entry.owed_already = decided
            yield from _of_person(situation, entries[key], change, months)


def _decided(unit_ids: Collection[int]) -> dict[tuple[int, date], int]:
    """Arrears of allowance and pension that were decided by themselves, by person and month."""
    found: dict[tuple[int, date], int] = defaultdict(int)
    for item in decided_money(unit_ids):
        if item.act == Act.ARREARS and item.benefit in PERSONAL:
            for month in item.months:
                found[item.person_id, month] += item.amount_vnd
    return found


def _of_person(
    situation: Situation, entries: list[Entitlement], change: ChangeOfLaw, months: Sequence[date]
) -> Iterator[Crossing]:
    # A suspension hides nothing here: the level moves all the same, and who is suspended waits for an officer.
    asked = replace(situation, events=tuple(one for one in situation.events if one.kind not in ("suspended", "resumed")))
    person = str(entries[0].person_id)
    running = [month for month in months if any(_runs(entry, month) for entry in entries)]
    given: Lines = {
        month: [line for line in result.lines if line.kind in PERSONAL]
        for month, result in law.monthly_through(asked, running, only=person).items()
    }
    for entry in entries:
        upper = entry.months.upper
        if upper is not None and upper <= months[-1]:
            found = _past(entry, entries, given, change)
        else:
            found = _running(entry, entries, given, change, asked)
        if found is not None:
            yield found


def _line(entry: Entitlement, entries: Sequence[Entitlement], given: Lines, month: date) -> Line | None:
    return line_for(entry, given[month], sum(_runs(one, month) for one in entries) == 1)


def _runs(entry: Entitlement, month: date) -> bool:
    return entry.months.lower <= month and (entry.months.upper is None or month < entry.months.upper)


def _running(
    entry: Entitlement, entries: Sequence[Entitlement], given: Lines, change: ChangeOfLaw, situation: Situation
) -> Crossing | None:
    """An entry that still runs: the stretches in which the law gives something else, and what would set it right."""
    stretches = _stretches(entry, [(m, _line(entry, entries, given, m)) for m in given if _runs(entry, m)])
    if not stretches:
        return None
    first = stretches[0]
    if first.line is None and first.start == change.money_from and not law.drew_before(situation, change, str(entry.person_id)):
        return None  # it had to end before this change already: a matter of the watch list
    line = next((one.line for one in reversed(stretches) if one.line), None)
    kind, reason = why(entry, line) if line else ("stop", why_not(entry, first.start))
    owed = {
        month: line.amount_vnd - entry.amount_vnd
        for month in given
        if _runs(entry, month) and (line := _line(entry, entries, given, month)) and line.amount_vnd > entry.amount_vnd
    }
    last = stretches[-1].line
    return _crossing(
        entry, change, kind=kind, line=last, start=first.start, reason=reason, owed=owed,
        lines=[one.line for one in stretches if one.line], items=items_of(entry, stretches),
    )  # fmt: skip


def _stretches(entry: Entitlement, lines: Sequence[tuple[date, Line | None]]) -> list[Stretch]:
    """Months in a row with one answer, from the first month in which it differs from the entry; none when none does."""
    found: list[Stretch] = []
    for month, line in lines:
        if not found and not differs(entry, line):
            continue
        if found and same(found[-1].line, line):
            continue
        if found:
            found[-1] = replace(found[-1], end=month)
        found.append(Stretch(month, None, line))
    return found


def _past(entry: Entitlement, entries: Sequence[Entitlement], given: Lines, change: ChangeOfLaw) -> Crossing | None:
    """An entry that ended meanwhile: what its months lack is decided as arrears, less arrears decided already."""
    lacks: dict[date, tuple[int, Line]] = {}
    for month in given:
        line = _line(entry, entries, given, month) if _runs(entry, month) else None
        owed = line.amount_vnd - entry.amount_vnd - entry.owed_already.get((entry.person_id, month), 0) if line else 0
        if line and owed > 0:
            lacks[month] = (owed, line)
    if not lacks:
        return None
    by_amount: dict[int, list[date]] = defaultdict(list)
    for month, (owed, _) in lacks.items():
        by_amount[owed].append(month)
    line = next(iter(lacks.values()))[1]
    items = (
        ItemDraft(
            **as_before(entry), act="arrears", from_month=some[0], months=[f"{m:%Y-%m}" for m in some], amount_vnd=owed,
            entitlement=entry, reason=why(entry, line)[1], article="; ".join(line.basis), law_amount_vnd=line.amount_vnd,
            law={"hash": law.law_hash()},
        )
        for owed, some in by_amount.items()
    )  # fmt: skip
    return _crossing(
        entry, change, kind="past", line=line, start=min(lacks), reason=why(entry, line)[1],
        owed={month: owed for month, (owed, _) in lacks.items()}, lines=[one for _, one in lacks.values()], items=items,
    )  # fmt: skip


def _crossing(
    entry: Entitlement, change: ChangeOfLaw, *, kind: str, line: Line | None, start: date, reason: str, owed: dict[date, int],
    lines: Sequence[Line], items: Iterator[ItemDraft],
) -> Crossing:  # fmt: skip
    paused = any(_touches(one.months, start) for one in entry.suspensions.all())
    unconfirmed = tuple(dict.fromkeys(key for one in lines for key in one.unconfirmed))
    deducted = any(one.deduction_vnd for one in lines)
    told = {f"{month:%Y-%m}": amount for month, amount in owed.items() if not _paused_in(entry, month)}
    article = "; ".join(dict.fromkeys([change.basis, *(line.basis if line else ())]))
    return Crossing(
        person_id=entry.person_id, entry_id=entry.pk, kind=kind, benefit=line.kind if line else entry.benefit,
        category=line.category if line else entry.category, law_code=line.code if line else entry.law_code,
        coefficient=line.coefficient if line else 0, before_vnd=entry.amount_vnd, amount_vnd=line.amount_vnd if line else 0,
        from_month=start, reason=PAUSED if paused else DEDUCTED if deducted else reason, article=article, owed=told,
        held=paused or deducted or any(one.held for one in lines), unconfirmed=unconfirmed, old_category=entry.category,
        items=tuple(_with_owed(item, told, change) for item in items),
    )  # fmt: skip


def _with_owed(item: ItemDraft, owed: Mapping[str, int], change: ChangeOfLaw) -> ItemDraft:
    """The item with what it owes month by month, as its list tells it, and the clause of the change among its articles."""
    end = f"{item.to_month:%Y-%m}" if item.to_month else "9999"
    mine = {month: vnd for month, vnd in owed.items() if f"{item.from_month:%Y-%m}" <= month < end}
    if item.act == "arrears":
        mine = dict.fromkeys(item.months, item.amount_vnd)
    article = "; ".join(dict.fromkeys([change.basis, *filter(None, item.article.split("; "))]))
    return replace(item, article=article, law={**item.law, "owed": {} if item.act == "stop" else mine})


def _touches(period, start: date) -> bool:
    return not period.isempty and (period.upper is None or period.upper > start)


def _paused_in(entry: Entitlement, month: date) -> bool:
    spans = [one.months for one in entry.suspensions.all() if not one.months.isempty]
    return any(span.lower <= month and (span.upper is None or month < span.upper) for span in spans)


def first_list_after(on: date) -> date:
    """The month whose list can be the first to pay what is decided now."""
    return add_months(month_of(on), 1)
