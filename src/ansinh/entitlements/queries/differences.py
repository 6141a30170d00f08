"""Registry × law × ledger for a month: where the decided amount is not what the law gives, and what would set it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects

from ansinh import law
from ansinh.database import bulk
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import FOR_CARE, PERSONAL, Entitlement
from ansinh.entitlements.queries.comparing import suspects
from ansinh.entitlements.queries.proposing import Stretch, as_before, differs, items_of, line_for, same, why, why_not
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Line, MonthResult, Situation
from ansinh.people.models import Person

BACK = 24
Ask = Callable[[date], MonthResult]  # what the law gives one person, asked month by month


@dataclass(frozen=True)
class Difference:
    """One entry that the law sees differently: what was decided, what the law gives, since when, why, and the items proposed."""

    person: Person
    entry: Entitlement
    kind: str
    law_vnd: int
    since: date
    reason: str
    held: bool
    items: tuple[ItemDraft, ...]

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
    for entry in running.select_related("person", "cared_for", "unit").order_by("id"):
        by_subject[subject_of(entry)].append(entry)
    asked = situations(by_subject)
    resting = [entry for subject, mine in by_subject.items() if subject in asked and _suspends(asked[subject]) for entry in mine]
    prefetch_related_objects(resting, "suspensions")
    found = []
    for subject, mine in by_subject.items():
        if subject in asked:
            ask, awake = law.asked_by_month(asked[subject], only=str(subject)), _awake(asked[subject], subject)
            found += _of_person(ask, awake, mine, month, unit_ids)
    return found


def subject_of(entry: Entitlement) -> int:
    """Whose facts an entry stands on: those of the person cared for, of a carer's entry."""
    return entry.cared_for_id or entry.person_id


def _of_person(
    ask: Ask, awake: Ask | None, entries: list[Entitlement], month: date, unit_ids: Sequence[int]
) -> list[Difference]:  # fmt: skip
    own = sum(entry.benefit in PERSONAL for entry in entries)
    found = []
    for entry in entries:
        alone = own == 1 or entry.benefit in FOR_CARE
        if awake and (since := _only_suspended(awake, entry, month, alone)):
            # No ground to end it, until the time to prove the conditions is over.
            found += [_suspended_too_long(entry, since)] if month >= law.termination_month(since) else []
            continue
        if differs(entry, line_for(entry, lines_of(ask, entry, month), alone)):
            found.append(_difference(ask, entry, month, alone))
        elif entry.unit_id not in unit_ids:
            found.append(_moved(entry, month))
    return found


def _only_suspended(awake: Ask, entry: Entitlement, month: date, alone: bool) -> date | None:
    """Since when an entry rests, where nothing but its suspension keeps the law from giving it. `awake`: the law without it."""
    open_ones = [one for one in entry.suspensions.all() if one.resumed_by_id is None and not one.months.isempty]
    since = min((one.months.lower for one in open_ones), default=None)
    if since is None or month < since or entry.person.died_on:
        return None
    return since if line_for(entry, lines_of(awake, entry, month), alone) else None


def _suspends(situation: Situation) -> bool:
    return any(event.kind == "suspended" for event in situation.events)


def _awake(situation: Situation, subject: int) -> Ask | None:
    """The law asked as if nothing were suspended; None where nothing is."""
    if not _suspends(situation):
        return None
    events = tuple(one for one in situation.events if one.kind not in ("suspended", "resumed"))
    return law.asked_by_month(replace(situation, events=events), only=str(subject))


def _suspended_too_long(entry: Entitlement, since: date) -> Difference:
    """Nobody proved the conditions in the time the law leaves for it: the entry ends with that time."""
    start = max(law.termination_month(since), add_months(entry.months.lower, 1))
    reason = f"Tạm dừng từ tháng {month_text(since)}, hết thời hạn chưa được hưởng lại; thôi hưởng từ tháng {month_text(start)}."
    item = ItemDraft(
        **as_before(entry), act="stop", from_month=start, amount_vnd=entry.amount_vnd, entitlement=entry, reason=reason,
        law_amount_vnd=0, law={"hash": law.law_hash()},
    )  # fmt: skip
    return Difference(entry.person, entry, "stop", 0, start, reason, False, (item,))


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
    held = any(stretch.line and stretch.line.held for stretch in stretches)
    items = tuple(items_of(entry, stretches))
    if line is None:
        return Difference(entry.person, entry, "stop", 0, since, why_not(entry, stretches[-1].start), held, items)
    kind, reason = why(entry, line)
    return Difference(entry.person, entry, kind, line.amount_vnd, since, reason, held, items)


def _moved(entry: Entitlement, month: date) -> Difference:
    """Lives here, decided elsewhere: the commune of today takes the entry over, with the same amount."""
    start = max(month, add_months(entry.months.lower, 1))
    reason = f"Chuyển đến từ {entry.unit.name}; hưởng tiếp mức đã quyết định."
    item = ItemDraft(
        **as_before(entry), act="adjust", from_month=start, to_month=entry.months.upper, amount_vnd=entry.amount_vnd,
        entitlement=entry, reason=reason, law_amount_vnd=entry.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip
    return Difference(entry.person, entry, "move", entry.amount_vnd, start, reason, False, (item,))
