"""The monthly list for the social-insurance office: health-insurance cards that begin, end or change group, from the ledger alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.entitlements.queries.papers import with_papers
from ansinh.kernel.periods import add_months, month_of
from ansinh.law.benefits.health_insurance.cards import Card, CardChange, card_changes, cards
from ansinh.law.resolutions import EXTRA, basis_of, reaching
from ansinh.law.situation import Line
from ansinh.lawbook.queries import provincial
from ansinh.localities.queries import province_keys
from ansinh.people.models import Person

BROUGHT = "health_insurance"  # what a resolution says that its group brings


@dataclass(frozen=True)
class InsuranceChange:
    """One row of the list. `recorded_on`: when the decision behind it was written down; late where its month lies before the list's.

    No category stands in it: the group of the card is all the office of social insurance is told.
    """

    person: Person
    change: CardChange
    reason: str
    number: str
    recorded_on: date | None
    is_late: bool

    @property
    def act(self) -> str:
        """increase, decrease or change."""
        return self.change.act

    @property
    def month(self) -> date:
        """The first month with the card, or without it."""
        return self.change.month

    @property
    def card(self) -> Card:
        """The card that begins or ends."""
        return self.change.card


def insurance_changes(*, unit_ids: Collection[int] | None, month: date) -> list[InsuranceChange]:
    """Who of the ledger of these places (None: of all that may be seen) gets, loses or changes a card with a month, and what was recorded in it too late for its own.

    Ordered by name. A constant number of queries. A person taken over by another commune leaves the list of the one and enters the
    other's. Of a group that the province adds the resolution says whether it brings a card (`extra_without_card` counts the others).
    """
    ledger = Entitlement.objects.filter(benefit__in=PERSONAL)
    if unit_ids is not None:
        ledger = ledger.filter(unit__in=unit_ids)
    people = ledger.filter(_touched(month)).order_by().values("person")
    entries = list(ledger.filter(person__in=people).select_related(*_AROUND).prefetch_related("suspensions").order_by("id"))
    by_person: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in with_papers(entries):
        by_person[entry.person_id].append(entry)
    _say_groups(entries)
    found = [one for mine in by_person.values() for one in _of_person(mine, month)]
    return sorted(found, key=lambda one: (one.person.sort_key, one.person.pk, one.month))


@dataclass(frozen=True)
class WithoutCard:
    """People who draw by a group that the province adds: those whose group brings no card, and those whose decision names no group."""

    not_brought: int = 0
    unknown: int = 0


def extra_without_card(*, unit_ids: Collection[int] | None, month: date) -> WithoutCard:
    """How many of a province's own groups stand on no list of cards in a month, and why."""
    ledger = Entitlement.objects.in_force(month).filter(category=EXTRA)
    if unit_ids is not None:
        ledger = ledger.filter(unit__in=unit_ids)
    entries = list(ledger.select_related("granted_by"))
    _say_groups(entries)
    known = [entry.group for entry in entries]
    return WithoutCard(
        sum(group is not None and BROUGHT not in group.brings for group in known), sum(group is None for group in known)
    )


def _say_groups(entries: Sequence[Entitlement]) -> None:
    """Write on each entry of a province's own group which one it is: the one its decision cites, or the only one there is."""
    mine = [entry for entry in entries if entry.category == EXTRA]
    confirmed = provincial() if mine else ()
    keys = province_keys({entry.unit_id for entry in mine}) if mine else {}
    for entry in mine:
        there = [
            (resolution, group)
            for resolution in reaching(confirmed, keys.get(entry.unit_id, frozenset()))
            if resolution.in_force(entry.months.lower)
            for group in resolution.groups
        ]
        cited = [group for resolution, group in there if basis_of(resolution, group) in entry.granted_by.article.split("; ")]
        some = cited or [group for _resolution, group in there]
        entry.group = some[0] if len(some) == 1 else None


_AROUND = ("person__village", "person__unit", "unit", "granted_by__decision", "ended_by__decision")


def _touched(month: date) -> Q:
    """Entries that begin or end, or are suspended or resumed, with the month; deaths of the month before; decisions recorded in it."""
    before = add_months(month, -1)
    recorded = {"gte": _midnight(month), "lt": _midnight(add_months(month, 1))}
    late = Q()
    for name in ("granted_by", "ended_by"):
        late |= Q(**{f"{name}__decision__recorded_at__{word}": moment for word, moment in recorded.items()})
    return (
        Q(months__startswith=month) | Q(months__endswith=month) | Q(suspensions__months__startswith=month)
        | Q(suspensions__months__endswith=month) | Q(person__died_on__gte=before, person__died_on__lt=month) | late
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _of_person(entries: Sequence[Entitlement], month: date) -> Iterable[InsuranceChange]:
    for at in sorted({month, *_late_months(entries, month)}):
        for change in card_changes(_cards(entries, add_months(at, -1)), _cards(entries, at), at):
            yield _told(entries, change, is_late=at < month)


def _late_months(entries: Sequence[Entitlement], month: date) -> Iterable[date]:
    """Months before the list's with which something begins or ends that was recorded in the month of the list only."""
    for entry in entries:
        for item, day in ((entry.granted_by, entry.months.lower), (entry.ended_by, entry.months.upper)):
            recorded = item.decision.recorded_at if item else None
            if recorded and day and day < month == month_of(timezone.localdate(recorded)):
                yield day


def _cards(entries: Sequence[Entitlement], month: date) -> dict[str, Card]:
    """The cards of a month, as the law gives them for what is decided, not suspended, of somebody alive when it begins."""
    held = [entry for entry in entries if _holds(entry, month)]
    return cards([_line(entry) for entry in held if entry.category != EXTRA or _brings(entry)], month)


def _brings(entry: Entitlement) -> bool:
    return entry.group is not None and BROUGHT in entry.group.brings


def _holds(entry: Entitlement, month: date) -> bool:
    died = entry.person.died_on
    if died and died < month:
        return False
    return _in(entry.months, month) and not any(_in(one.months, month) for one in entry.suspensions.all())


def _in(months, month: date) -> bool:
    return not months.isempty and months.lower <= month and (months.upper is None or month < months.upper)


def _line(entry: Entitlement) -> Line:
    return Line(
        person=str(entry.person_id), kind=entry.benefit, category=entry.category, code=entry.law_code, payee="",
        coefficient=entry.coefficient, standard_vnd=entry.standard_vnd, count=entry.count,
    )  # fmt: skip


def _told(entries: Sequence[Entitlement], change: CardChange, *, is_late: bool) -> InsuranceChange:
    """The row with its reason and the decision behind it."""
    person, at = entries[0].person, change.month
    if change.act == "decrease":
        return _ended(entries, change, is_late)
    began = next((one for one in reversed(entries) if one.months.lower == at), None)
    if began:
        recorded = began.granted_by.decision.recorded_at
        return InsuranceChange(person, change, began.paper.act_label, began.paper.number, _day(recorded), is_late)
    return InsuranceChange(person, change, _("Hưởng lại"), "", None, is_late)


def _ended(entries: Sequence[Entitlement], change: CardChange, is_late: bool) -> InsuranceChange:
    person, at = entries[0].person, change.month
    ended = next((one for one in reversed(entries) if one.months.upper == at and one.ended_by), None)
    number = ended.paper.end_number or "" if ended else ""
    recorded = _day(ended.ended_by.decision.recorded_at) if ended else None
    if person.died_on and person.died_on < at:
        return InsuranceChange(
            person, change, _("Từ trần ngày %(day)s") % {"day": f"{person.died_on:%d/%m/%Y}"}, number, recorded, is_late
        )
    if ended is None:
        return InsuranceChange(person, change, _("Tạm dừng"), "", None, is_late)
    moved = ended.ended_by.act == "adjust"
    return InsuranceChange(person, change, _("Chuyển nơi quản lý") if moved else _("Thôi hưởng"), number, recorded, is_late)


def _day(moment) -> date | None:
    return timezone.localdate(moment) if moment else None
