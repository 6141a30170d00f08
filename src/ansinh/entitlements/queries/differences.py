"""Registry × law × ledger for a month: where the decided amount is not what the law gives, and what would set it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh import law
from ansinh.database import bulk
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situations, unsuspended
from ansinh.entitlements.models import FOR_CARE, PERSONAL, Entitlement
from ansinh.entitlements.queries.comparing import suspects
from ansinh.entitlements.queries.proposing import Stretch, as_before, differs, items_of, line_for, same, why, why_not
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Line, MonthResult
from ansinh.people.models import Person

BACK = 24
Ask = Callable[[date], MonthResult]  # what the law gives one person, asked month by month


@dataclass(frozen=True)
class Difference:
    """One entry that the law sees differently: what was decided, what the law gives, since when, why, and the items proposed.

    `lapsed`: a suspension whose time has run out; the law would give all the same.
    """

    person: Person
    entry: Entitlement
    kind: str
    law_vnd: int
    since: date
    reason: str
    held: bool
    items: tuple[ItemDraft, ...]
    lapsed: bool = False

    @property
    def change_vnd(self) -> int:
        return self.law_vnd - self.entry.amount_vnd


def differences(*, unit_ids: Sequence[int], month: date, among: Collection[int] | None = None) -> list[Difference]:
    """Entries of people who live here that run in `month` and differ from the law. A constant number of queries.

    Most people draw what the law gives, and the law in bulk says so; the others are asked about one by one. `among`: those
    others, where somebody asked for many communes at once.
    """
    looked_at = suspects(scopes=[unit_ids], month=month) if among is None else among
    running = Entitlement.objects.filter(person__unit__in=unit_ids, months__contains=month, person__in=bulk.among(looked_at))
    running = running.filter(benefit__in=(*PERSONAL, *FOR_CARE))
    by_subject: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in running.select_related("person", "cared_for", "unit").prefetch_related("suspensions").order_by("id"):
        by_subject[subject_of(entry)].append(entry)
    asked = situations(by_subject)
    found = []
    for subject, mine in by_subject.items():
        if subject in asked:
            ask = law.asked_by_month(unsuspended(asked[subject]), only=str(subject))
            found += _of_person(ask, mine, month, unit_ids)
    return found


def subject_of(entry: Entitlement) -> int:
    """Whose facts an entry stands on: those of the person cared for, of a carer's entry."""
    return entry.cared_for_id or entry.person_id


def _of_person(ask: Ask, entries: list[Entitlement], month: date, unit_ids: Sequence[int]) -> list[Difference]:
    own = sum(entry.benefit in PERSONAL for entry in entries)
    found = []
    for entry in entries:
        alone = own == 1 or entry.benefit in FOR_CARE
        line = line_for(entry, lines_of(ask, entry, month), alone)
        if differs(entry, line):
            found.append(_difference(ask, entry, month, alone))
        elif (since := _rests_since(entry, month)) and month >= law.termination_month(since):
            found.append(_suspended_too_long(entry, since))  # once what is owed for the months before is decided
        elif entry.unit_id not in unit_ids:
            found.append(_moved(entry, month))
    return found


def _rests_since(entry: Entitlement, month: date) -> date | None:
    """The first month of the suspension that an entry is in; None where it is in none, or its person is dead."""
    open_ones = [one.since for one in entry.suspensions.all() if one.resumed_by_id is None and not one.months.isempty]
    since = min(open_ones, default=None)
    return since if since and since <= month and not entry.person.died_on else None


def _suspended_too_long(entry: Entitlement, since: date) -> Difference:
    """Nobody proved the conditions in the time the law leaves for it: the entry ends with that time."""
    start = max(law.termination_month(since), add_months(entry.months.lower, 1))
    reason = f"Tạm dừng từ tháng {month_text(since)}, hết thời hạn chưa được hưởng lại; thôi hưởng từ tháng {month_text(start)}."
    item = ItemDraft(
        **as_before(entry), act="stop", from_month=start, amount_vnd=entry.amount_vnd, entitlement=entry, reason=reason,
        law_amount_vnd=0, law={"hash": law.law_hash()},
    )  # fmt: skip
    return Difference(entry.person, entry, "stop", 0, start, reason, False, (item,), lapsed=True)


def lines_of(ask: Ask, entry: Entitlement, month: date) -> list[Line]:
    """What the law gives of the entry's kind; nothing for a carer's entry once the carer is dead."""
    if entry.cared_for_id and entry.person.died_on and month_of(entry.person.died_on) < month:
        return []
    kinds = PERSONAL if entry.benefit in PERSONAL else (entry.benefit,)
    return [line for line in ask(month).lines if line.kind in kinds]


def _stretches(ask: Ask, entry: Entitlement, month: date, alone: bool) -> list[Stretch]:
    """What the law gave instead of the entry, oldest first, looking back from `month` for as long as it differs."""
    found: list[Stretch] = []
    start = month
    for _ in range(BACK):
        line = line_for(entry, lines_of(ask, entry, start), alone)
        if start < entry.months.lower or (found and not differs(entry, line)):
            break
        if found and same(found[0].line, line):
            found[0] = Stretch(start, found[0].end, line)
        else:
            found.insert(0, Stretch(start, found[0].start if found else None, line))
        start = add_months(start, -1)
    return found


def _difference(ask: Ask, entry: Entitlement, month: date, alone: bool) -> Difference:
    stretches = _stretches(ask, entry, month, alone)
    since, line = stretches[0].start, stretches[-1].line
    items = tuple(items_of(entry, stretches))
    # The ledger has no place for a deduction: such a line is left to whoever decides about the person alone.
    held = any(one.line and (one.line.held or one.line.deduction_vnd) for one in stretches) or _pays_paused_months(entry, items)
    if line is None:
        return Difference(entry.person, entry, "stop", 0, since, why_not(entry, stretches[-1].start), held, items)
    kind, reason = why(entry, line)
    return Difference(entry.person, entry, kind, line.amount_vnd, since, reason, held, items)


def _pays_paused_months(entry: Entitlement, items: Iterable[ItemDraft]) -> bool:
    """Whether a line beside the adjustment would pay suspended months: an adjustment carries a suspension on, a grant does not.

    Such a person waits for the resumption; afterwards everything is proposed at once.
    """
    spans = [one.months for one in entry.suspensions.all() if not one.months.isempty and not one.owed]
    return any(
        item.act == "grant"
        and (span.upper is None or item.from_month < span.upper)
        and (item.to_month is None or span.lower < item.to_month)
        for item in items
        for span in spans
    )


def _moved(entry: Entitlement, month: date) -> Difference:
    item = taken_over(entry, month)
    return Difference(entry.person, entry, "move", entry.amount_vnd, item.from_month, item.reason, False, (item,))


def taken_over(entry: Entitlement, month: date) -> ItemDraft:
    """Lives here, decided elsewhere: the commune of today takes the entry over, with the same amount."""
    start = max(month, add_months(entry.months.lower, 1))
    reason = f"Chuyển đến từ {entry.unit.name}; hưởng tiếp mức đã quyết định."
    return ItemDraft(
        **as_before(entry), act="adjust", from_month=start, to_month=entry.months.upper, amount_vnd=entry.amount_vnd,
        entitlement=entry, reason=reason, law_amount_vnd=entry.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip


def care_decided_elsewhere(person: Person, *, unit_ids: Collection[int]) -> list[Entitlement]:
    """Money for care that somebody who lives here draws by a decision of another commune: it follows the move of the person."""
    found = person.entitlements.filter(benefit__in=FOR_CARE, ended_by=None).exclude(unit__in=unit_ids)
    return list(found.select_related("unit", "person", "cared_for").order_by("id"))
