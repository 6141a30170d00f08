"""What earlier lists hold for people, whichever commune kept them, and what the ledger says as it was known at the cut-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from ansinh.entitlements.models import Benefit, Entitlement, Suspension, pot_of
from ansinh.kernel.periods import add_months, month_of, months_between
from ansinh.payments.models import LineKind
from ansinh.payments.operations.owed import Decided, Given
from ansinh.people.models import Person

HELD_BY_DEATH = "Đã mất ngày"
UNCONFIRMED = "Tháng tạm dừng được chi lại: chờ xác nhận điểm pháp luật về truy lĩnh."
_COLUMNS = (
    "id", "person_id", "entitlement_id", "item_id", "kind", "benefit_month", "benefit", "category", "law_code", "coefficient",
    "count", "standard_vnd", "amount_vnd", "decision_number", "state", "hold_reason", "carried",
)  # fmt: skip


@dataclass(frozen=True)
class Past:
    """One line of another list: amounts only. `carried` when a later list carries it already."""

    id: int
    person_id: int
    entitlement_id: int | None
    item_id: int | None
    kind: str
    benefit_month: date
    benefit: str
    category: str
    law_code: str
    coefficient: int
    count: int
    standard_vnd: int
    amount_vnd: int
    decision_number: str
    state: str
    hold_reason: str
    carried: bool

    @property
    def counts(self) -> bool:
        """Money of the ledger that stands on a list: not held, not the same money a second time, not decided by itself."""
        return self.state != "held" and self.kind != LineKind.CARRIED and self.item_id is None

    @property
    def held_by_hand(self) -> bool:
        return self.state == "held" and not self.hold_reason.startswith(HELD_BY_DEATH)


@dataclass
class History:
    """Lines of other lists by person and month, by decision item, and the first month each commune kept lists here."""

    lines: dict[int, list[Past]] = field(default_factory=lambda: defaultdict(list))
    months: dict[tuple[int, date], list[Past]] = field(default_factory=lambda: defaultdict(list))
    items: dict[tuple[int, date], list[Past]] = field(default_factory=lambda: defaultdict(list))
    first_months: dict[int, date] = field(default_factory=dict)


def read_history(person_ids: Iterable[int], *, until: date, but: int | None) -> History:
    """What lists other than `but` hold for these people up to a benefit month. Two queries."""
    found = History()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM payments_past(%s::bigint[], %s::date, %s::bigint)",
            [list(person_ids), until, but or 0],
        )
        for row in cursor.fetchall():
            line = Past(*row)
            found.lines[line.person_id].append(line)
            found.months[line.person_id, line.benefit_month].append(line)
            if line.item_id:
                found.items[line.item_id, line.benefit_month].append(line)
        cursor.execute("SELECT unit_id, month FROM payments_first_months()")
        found.first_months = dict(cursor.fetchall())
    return found


@dataclass(frozen=True)
class Paper:
    """The decision behind an entry and the one that ended it, whichever commune signed them."""

    number: str
    signed_on: date | None
    recorded_at: datetime | None
    to_month: date | None
    replaces_id: int | None
    ended_act: str | None
    ended_recorded_at: datetime | None


def ledger_entries(
    *, unit_ids: Iterable[int], month: date, known_at: datetime, people: Collection[int] | None = None
) -> list[Entitlement]:
    """Entries of people who live here (`people`: of these alone), up to a month, as known at a moment, each with its `paper`.

    Three queries.

    A grant recorded later is not there yet. Whoever moved in comes with their entries; the commune they left cannot see them.
    """
    found = Entitlement.objects.filter(person__unit__in=unit_ids, months__startswith__lte=month).select_related("cared_for")
    if people is not None:
        found = found.filter(person__in=people)
    rows = list(found.prefetch_related("suspensions").order_by("id"))
    papers = _papers({entry.person_id for entry in rows})
    for entry in rows:
        entry.paper = papers[entry.id]
    return [entry for entry in rows if entry.paper.recorded_at is None or entry.paper.recorded_at <= known_at]


def _papers(person_ids: Iterable[int]) -> dict[int, Paper]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_papers(%s::bigint[])", [list(person_ids)])
        return {row[0]: Paper(*row[1:]) for row in cursor.fetchall()}


@dataclass
class Ledger:
    """The entries of one person, asked month by month."""

    person: Person
    entries: list[Entitlement]
    known_at: datetime
    cutoff_day: int
    first_months: dict[int, date]
    here: tuple[int, ...]
    month: date
    _since: dict[int, date] = field(default_factory=dict)

    def running(self, month: date) -> list[Entitlement]:
        """Entries to be paid for a month: running, owed by lists of this system, not suspended, not after a death."""
        return [entry for entry in self.entries if self._pays(entry, month) and not left_by_death(entry, self.person, month)]

    def in_force(self, month: date) -> list[Entitlement]:
        """Entries of the month itself; a death does not hide them, their lines are held."""
        return [entry for entry in self.entries if self._runs(entry, month) and not self._suspended(entry, month)]

    def decided(self, month: date) -> list[Decided]:
        return [decided_by(entry) for entry in self.running(month)]

    def earlier_months(self) -> Iterator[date]:
        """Months before this one that any entry may still owe."""
        starts = [self.owed_since(entry) for entry in self.entries]
        return months_between(min(starts, default=self.month), self.month)

    def paid_outside(self, month: date) -> list[Given]:
        """What lists kept outside paid before the first list here: the amount an adjusted entry replaced."""
        given = []
        for entry in self.running(month):
            if month < self._first(entry):
                old = self._replaced(entry)
                while old is not None and self._too_late(old):
                    old = self._replaced(old)
                if old is not None and month >= old.months.lower:
                    given.append(Given(entry.id, entry.category, old.amount_vnd, pot_of(entry.benefit)))
        return given

    def _replaced(self, entry: Entitlement) -> Entitlement | None:
        return next((old for old in self.entries if old.id == entry.paper.replaces_id), None)

    def owed_since(self, entry: Entitlement) -> date:
        """Earlier months are owed from the first list kept here; before that only what was decided too late for any list.

        A person whose entry began before this system kept lists was paid by the lists of that time.
        """
        if entry.id not in self._since:
            lower = entry.months.lower
            self._since[entry.id] = lower if self._too_late(entry) else max(lower, self._first(entry))
        return self._since[entry.id]

    def _too_late(self, entry: Entitlement) -> bool:
        """Signed after the cut-off of the last list kept outside."""
        signed_on = entry.paper.signed_on
        return signed_on is not None and signed_on > add_months(self._first(entry), -2).replace(day=self.cutoff_day)

    def _first(self, entry: Entitlement) -> date:
        units = self.here if entry.unit_id in self.here else (entry.unit_id,)
        return min((self.first_months[unit] for unit in units if unit in self.first_months), default=self.month)

    def _pays(self, entry: Entitlement, month: date) -> bool:
        return month >= self.owed_since(entry) and self._runs(entry, month) and not self._suspended(entry, month)

    def _runs(self, entry: Entitlement, month: date) -> bool:
        """A stop counts at once; an adjustment recorded after the cut-off waits for the next list. A funeral taken back was none."""
        if entry.benefit == Benefit.FUNERAL and entry.ended_by_id:
            return False
        end, ended_at = entry.months.upper, entry.paper.ended_recorded_at
        if entry.paper.ended_act == "adjust" and ended_at and ended_at > self.known_at:
            end = entry.paper.to_month
        return entry.months.lower <= month and (end is None or month < end)

    def _suspended(self, entry: Entitlement, month: date) -> bool:
        return any(found.owed is False for found in self._suspensions(entry, month))

    def waits(self, entry: Entitlement, month: date) -> bool:
        """Whether the month was suspended and is owed only once an open point of law is confirmed."""
        return any(found.owed is None for found in self._suspensions(entry, month))

    def _suspensions(self, entry: Entitlement, month: date) -> Iterator[Suspension]:
        for found in entry.suspensions.all():
            span = found.months
            if not span.isempty and span.lower <= month and (span.upper is None or month < span.upper):
                yield found


def after_death(person: Person, month: date) -> bool:
    """The month of a death is still due; later ones are not."""
    return person.died_on is not None and month_of(person.died_on) < month


def left_by_death(entry: Entitlement, person: Person, month: date) -> str:
    """Why a month of an entry waits: who draws it died before, or who is cared for did. A funeral is for somebody dead."""
    if entry.benefit == Benefit.FUNERAL:
        return ""
    if after_death(person, month):
        return f"{HELD_BY_DEATH} {person.died_on:%d/%m/%Y}"
    if entry.cared_for and after_death(entry.cared_for, month):
        return f"{HELD_BY_DEATH} {entry.cared_for.died_on:%d/%m/%Y} (người được chăm sóc)"
    return ""


def decided_by(entry: Entitlement) -> Decided:
    """What an entry gives for a month."""
    return Decided(entry.id, entry.category, entry.amount_vnd, pot_of(entry.benefit))
