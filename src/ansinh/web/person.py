"""Everything the person page shows, gathered in a fixed number of queries: who, household, facts, ledger, payments, one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.emergency.models import AidLine
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.models import PERSONAL, Decision, DecisionItem, Entitlement
from ansinh.entitlements.queries import is_sensitive, sensitive_categories, with_papers
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Situation
from ansinh.pages.axis import Bar, Drawing, Lane, LawLine, draw
from ansinh.payments.models import PaymentLine
from ansinh.payments.queries import list_reached, owed_since
from ansinh.people.facts_catalogue import fact_label, value_label
from ansinh.people.models import (
    BankAccount,
    BirthRuling,
    Circumstance,
    DuplicatePair,
    Guardian,
    HouseholdCircumstance,
    Membership,
    Payee,
    Person,
    Relative,
    Residence,
)

# Days on which the law of social assistance changed, as the axis names them.
LAW_CHANGES = (
    LawLine("NĐ 20/2021", date(2021, 7, 1)),
    LawLine("NĐ 76/2024", date(2024, 7, 1)),
    LawLine("NĐ 147, 176/2025", date(2025, 7, 1)),
    LawLine("NĐ 335/2026", date(2026, 10, 5)),
)
LINES_SHOWN = 12
LINES_DRAWN = 60


@dataclass(frozen=True)
class Event:
    """One line under the axis: what happened on a day, in words, with the paper behind it."""

    on: date
    title: str
    text: str = ""
    note: str = ""
    decision_code: str = ""
    decision: str = ""


@dataclass
class PersonPage:
    """What the template needs; it asks the database nothing."""

    person: Person
    on: date
    household: Membership | None = None
    members: list[Membership] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    payees: list[Payee] = field(default_factory=list)
    account: BankAccount | None = None
    relatives: list[Relative] = field(default_factory=list)
    rulings: list[BirthRuling] = field(default_factory=list)
    has_sensitive: bool = False
    facts: list[tuple[str, str, str, str]] = field(default_factory=list)
    entries: Sequence[Entitlement] = ()
    lines: list[PaymentLine] = field(default_factory=list)
    aid: list[AidLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    drawing: Drawing | None = None
    draft: Decision | None = None
    pair: DuplicatePair | None = None
    coming: tuple[Entitlement, date, date] | None = None

    @cached_property
    def situation(self) -> Situation:
        """The person before the law; gathered once for everything the page asks of it."""
        return situation_of(self.person)

    @property
    def current(self) -> list[Entitlement]:
        """Entries of the ledger in force in the month of `on`."""
        month = month_of(self.on)
        return [e for e in self.entries if e.months.lower <= month and (e.months.upper is None or month < e.months.upper)]

    @property
    def ruling(self) -> BirthRuling | None:
        """The recorded decision about a birth not known to the day; the newest serves."""
        return self.rulings[-1] if self.rulings and self.person.birth_precision != "day" else None

    @property
    def other_names(self) -> str:
        return ", ".join(other.name for other in self.person.other_names.all())

    @property
    def shown_lines(self) -> list[PaymentLine]:
        return self.lines[:LINES_SHOWN]

    @property
    def drawn(self) -> list[Entitlement]:
        """Those of them that the person draws to live on: what the law's own sum is set beside."""
        return [entry for entry in self.current if entry.benefit in PERSONAL]

    @property
    def amount_vnd(self) -> int:
        return sum(entry.amount_vnd for entry in self.drawn)


def person_page(person: Person, *, on: date) -> PersonPage:
    """Gather the page. `person` comes with unit and village; the caller has checked that the viewer may see them."""
    memberships = list(person.memberships.select_related("household__village").order_by("period"))
    current = next((m for m in memberships if on in _days(m.period)), None)
    circumstances = list(person.circumstances.order_by("period"))
    homes = list(person.residences.select_related("unit", "village").order_by("period"))
    house_facts = list(HouseholdCircumstance.objects.filter(household__memberships__person=person).distinct().order_by("period"))
    entries = with_papers(list(person.entitlements.order_by("months")))
    said = DecisionItem.objects.filter(person=person).exclude(category__in=sensitive_categories())
    reasons = dict(said.values_list("id", "reason"))
    page = PersonPage(person, on, household=current)
    page.members = _members(current, on)
    page.guardians = [row for row in person.guardians.all() if on in _days(row.period)]
    page.payees = [row for row in person.payees.all() if on in _days(row.period)]
    page.pair = (
        DuplicatePair.objects.filter(Q(first=person) | Q(second=person), state="open").order_by("-per_mille", "id").first()
    )
    page.account = next((row for row in person.accounts.all() if on in _days(row.period)), None)
    page.relatives = [row for row in person.relatives.all() if on in _days(row.period)]
    page.rulings = sorted(person.birth_rulings.all(), key=lambda ruling: ruling.id)
    page.has_sensitive = any(fact.is_sensitive for fact in circumstances) or any(is_sensitive(e.category) for e in entries)
    page.facts = _facts(circumstances, house_facts, on)
    page.entries = entries
    page.lines = list(
        person.payment_lines.select_related("list__run", "stop_request").order_by(
            "-list__run__benefit_month", "-benefit_month", "-id"
        )[:LINES_DRAWN]
    )
    page.aid = list(person.aid_lines.counted().select_related("occasion").order_by("-id")[:LINES_SHOWN])
    page.draft = Decision.objects.filter(items__person=person, state="draft").order_by("-id").first()
    page.coming = _coming(page)
    page.events = _money_events(entries, reasons) + _events(person, circumstances, house_facts, homes)
    page.events.sort(key=lambda event: event.on, reverse=True)
    page.drawing = _drawing(page, circumstances, house_facts, homes)
    return page


def _coming(page: PersonPage) -> tuple[Entitlement, date, date] | None:
    """An entry that stands on no list yet, the month of the first list it will stand on, and of the first month it is paid for."""
    listed = {line.entitlement_id for line in page.lines}
    fresh = [e for e in page.entries if e.id not in listed and e.ended_by_id is None and e.paper.opens]
    if not fresh or page.person.died_on:
        return None
    return fresh[-1], list_reached(fresh[-1]), owed_since(fresh[-1])


class _Days:
    def __init__(self, lower: date | None, upper: date | None) -> None:
        self.lower, self.upper = lower, upper

    def __contains__(self, day: date) -> bool:
        return (self.lower is None or self.lower <= day) and (self.upper is None or day < self.upper)


def _days(period) -> _Days:
    return _Days(period.lower, period.upper)


def _members(membership: Membership | None, on: date) -> list[Membership]:
    if membership is None:
        return []
    found = membership.household.memberships.filter(period__contains=on).select_related("person")
    return sorted(found, key=lambda m: (not m.is_head, m.person.born_on or date.max))


def _facts(circumstances: list[Circumstance], house: list[HouseholdCircumstance], on: date) -> list[tuple[str, str, str, str]]:
    """(label, value, since, source) of the facts that hold on the day; sensitive ones are left to their own door."""
    holding = [f for f in (*circumstances, *house) if on in _days(f.period)]
    return [
        (fact_label(f.kind), value_label(f.kind, f.value), _since(f.period), f.source)
        for f in holding
        if not getattr(f, "is_sensitive", False)
    ]


def _since(period) -> str:
    return f"{period.lower:%d/%m/%Y}" if period.lower else ""


def _money_events(entries: Sequence[Entitlement], reasons: dict[int, str]) -> list[Event]:
    events = [_granted(entry, reasons) for entry in entries]
    return events + [_ended(entry, reasons) for entry in entries if entry.paper.end_act == "stop"]


def _events(person: Person, circumstances, house_facts, homes: list[Residence]) -> list[Event]:
    events: list[Event] = []
    for fact in (*circumstances, *house_facts):
        if fact.period.lower and not getattr(fact, "is_sensitive", False):
            text = value_label(fact.kind, fact.value)
            events.append(Event(fact.period.lower, fact_label(fact.kind), text, fact.source))
    for home in homes:
        if home.period.lower:
            place = f"{home.village.name}, {home.unit.name}" if home.village else home.unit.name
            events.append(Event(home.period.lower, _("Nơi ở"), place, home.source))
    if person.died_on:
        events.append(Event(person.died_on, _("Từ trần"), "", person.death_source))
    return events


def _granted(entry: Entitlement, reasons: dict[int, str]) -> Event:
    paper = entry.paper
    text = _("%(benefit)s: %(amount)s, từ tháng %(m)s") % {
        "benefit": entry.get_benefit_display(), "amount": money_text(entry.amount_vnd), "m": month_text(entry.months.lower),
    }  # fmt: skip
    number = _("Quyết định số %(number)s") % {"number": paper.number}
    note = reasons.get(entry.granted_by_id, "") if paper.opens else f"{number}, {paper.unit_name}"
    return Event(
        paper.signed_on or entry.months.lower, paper.act_label, text, note, paper.code if paper.opens else "", number
    )  # fmt: skip


def _ended(entry: Entitlement, reasons: dict[int, str]) -> Event:
    paper = entry.paper
    number = _("Quyết định số %(number)s") % {"number": paper.end_number}
    note = reasons.get(entry.ended_by_id, "") if paper.end_opens else number
    return Event(
        paper.end_signed_on or paper.end_month, paper.end_label, _("từ tháng %(m)s") % {"m": month_text(paper.end_month)}, note,
        paper.end_code if paper.end_opens else "", number,
    )  # fmt: skip


def _drawing(page: PersonPage, circumstances, house_facts, homes) -> Drawing:
    person, entries, on = page.person, page.entries, page.on
    lanes = [Lane(_("Nơi ở"), tuple(_bar(h.unit.name, h.period, 0) for h in homes if h.period.lower))]
    by_kind: dict[str, list] = {}
    for fact in (*house_facts, *circumstances):
        if fact.period.lower and not getattr(fact, "is_sensitive", False):
            by_kind.setdefault(fact.kind, []).append(fact)
    for kind, facts in by_kind.items():
        lanes.append(Lane(fact_label(kind), tuple(_bar(value_label(kind, f.value), f.period, 1) for f in facts)))
    by_benefit: dict[str, list[Entitlement]] = {}
    for entry in entries:
        by_benefit.setdefault(entry.get_benefit_display(), []).append(entry)
    for label, rows in by_benefit.items():
        lanes.append(Lane(label, tuple(_bar(money_text(e.amount_vnd), e.months, 3) for e in rows)))
    lanes.append(Lane(_("Đã nhận tiền"), tuple(_paid_bars(page.lines))))
    return draw(lanes, on=on, laws=LAW_CHANGES, title=_("Dòng thời gian của %(name)s") % {"name": person.full_name}, key="truc")


def _paid_bars(lines: list[PaymentLine]) -> list[Bar]:
    """Months paid, each run of months as one bar."""
    months = sorted({line.benefit_month for line in lines if line.state == "paid"})
    spans: list[tuple[date, date]] = []
    for month in months:
        if spans and spans[-1][1] == month:
            spans[-1] = (spans[-1][0], add_months(month, 1))
        else:
            spans.append((month, add_months(month, 1)))
    return [Bar(f"{month_text(first)} – {month_text(add_months(end, -1))}", first, end, 2) for first, end in spans]


def _bar(label: str, period, weight: int) -> Bar:
    return Bar(label, period.lower, period.upper, weight)


def visible_person(code: str) -> Person | None:
    """The person of this code, if row security lets the viewer see them."""
    around = ("accounts", "payees", "guardians", "birth_rulings", "other_names", "other_numbers", "relatives__known", "merged")
    return Person.objects.select_related("unit", "village", "same_as").prefetch_related(*around).filter(code=code).first()
