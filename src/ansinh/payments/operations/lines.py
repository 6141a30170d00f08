"""What lines a list holds, from the ledger alone: the month, what earlier months still owe, unpaid lines, recoveries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from ansinh.entitlements.models import Benefit, Entitlement, pot_of
from ansinh.entitlements.queries import DecidedMoney, decided_money
from ansinh.payments.models import LineKind, PaymentLine, PaymentList
from ansinh.payments.operations.copying import fill_in, side_of
from ansinh.payments.operations.history import UNCONFIRMED, History, Ledger, Past, decided_by, ledger_entries, read_history
from ansinh.payments.operations.owed import Given, missing
from ansinh.payments.operations.terms import Terms, terms_of
from ansinh.people.models import Person


@dataclass
class Proposal:
    """One list being proposed: its month, the places it covers, and the moment up to which changes count."""

    payment_list: PaymentList
    month: date
    unit_ids: tuple[int, ...]
    known_at: datetime
    on: date
    has_lines: bool = True
    history: History = field(default_factory=History)
    _side: tuple[int, dict[str, Any]] = (0, {})

    @cached_property
    def items(self) -> list[DecidedMoney]:
        """Signed recoveries, and arrears decided by themselves, known at the cut-off: also those of a commune somebody left."""
        return [
            item
            for item in decided_money(self.unit_ids)
            if item.from_month <= self.month and (item.recorded_at is None or item.recorded_at <= self.known_at)
        ]

    @cached_property
    def terms(self) -> dict[int, Terms]:
        """How each recovery is paid back, and by whom."""
        return terms_of(self.items)

    def payer_of(self, item: DecidedMoney) -> int:
        """On whose lines a decided sum stands."""
        return self.terms[item.id].person_id if item.act == "recovery" else item.person_id

    @cached_property
    def apart(self) -> set[int]:
        """People with decided sums, their own or another's that they pay back."""
        return {key for item in self.items for key in (item.person_id, self.payer_of(item))}

    def filled(self, line: PaymentLine, person: Person, entry: Entitlement | None = None) -> PaymentLine:
        """The line with the person's side on it, which is read once for all lines of a person."""
        if self._side[0] != person.id:
            self._side = (person.id, side_of(person, self.on))
        return fill_in(line, person, self._side[1], entry)


def propose_lines(proposal: Proposal, *, people: Collection[int] | None = None) -> Iterator[PaymentLine]:
    """All lines of a list, or of some of its people, unsaved, by village and given name.

    A constant number of queries for any number of people. Each line is made when it is asked for, so that a long list never
    stands in memory twice.
    """
    by_person: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in ledger_entries(unit_ids=proposal.unit_ids, month=proposal.month, known_at=proposal.known_at, people=people):
        by_person[entry.person_id].append(entry)
    items: dict[int, list[DecidedMoney]] = defaultdict(list)
    for item in proposal.items:
        items[proposal.payer_of(item)].append(item)
    persons = _persons(proposal, by_person.keys() | items.keys())
    # Who paid before another did: what is left counts from all that was taken.
    asked = persons.keys() | {item.person_id for item in proposal.items}
    proposal.history = read_history(asked, until=proposal.month, but=proposal.payment_list.pk)
    for person in sorted(persons.values(), key=_place):
        lines = _of_person(proposal, person, by_person[person.id], items[person.id])
        yield from sorted(lines, key=lambda line: line.benefit_month)


def _place(person: Person) -> tuple[str, str, int]:
    """Where a person stands on a list."""
    return (person.village.name if person.village else "", person.sort_key, person.id)


def _persons(proposal: Proposal, ids: Iterable[int]) -> dict[int, Person]:
    """Those who live here now. Whoever moved away is on the list of the commune they moved to."""
    people = (
        Person.objects.filter(id__in=ids, unit__in=proposal.unit_ids)
        .select_related("village", "unit")
        .prefetch_related("accounts", "payees", "memberships__household")
        .order_by("id")
    )
    return {person.id: person for person in people}


def _of_person(proposal: Proposal, person: Person, entries: list[Entitlement], items: list[DecidedMoney]) -> list[PaymentLine]:
    ledger = Ledger(
        person=person,
        entries=entries,
        known_at=proposal.known_at,
        cutoff_day=proposal.payment_list.cutoff_on.day,
        first_months=proposal.history.first_months,
        here=proposal.unit_ids,
        month=proposal.month,
    )
    lines = _of_month(proposal, ledger) + _arrears(proposal, ledger) + _carried(proposal, ledger)
    for item in items:
        if item.act == "arrears":
            lines += _decided_arrears(proposal, person, item)
    # What somebody gets for care or for a funeral is never taken for an allowance paid too much.
    room: dict[str, int] = defaultdict(int)
    for line in lines:
        room[pot_of(line.benefit)] += line.amount_vnd if line.state != "held" else 0
    for item in items:
        if item.act == "recovery":
            taken = _recovery(proposal, person, item, room[pot_of(item.benefit)])
            room[pot_of(item.benefit)] += sum(line.amount_vnd for line in taken)
            lines += taken
    return lines


def _of_month(proposal: Proposal, ledger: Ledger) -> list[PaymentLine]:
    """The lines of the month itself, less what another list holds for it already."""
    given = _given(proposal, ledger.person, proposal.month)
    entries = {entry.id: entry for entry in ledger.in_force(proposal.month)}
    lacks = missing([decided_by(entry) for entry in entries.values()], given)
    return [
        _line(proposal, entries[key], ledger.person, LineKind.REGULAR, proposal.month, amount) for key, amount in lacks.items()
    ]


def _given(proposal: Proposal, person: Person, month: date) -> list[Given]:
    """What other lists hold for a month. Recoveries are set apart: money taken back by decision is not paid again by itself."""
    rows = proposal.history.months.get((person.id, month), ())
    return [
        Given(row.entitlement_id, row.category, row.amount_vnd, pot_of(row.benefit))
        for row in rows
        if row.counts and row.amount_vnd > 0
    ]


def _arrears(proposal: Proposal, ledger: Ledger) -> list[PaymentLine]:
    """For each earlier month that was given less than decided, a line with the rest, naming the line it completes."""
    lines = []
    for month in ledger.earlier_months():
        given = _given_or_outside(proposal, ledger, month)
        entries = {entry.id: entry for entry in ledger.running(month)}
        for key, amount in missing(ledger.decided(month), given).items():
            line = _line(proposal, entries[key], ledger.person, LineKind.ARREARS, month, amount)
            rows = proposal.history.months.get((ledger.person.id, month), ())
            line.corrects_id = next((row.id for row in rows if row.counts and pot_of(row.benefit) == pot_of(line.benefit)), None)
            if ledger.waits(entries[key], month) and line.state != "held":
                line.state, line.hold_reason = "held", UNCONFIRMED
            _stay_held(line, [row for row in rows if pot_of(row.benefit) == pot_of(line.benefit)])
            lines.append(line)
    return lines


def _given_or_outside(proposal: Proposal, ledger: Ledger, month: date) -> list[Given]:
    """What lists here hold for a month; of a pot they hold nothing of, what lists kept outside paid."""
    given = _given(proposal, ledger.person, month)
    pots = {one.pot for one in given}
    return given + [one for one in ledger.paid_outside(month) if one.pot not in pots]


def _stay_held(line: PaymentLine, rows: Iterable[Past]) -> None:
    """Money an officer held in its own month is not paid later by itself: it waits, with the reason, for its release."""
    held = next((row for row in rows if row.held_by_hand), None)
    if held and line.state != "held":
        line.state, line.hold_reason, line.corrects_id = "held", held.hold_reason, held.id


def _carried(proposal: Proposal, ledger: Ledger) -> list[PaymentLine]:
    """Lines nobody collected and no list carries yet: the same money again, under its own month."""
    lines = []
    entries = {entry.id: entry for entry in ledger.entries}
    for old in proposal.history.lines[ledger.person.id]:
        if old.state != "unpaid" or old.carried or old.kind == LineKind.RECOVERY or old.benefit_month >= proposal.month:
            continue
        if old.item_id is None and not any(pot_of(e.benefit) == pot_of(old.benefit) for e in ledger.in_force(old.benefit_month)):
            continue  # stopped since, back to before that month: nothing is owed any more
        copied = (
            "person_id", "entitlement_id", "item_id", "benefit_month", "benefit", "category", "law_code", "coefficient", "count",
            "standard_vnd", "amount_vnd", "decision_number",
        )  # fmt: skip
        values = {name: getattr(old, name) for name in copied}
        line = PaymentLine(**_shared(proposal), kind=LineKind.CARRIED, carried_from_id=old.id, **values)
        lines.append(proposal.filled(line, ledger.person, entries.get(old.entitlement_id)))
    return lines


def _decided_arrears(proposal: Proposal, person: Person, item: DecidedMoney) -> list[PaymentLine]:
    """One line a month named in the decision, until each stands on a list. A line held before stays held."""
    lines = []
    for month in item.months:
        rows = [row for row in proposal.history.items.get((item.id, month), ()) if row.kind == LineKind.ARREARS]
        if any(row.state != "held" for row in rows):
            continue
        line = _of_item(proposal, person, item, month, item.amount_vnd)
        _stay_held(line, rows)
        lines.append(line)
    return lines


def _recovery(proposal: Proposal, person: Person, item: DecidedMoney, room: int) -> list[PaymentLine]:
    """Take back what the list has room for, or the month's instalment; the rest waits for the next one.

    Nobody is handed a negative sum. What was repaid in cash or written off is set against the oldest months.
    """
    lines = []
    terms = proposal.terms[item.id]
    room, settled = terms.room(room, proposal.month), terms.settled_vnd
    for month in item.months:
        rows = proposal.history.items.get((item.id, month), ())
        left = item.amount_vnd + sum(row.amount_vnd for row in rows if row.state not in ("unpaid", "held"))
        let_go = min(left, settled)
        left, settled = left - let_go, settled - let_go
        taken = min(left, room)
        if taken > 0:
            room -= taken
            lines.append(_of_item(proposal, person, item, month, -taken))
    return lines


def _shared(proposal: Proposal) -> dict:
    found = proposal.payment_list
    return {"list_id": found.pk, "unit_id": found.unit_id, "law_hash": found.law_hash}


def _line(proposal: Proposal, entry: Entitlement, person: Person, kind: str, month: date, amount_vnd: int) -> PaymentLine:
    copied = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd")
    kind = LineKind.ONCE if entry.benefit == Benefit.FUNERAL else kind
    line = PaymentLine(
        **_shared(proposal), person_id=person.id, entitlement_id=entry.id, kind=kind, benefit_month=month, amount_vnd=amount_vnd,
        decision_number=entry.paper.number, **{name: getattr(entry, name) for name in copied},
    )  # fmt: skip
    return proposal.filled(line, person, entry)


def _of_item(proposal: Proposal, person: Person, item: DecidedMoney, month: date, amount_vnd: int) -> PaymentLine:
    """A line of a decision about past months, naming the line it corrects where there is one."""
    copied = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd")
    rows = proposal.history.months.get((item.person_id, month), ())
    corrected = [row for row in rows if row.counts and pot_of(row.benefit) == pot_of(item.benefit)]
    line = PaymentLine(
        **_shared(proposal), person_id=person.id, item_id=item.id, kind=LineKind.RECOVERY if amount_vnd < 0 else LineKind.ARREARS,
        benefit_month=month, amount_vnd=amount_vnd, decision_number=item.number,
        corrects_id=corrected[0].id if corrected else None, **{name: getattr(item, name) for name in copied},
    )  # fmt: skip
    return proposal.filled(line, person)
