"""Truth that arrived late: the law re-asked for each past month, less what was decided and received; the rest is drafted.

What a change of the running entry would bring is left to `draft_differences`; here come months that lie behind it: a degree that
held for some months only, a birth that makes the first months of an entry untrue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from django.db import transaction

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.columns import month_facts
from ansinh.entitlements.models import PERSONAL, Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft, draft_decision, drop_proposals
from ansinh.entitlements.queries import DecidedMoney, MonthOfLaw, decided_money, differences, law_by_month, on_papers_of_their_own
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import add_months, month_text, months_between
from ansinh.law.bulk_arrears import owed
from ansinh.lawbook.queries import confirmations, provincial
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.operations.history import read_history

BACK = 24


@dataclass
class _Past:
    """What was decided for the people of a commune, month by month: entries that ran, and money decided by itself."""

    months: list[date]
    entries: dict[int, list[Entitlement]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))

    def running(self, person: int, month: date) -> list[Entitlement]:
        """Entries that ran in a month; none where one of them was suspended: that month is an officer's to decide."""
        found = [
            e for e in self.entries[person] if e.months.lower <= month and (e.months.upper is None or month < e.months.upper)
        ]
        return [] if any(_paused(entry, month) for entry in found) else found

    def decided(self, person: int, month: date) -> int:
        return sum(entry.amount_vnd for entry in self.running(person, month)) + self.alone[person, month]


@transaction.atomic
def draft_past_months(*, unit: Unit, month: date, by: Post | None, now: datetime) -> list[Decision]:
    """Draft arrears and recoveries for the two years before `month`, each month with what was decided, received, and given by law.

    Replaces the unsigned draft of the same month. None where nothing is owed either way; whoever has a sensitive ground has a paper of their own. Whoever's running entry differs from
    the law, or waits in another draft, is left out: that paper comes first.
    """
    left_out = {person for _kind, person in drop_proposals(unit=unit, month=month, kinds=("arrears",))}
    here = scope_ids(unit, on=now.date())
    past = _read(here, list(months_between(add_months(month, -BACK), month)))
    asked = [key for key in _suspects(past) if key not in left_out | _waiting(here)]
    differing = {one.person.pk for one in differences(unit_ids=here, month=month, among=asked)}
    items = list(_items(past, [key for key in asked if key not in differing], month))
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return [
        draft_decision(
            office=office, unit=unit, kind="arrears", origin="proposed", items=paper, by=by, now=now, month=month,
            title=f"Truy lĩnh, thu hồi các tháng đã qua, rà soát tháng {month_text(month)}",
        )
        for paper in on_papers_of_their_own(items)
    ]  # fmt: skip


def _read(unit_ids: Sequence[int], months: list[date]) -> _Past:
    past = _Past(months)
    entries = Entitlement.objects.filter(
        person__unit__in=unit_ids, benefit__in=PERSONAL, months__overlap=(months[0], add_months(months[-1], 1))
    )
    for entry in entries.prefetch_related("suspensions").order_by("id"):
        past.entries[entry.person_id].append(entry)
    for item in decided_money(unit_ids):
        for at in item.months if item.benefit in PERSONAL else ():
            past.alone[item.person_id, at] += _signed(item)
    return past


def _signed(item: DecidedMoney) -> int:
    return item.amount_vnd if item.act == "arrears" else -item.amount_vnd


def _paused(entry: Entitlement, month: date) -> bool:
    spans = [one.months for one in entry.suspensions.all() if not one.months.isempty]
    return any(span.lower <= month and (span.upper is None or month < span.upper) for span in spans)


def _waiting(unit_ids: Sequence[int]) -> set[int]:
    """People of drafts that nobody signed or threw away yet."""
    drafts = Decision.objects.filter(unit__in=unit_ids, state="draft")
    return set(drafts.values_list("items__person", flat=True))


def _suspects(past: _Past) -> list[int]:
    """Those for whom the law in bulk gives another sum than was decided for a month, or whom only the law one by one can tell."""
    if not past.entries:
        return []
    answers = confirmations()
    facts = month_facts(list(past.entries), past.months[-1], answers, since=past.months[0])
    keys = facts.ids[: facts.asked].tolist()
    decided = np.array([[past.decided(key, at) for at in past.months] for key in keys], np.int64).reshape(len(keys), -1)
    running = np.array([[bool(past.running(key, at)) for at in past.months] for key in keys], np.bool_).reshape(len(keys), -1)
    found = owed(facts.columns, past.months, decided, answers)
    unsure = found.recheck | facts.recheck[: facts.asked] | any(one.in_force(at) for one in provincial() for at in past.months)
    return [key for key, asks in zip(keys, ((found.lacks_vnd != 0) & running).any(axis=1) | unsure, strict=True) if asks]


def _items(past: _Past, people: Sequence[int], month: date) -> Iterator[ItemDraft]:
    history = read_history(people, until=month, but=None)
    for person, by_month in law_by_month(people, past.months).items():
        received: dict[date, int] = defaultdict(int)
        for line in history.lines[person]:
            if line.state == "paid" and line.amount_vnd > 0:
                received[line.benefit_month] += line.amount_vnd
        found: dict[tuple[str, int], list[tuple[date, str]]] = defaultdict(list)
        for at, given in by_month.items():
            if amount := _owed(past, person, at, given, received[at]):
                words = (
                    f"Tháng {month_text(at)}: luật {number_text(given.amount_vnd)}, quyết định "
                    f"{number_text(past.decided(person, at))}, đã nhận {number_text(received[at])}."
                )
                found["arrears" if amount > 0 else "recovery", abs(amount)].append((at, words))
        for (act, amount), some in found.items():
            yield _item(past, person, act, amount, some, by_month[some[0][0]])


def _owed(past: _Past, person: int, at: date, given: MonthOfLaw, received: int) -> int:
    """đồng of a month still to be decided; below 0: received beyond the law. Nothing where no entry ran, or a point is open."""
    if given.held or not past.running(person, at):
        return 0
    amount = given.amount_vnd - past.decided(person, at)
    return amount if amount >= 0 else -min(-amount, max(0, received - given.amount_vnd))


def _item(
    past: _Past, person: int, act: str, amount: int, some: Sequence[tuple[date, str]], given: MonthOfLaw
) -> ItemDraft:  # fmt: skip
    months = [at for at, _words in some]
    entry = past.running(person, months[0])[0]
    return ItemDraft(
        person_id=person, act=act, benefit=entry.benefit, category=entry.category, law_code=entry.law_code,
        coefficient=entry.coefficient, count=entry.count, standard_vnd=entry.standard_vnd, amount_vnd=amount,
        from_month=months[0], months=[f"{at:%Y-%m}" for at in months], entitlement=entry, law_amount_vnd=given.amount_vnd,
        reason=" ".join(words for _at, words in some[:6]), article=given.article,
    )  # fmt: skip
