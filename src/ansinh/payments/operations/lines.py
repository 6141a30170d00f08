"""What lines a list holds, from the ledger alone: the month, what earlier months still owe, unpaid lines, recoveries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Min, Q

from ansinh.entitlements.models import DecisionItem, Entitlement
from ansinh.kernel.periods import add_months, month_of, months_between, parse_month
from ansinh.payments.models import LineKind, PaymentLine, PaymentList
from ansinh.people.models import Person

HELD_BY_DEATH = "Đã mất ngày"


@dataclass
class Proposal:
    """One list being proposed: its month, the places it covers, and the moment up to which changes count."""

    payment_list: PaymentList
    month: date
    unit_ids: tuple[int, ...]
    known_at: datetime
    on: date
    paid: dict[tuple, int] = field(default_factory=dict)
    first_month: date | None = None


def propose_lines(proposal: Proposal) -> list[PaymentLine]:
    """All lines of a list, unsaved. A constant number of queries for any number of people."""
    entries = _entries(proposal)
    carried = list(_unpaid(proposal))
    items = list(_recoveries(proposal))
    _know_the_past(proposal, {entry.person_id for entry in entries})
    persons = _persons({e.person_id for e in entries} | {c.person_id for c in carried} | {i.person_id for i in items})
    lines: list[PaymentLine] = []
    for entry in entries:
        lines += _of_entry(proposal, entry, persons[entry.person_id])
    lines += [_carried(proposal, line, persons[line.person_id]) for line in carried]
    for item in items:
        lines += _of_recovery(proposal, item, persons[item.person_id])
    return sorted(
        lines, key=lambda line: (line.village_name, persons[line.person_id].sort_key, line.person_id, line.benefit_month)
    )


def _entries(proposal: Proposal) -> list[Entitlement]:
    """Entries that run in the month as known at the cut-off. A change recorded later lands in the next list; a stop counts at once."""
    late = Q(granted_by__decision__recorded_at__gt=proposal.known_at)
    running = Entitlement.objects.filter(months__contains=proposal.month).exclude(late)
    replaced_late = Entitlement.objects.filter(
        ended_by__decision__recorded_at__gt=proposal.known_at, ended_by__act="adjust", ended_by__from_month__lte=proposal.month
    ).exclude(late)
    found = (running | replaced_late).filter(unit__in=proposal.unit_ids)
    rows = found.select_related("granted_by__decision").prefetch_related("suspensions").distinct().order_by("id")
    return [entry for entry in rows if not any(proposal.month in _Months(s.months) for s in entry.suspensions.all())]


class _Months:
    def __init__(self, months) -> None:
        self.lower, self.upper = months.lower, months.upper

    def __contains__(self, month: date) -> bool:
        return self.lower <= month and (self.upper is None or month < self.upper)


def _unpaid(proposal: Proposal) -> Iterable[PaymentLine]:
    """Lines of earlier lists nobody collected and no list carries yet."""
    return PaymentLine.objects.filter(
        unit__in=proposal.unit_ids, state="unpaid", carried_to__isnull=True, list__run__benefit_month__lt=proposal.month
    ).order_by("id")


def _recoveries(proposal: Proposal) -> Iterable[DecisionItem]:
    """Signed recoveries, and arrears decided by themselves, that no list holds yet."""
    return (
        DecisionItem.objects.filter(
            act__in=["recovery", "arrears"],
            decision__state="signed",
            decision__unit__in=proposal.unit_ids,
            decision__recorded_at__lte=proposal.known_at,
            from_month__lte=proposal.month,
            lines__isnull=True,
        )
        .select_related("decision")
        .order_by("id")
    )


def _know_the_past(proposal: Proposal, person_ids: set[int]) -> None:
    """What lists of earlier months hold for these people, by person, benefit and month; and since when there are lists here."""
    rows = PaymentLine.objects.filter(person__in=person_ids, benefit_month__lt=proposal.month).exclude(list=proposal.payment_list)
    paid: dict[tuple, int] = defaultdict(int)
    # A carried line is the same money as the line it carries; a held line is not owed until it is released.
    for row in (
        rows.exclude(kind=LineKind.CARRIED).exclude(state="held").values_list("person", "benefit", "benefit_month", "amount_vnd")
    ):
        paid[row[:3]] += row[3]
    proposal.paid = paid
    # Old lists taken in may be of one village only: a month counts as known here only when a list was proposed here.
    proposed = PaymentList.objects.filter(unit__in=proposal.unit_ids, run__benefit_month__lt=proposal.month)
    proposal.first_month = proposed.exclude(lines__kind=LineKind.PAST).aggregate(first=Min("run__benefit_month"))["first"]


def _persons(ids: set[int]) -> dict[int, Person]:
    people = (
        Person.objects.filter(id__in=ids)
        .select_related("village", "unit")
        .prefetch_related("accounts", "payees", "memberships__household")
    )
    return {person.id: person for person in people}


def _of_entry(proposal: Proposal, entry: Entitlement, person: Person) -> list[PaymentLine]:
    """The line of the month, and a line for each earlier month of the entry that was paid less than decided."""
    lines = [_line(proposal, entry, person, LineKind.REGULAR, proposal.month, entry.amount_vnd)]
    for month in months_between(_owed_since(proposal, entry), proposal.month):
        if any(month in _Months(s.months) for s in entry.suspensions.all()) or _after_death(person, month):
            continue
        key = (entry.person_id, entry.benefit, month)
        missing = entry.amount_vnd - proposal.paid.get(key, 0)
        # Two entries of one benefit in a month (the both-amounts exception) share what was paid.
        proposal.paid[key] = max(0, proposal.paid.get(key, 0) - entry.amount_vnd)
        if missing > 0:
            lines.append(_line(proposal, entry, person, LineKind.ARREARS, month, missing))
    return lines


def _owed_since(proposal: Proposal, entry: Entitlement) -> date:
    """Earlier months are owed from the first list known here; before that only what was decided too late for any list.

    A person whose entry began before this system kept lists was paid by the lists of that time.
    """
    signed_on = entry.granted_by.decision.signed_on
    fresh_since = add_months(proposal.month, -2).replace(day=15)
    if signed_on and signed_on >= fresh_since:
        return entry.months.lower
    if proposal.first_month is None:
        return proposal.month
    return max(entry.months.lower, proposal.first_month)


def _line(proposal: Proposal, entry: Entitlement, person: Person, kind: str, month: date, amount_vnd: int) -> PaymentLine:
    line = PaymentLine(
        list=proposal.payment_list,
        unit=proposal.payment_list.unit,
        person=person,
        entitlement=entry,
        kind=kind,
        benefit_month=month,
        benefit=entry.benefit,
        category=entry.category,
        law_code=entry.law_code,
        coefficient=entry.coefficient,
        count=entry.count,
        standard_vnd=entry.standard_vnd,
        amount_vnd=amount_vnd,
        decision_number=entry.granted_by.decision.number,
        law_hash=proposal.payment_list.law_hash,
    )
    return _as_of_now(proposal, line, person)


def _carried(proposal: Proposal, old: PaymentLine, person: Person) -> PaymentLine:
    """The same money again, under its own month, naming the line nobody collected."""
    copied = (
        "person_id", "entitlement_id", "benefit_month", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd",
        "amount_vnd", "decision_number",
    )  # fmt: skip
    line = PaymentLine(
        list=proposal.payment_list,
        unit=proposal.payment_list.unit,
        kind=LineKind.CARRIED,
        carried_from=old,
        law_hash=proposal.payment_list.law_hash,
        **{name: getattr(old, name) for name in copied},
    )
    return _as_of_now(proposal, line, person)


def _of_recovery(proposal: Proposal, item: DecisionItem, person: Person) -> list[PaymentLine]:
    """A recovery takes back, arrears pay: one line a month named in the decision, with the paid line it corrects."""
    sign, kind = (-1, LineKind.RECOVERY) if item.act == "recovery" else (1, LineKind.ARREARS)
    months = [parse_month(text) for text in item.months]
    paid = {
        line.benefit_month: line
        for line in PaymentLine.objects.filter(
            person=person, benefit=item.benefit, benefit_month__in=months, kind=LineKind.REGULAR
        )
    }
    lines = []
    for month in months:
        line = PaymentLine(
            list=proposal.payment_list, unit=proposal.payment_list.unit, person=person, item=item, kind=kind,
            benefit_month=month, benefit=item.benefit, category=item.category, law_code=item.law_code,
            coefficient=item.coefficient, count=item.count, standard_vnd=item.standard_vnd, amount_vnd=sign * item.amount_vnd,
            decision_number=item.decision.number, law_hash=proposal.payment_list.law_hash, corrects=paid.get(month),
        )  # fmt: skip
        lines.append(_as_of_now(proposal, line, person))
    return lines


def _as_of_now(proposal: Proposal, line: PaymentLine, person: Person) -> PaymentLine:
    """Copy who receives, where and how as it stands today; hold what falls due after a death."""
    day = proposal.on
    line.person_name = person.full_name
    line.born_text = _born(person)
    payee = next((p for p in person.payees.all() if day in _Days(p.period)), None)
    if payee:
        line.payee_name, line.payee_relation, line.payee_number = payee.name, payee.relation, payee.number
    account = next((a for a in person.accounts.all() if day in _Days(a.period)), None)
    line.method = "bank" if account else "cash"
    if account:
        line.account_number, line.bank = account.number, account.bank
    membership = next((m for m in person.memberships.all() if day in _Days(m.period)), None)
    line.household_code = membership.household.code if membership else ""
    line.village, line.village_name = person.village, person.village.name if person.village else ""
    line.address = ", ".join(part for part in (line.village_name, person.unit.name) if part)
    if _after_death(person, line.benefit_month) and line.amount_vnd > 0:
        line.state, line.hold_reason = "held", f"{HELD_BY_DEATH} {person.died_on:%d/%m/%Y}"
    return line


class _Days:
    def __init__(self, period) -> None:
        self.lower, self.upper = period.lower, period.upper

    def __contains__(self, day: date) -> bool:
        return (self.lower is None or self.lower <= day) and (self.upper is None or day < self.upper)


def _after_death(person: Person, month: date) -> bool:
    """The month of a death is still due; later ones are not."""
    return person.died_on is not None and month_of(person.died_on) < month


def _born(person: Person) -> str:
    if not person.born_on:
        return ""
    return {"year": f"{person.born_on:%Y}", "month": f"{person.born_on:%m/%Y}"}.get(
        person.birth_precision, f"{person.born_on:%d/%m/%Y}"
    )
