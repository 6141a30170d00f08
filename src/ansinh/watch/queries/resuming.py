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
from ansinh.entitlements.models import FOR_CARE, PERSONAL, DecisionItem, Entitlement, pot_of
from ansinh.entitlements.queries.differences import subject_of
from ansinh.kernel.periods import add_months, month_of, month_text, months_between, months_text, parse_month
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

    Beside what the person draws, money for care that the person gives or is given. What was rightly stopped years ago is nobody's
    mistake, and is not asked about again.
    """
    mine = Entitlement.objects.filter(Q(person=person) | Q(cared_for=person), benefit__in=(*PERSONAL, *FOR_CARE))
    found = mine.filter(ended_by__act="stop", ended_by__decision__state="signed")
    if by is not None:
        found = found.filter(ended_by=by)
    around = ("ended_by__decision", "granted_by", "unit", "person", "cared_for")
    rows = list(found.select_related(*around).order_by("months", "id"))
    if since is None and by is None:
        since = max((one.months.upper for one in rows), default=None)
    rows = [one for one in rows if since is None or one.months.upper >= since]
    held = [(_pot(one), one.benefit, one.months) for one in mine.filter(Q(months__endswith=None) | Q(ended_by=None))]
    return [
        one for one in rows
        if not any((_pot(one), one.benefit) == (pot, b) and m.lower >= one.months.upper for pot, b, m in held)
    ]  # fmt: skip


def _pot(entry: Entitlement) -> tuple[int, str]:
    """Whose facts an entry stands on, and what its money is for."""
    return subject_of(entry), pot_of(entry.benefit)


@dataclass(frozen=True)
class _Asked:
    """Stopped entries of one pot, and the law about them. `died_on`: when who draws the money died, by what is known now."""

    entries: Sequence[Entitlement]
    situation: Situation
    died_on: date | None

    @property
    def subject(self) -> int:
        """Whose facts count."""
        return subject_of(self.entries[0])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The benefits of the pot."""
        return PERSONAL if self.entries[0].benefit in PERSONAL else (self.entries[0].benefit,)

    def lines(self, month: date) -> list[Line]:
        """What the law gives for a month; nothing for a carer who really is dead."""
        if self.died_on and month_of(self.died_on) < month:
            return []
        found = law.monthly(self.situation, month, only=str(self.subject)).lines
        return [line for line in found if line.kind in self.kinds]

    def beside(self) -> Q:
        """Entries of the same pot: the care of a person is paid once, whoever cares."""
        care = self.entries[0].cared_for_id
        whose = Q(cared_for=care) if care else Q(person=self.subject)
        return whose & Q(benefit__in=self.kinds)


def lines_to_resume(*, person: Person, entries: Sequence[Entitlement], until: date, why: str, alive: bool = False) -> Resumption:
    """For each month since the stop what the law gives by the facts as they stand, where nothing else runs. `alive`: as if not dead.

    Beside them, as arrears, what no list would bring by itself: money a recovery took back, a level raised for the months before.
    Money for care follows what the person draws; of a carer who lives elsewhere that commune decides.
    """
    pots: dict[tuple[int, str], list[Entitlement]] = defaultdict(list)
    for entry in entries:
        if entry.person_id == person.id or entry.person.unit_id == person.unit_id:
            pots[_pot(entry)].append(entry)
    found = [_of_pot(_asked(person, mine, alive), until, why) for mine in pots.values()]
    return Resumption(
        tuple(item for one in found for item in one.items),
        tuple(sorted({month for one in found for month in one.waiting})),
        min((one.since for one in found if one.since), default=None),
    )


def _asked(person: Person, entries: Sequence[Entitlement], alive: bool) -> _Asked:
    drawer = person if entries[0].person_id == person.id else entries[0].person
    situation = situation_of(entries[0].cared_for or drawer)
    if alive:
        events = tuple(one for one in situation.events if (one.kind, one.person) != ("died", str(person.id)))
        situation = replace(situation, events=events)
    return _Asked(entries, situation, None if alive and drawer is person else drawer.died_on)


def _of_pot(asked: _Asked, until: date, why: str) -> Resumption:
    since = min(one.months.upper for one in asked.entries)
    given: dict[tuple, list[date]] = defaultdict(list)
    lines: dict[tuple, Line] = {}
    waiting = []
    taken = list(Entitlement.objects.filter(asked.beside()).values_list("months", flat=True))
    for month in months_between(since, add_months(until, 1)):
        if any(one.lower <= month and (one.upper is None or month < one.upper) for one in taken):
            continue
        for line in asked.lines(month):
            if line.held:
                waiting.append(month)
                continue
            key = (line.kind, line.category, line.code, line.coefficient, line.count, line.standard_vnd, line.amount_vnd)
            given[key].append(month)
            lines[key] = line
    items = [
        _item(_entry_of(lines[key], asked.entries), lines[key], first, end, why)
        for key, months in given.items()
        for first, end in _spans(months, until)
    ]
    items.sort(key=lambda item: item.from_month)
    return Resumption((*items, *_past_money(asked, since)) if items else (), tuple(waiting), since)


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


def _item(entry: Entitlement, line: Line, first: date, end: date | None, why: str) -> ItemDraft:
    paper = entry.ended_by.decision
    return ItemDraft(
        person_id=entry.person_id, act="resume", benefit=line.kind, category=line.category, law_code=line.code,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
        from_month=first, to_month=end, entitlement=entry, cared_for_id=entry.cared_for_id, article="; ".join(line.basis),
        law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
        reason=f"Hưởng lại từ tháng {month_text(first)}: {why}; thôi hưởng theo {_lower(str(paper))} là không đúng.",
    )  # fmt: skip


def _past_money(asked: _Asked, since: date) -> Iterator[ItemDraft]:
    """Arrears that no list brings by itself: what a recovery took back since the stop, and a level raised for the months before it."""
    owed: dict[date, int] = defaultdict(int)
    entries, first = asked.entries, asked.entries[0]
    mine = {"person": first.person_id, "benefit__in": asked.kinds}
    taken = PaymentLine.objects.filter(**mine, kind=LineKind.RECOVERY, benefit_month__gte=since, state__in=("due", "paid"))
    taken = taken.filter(item__cared_for=first.cared_for_id) if first.cared_for_id else taken
    for month, amount in taken.values_list("benefit_month", "amount_vnd"):
        owed[month] -= amount
    for entry in entries:
        for month in months_between(max(entry.months.lower, add_months(entry.months.upper, -BACK)), entry.months.upper):
            line = next((one for one in asked.lines(month) if one.category == entry.category and not one.held), None)
            if line and line.amount_vnd > entry.amount_vnd:
                owed[month] += line.amount_vnd - entry.amount_vnd
    decided = DecisionItem.objects.filter(**mine, act="arrears", decision__state__in=("draft", "signed"))
    decided = decided.filter(cared_for=first.cared_for_id) if first.cared_for_id else decided
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
            person_id=first.person_id, act="arrears", amount_vnd=amount, from_month=add_months(max(months), 1),
            months=[f"{month:%Y-%m}" for month in months], entitlement=first, cared_for_id=first.cared_for_id,
            reason=f"{why}, các tháng {months_text(months)}.", **{name: getattr(first, name) for name in kept},
        )  # fmt: skip


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
