"""The months of a worked case: what happens to its people, decided and signed in its month, and the lists that pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tests.journeys.living import Life, event_day, events

from ansinh import law
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import FOR_CARE, Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.kernel.periods import add_months, month_of, months_between, parse_month
from ansinh.law.benefits.monthly_allowance.months import detention_month, rules_on
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.situation import Situation
from ansinh.localities.models import Unit
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine
from ansinh.people import operations as people
from ansinh.people.models import Person

# Of a grant decided long ago the lists are run from so many months before the first month that matters.
BEFORE = 3
STOPS = ("imprisoned", "refused_by_person", "missing")


class Paid(NamedTuple):
    """A line of a list that is not held: of which list, for which month, where, about whom, what."""

    list_of: date
    month: date
    unit: str
    person: str
    kind: str
    category: str
    amount_vnd: int


@dataclass
class Months(Life):
    """The case lived month by month around the months asked."""

    asked: Iterable[date] = ()
    moved_to: Unit | None = None
    stopped: set[str] = field(default_factory=set)
    decided: list[Mapping[str, Any]] = field(default_factory=list)

    def live(self) -> list[Paid]:
        """Run the months; every line of their lists that is not held."""
        first, last = self._first(), self._last()
        self._begin(first)
        for month in months_between(first, add_months(last, 1)):
            self._month(month)
        return list(self._paid())

    # --- from where to where ----------------------------------------------------------------------------------------------

    @property
    def by_events(self) -> bool:
        return self.case.get("procedure") == "by_events"

    def _marks(self) -> list[date]:
        """Months in which something happens that the lists before have to know as they were."""
        kinds = ("suspended", "paid", "level_switch_decided", "moved", *STOPS, "detained")
        found = [month_of(event_day(event)) for event in events(self.case, *kinds) if "months" not in event]
        found += [parse_month(event["last_month_paid"]) for event in events(self.case, "moved")]
        return found + [parse_month(text) for event in events(self.case, "paid") for text in event["months"]]

    def _first(self) -> date:
        first = min([*self.asked, *(mark for mark in self._marks() if self._is_near(mark))])
        if begun := events(self.case, "in_payment"):
            return max(min(event_day(event) for event in begun), add_months(first, -BEFORE))
        if self.by_events:
            return min([first, *(month for event in self._grants() if (month := self._first_by_law(event)))])
        return add_months(first, -1) if events(self.case, "suspended", "paid") else first

    def _is_near(self, mark: date) -> bool:
        return mark >= add_months(min(self.asked), -15)

    def _last(self) -> date:
        kinds = ("resumed", "level_switch_decided", "decision_signed", "moved")
        after = [month_of(event_day(event)) for event in events(self.case, *kinds)]
        return max([*self.asked, *(add_months(month, 2) for month in after)])

    def _grants(self) -> list[Mapping[str, Any]]:
        return events(self.case, "decision_signed")

    def _first_by_law(self, event: Mapping[str, Any]) -> date | None:
        """The first month a decision brings; None where the law gives nothing on it and the office does not grant."""
        known = [one for one in self.case["events"] if one["kind"] != "decision_signed" or one is event]
        try:
            return law.first_benefit_month(
                Situation.from_case({**self.case, "events": known}), event["person"], "decision_signed"
            )  # fmt: skip
        except NotAnswerable:
            return None

    # --- the office -------------------------------------------------------------------------------------------------------

    def _begin(self, first: date) -> None:
        """The grants of old, at what the law gives in the first month whose list is run."""
        earlier = add_months(first, -1)
        day = at(earlier.year, earlier.month, 5)
        for event in events(self.case, "in_payment"):
            self.grant([event["person"]], first, day, kinds=self._brought(event))

    def _brought(self, event: Mapping[str, Any]) -> set[str]:
        """The benefits a grant brings: with an allowance go the two for care, unless they have events of their own."""
        if event["benefit"] in FOR_CARE:
            return {event["benefit"]}
        begun = events(self.case, "in_payment", "decision_signed")
        own = {one["benefit"] for one in begun if one["person"] == event["person"]}
        return {"monthly_allowance", "social_pension", *(set(map(str, FOR_CARE)) - own)}

    def _month(self, month: date) -> None:
        earlier = add_months(month, -1)
        day = at(earlier.year, earlier.month, 10)
        day = max([day, *(self._moved(event, month) for event in events(self.case, "moved"))])
        self._pauses(month, day)
        for event in events(self.case, *STOPS):
            if add_months(month_of(event_day(event)), 1) == month:
                self.stopped.add(event["person"])
                self._act("stop", event["person"], month, day)
        self._changes(month, day)
        self._new_grants(month, day)
        until = max(day, at(earlier.year, earlier.month, 19))
        for event in self._grants():
            if event not in self.decided and at(*_parts(event["date"])) <= until:
                self.decided.append(event)
                self._decide(event)
        units = [self.unit, *([self.moved_to] if self.moved_to else [])]
        payments.prepare_run(benefit_month=month, units=units, by=self.officer, now=until)

    def _moved(self, event: Mapping[str, Any], month: date) -> datetime:
        """The old place paid its last month: the person goes over, and the new place takes the entry over. When that is."""
        if add_months(parse_month(event["last_month_paid"]), 1) != month:
            return at(2000, 1, 1)
        since = event_day(event)
        self.moved_to = commune(THAI_BINH)
        self.wrote(people.move_across, person=self._now(event["person"]), unit=self.moved_to, since=since)
        return at(*_parts((since + timedelta(days=1)).isoformat()))

    def _now(self, key: str) -> Person:
        return Person.objects.select_related("unit").get(pk=self.people[key].pk)

    def _pauses(self, month: date, day: datetime) -> None:
        for event in events(self.case, "suspended", "detained", "resumed"):
            act = "resume" if event["kind"] == "resumed" else "suspend"
            if act == "resume" and event["conditions"] == "lost":
                continue
            if event["kind"] == "detained" and not rules_on(event_day(event)).detention_suspends:
                continue
            begins = detention_month(event_day(event)) if event["kind"] == "detained" else event_day(event)
            if begins == month:
                self._act(act, event["person"], month, day)

    def _act(self, act: str, key: str, month: date, day: datetime) -> None:
        """A stop, a suspension, a resumption of all that is drawn about a person."""
        mine = [entry for entry in Entitlement.objects.running(month) if self.name_of(entry) == key]
        kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
        items = [
            ItemDraft(
                person_id=entry.person_id, cared_for_id=entry.cared_for_id, act=act, entitlement=entry, from_month=month,
                **{name: getattr(entry, name) for name in kept},
            )
            for entry in mine
        ]  # fmt: skip
        if items:
            self.decide(act, items, day)

    def _changes(self, month: date, day: datetime) -> None:
        """What register and law say by now, but for a new level that nobody decided yet."""
        if self.is_before_the_switch(month):
            self._changes_at_the_old_level(month, day)
            return
        if month in [event_day(event) for event in events(self.case, "level_switch_decided")]:
            ledger.draft_transitions(units=[self.unit], change="2026", by=None, now=day)
            for draft in Decision.objects.filter(state="draft").exclude(transition="").order_by("id"):
                self.sign(draft, day)
        for unit in [self.unit, *([self.moved_to] if self.moved_to else [])]:
            for draft in ledger.draft_differences(unit=unit, month=month, by=None, now=day):
                if draft.items.filter(act="stop", person__in=self._to_resume(month)).exists():
                    ledger.discard_draft(
                        decision=draft, reason="Đang giải quyết hưởng lại", by=post(office=f"UBND-{unit.code}"), now=day
                    )
                else:
                    self.sign(draft, day)

    def _changes_at_the_old_level(self, month: date, day: datetime) -> None:
        """Whoever fits another coefficient by the facts, at the level that was known: what the case says was paid."""
        paid = {
            (e["person"], e["benefit"]): e["per_month_vnd"] for e in events(self.case, "paid") if f"{month:%Y-%m}" in e["months"]
        }
        entries = {(entry.person_id, entry.benefit): entry for entry in Entitlement.objects.running(month)}
        items = [
            ItemDraft(
                person_id=drawer.id, act="adjust", benefit=line.kind, category=line.category, law_code=line.code,
                coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
                from_month=month, entitlement=entry,
            )
            for key in self.people
            for drawer, _cared_for, line in self.lawful(key, month)
            if (entry := entries.get((drawer.id, line.kind)))
            and entry.amount_vnd != line.amount_vnd == paid.get((key, line.kind))
        ]  # fmt: skip
        if items:
            self.decide("adjust", items, day)

    def _to_resume(self, month: date) -> list[Person]:
        """Whose resumption is still to come: the office does not end what it is about to resume."""
        coming = [event for event in events(self.case, "resumed") if event["conditions"] != "lost" and event_day(event) > month]
        keys = {event["person"] for event in coming}
        return [who for known in (self.people, self.carers) for key, who in known.items() if key in keys]

    def _new_grants(self, month: date, day: datetime) -> None:
        """Settled: whatever the law gives. By events: what goes with an allowance that runs."""
        if not self.by_events:
            self.grant([key for key in self.people if key not in self.stopped], month, day)
            return
        for event in [*events(self.case, "in_payment"), *self.decided]:
            if event["benefit"] == "monthly_allowance" and event["person"] not in self.stopped:
                runs = Entitlement.objects.running(month).filter(
                    person=self.people[event["person"]], benefit="monthly_allowance"
                )  # fmt: skip
                if runs.exists():
                    self.grant([event["person"]], month, day, kinds=self._brought(event) & set(map(str, FOR_CARE)))

    def _decide(self, event: Mapping[str, Any]) -> None:
        """The grant of the case: signed on its day, from the first month the law gives."""
        first = self._first_by_law(event)
        if first is not None:
            self.stopped.discard(event["person"])
            self.grant([event["person"]], first, at(*_parts(event["date"])), kinds=self._brought(event))

    def _paid(self) -> Iterable[Paid]:
        found = PaymentLine.objects.exclude(state="held").select_related("entitlement", "list__run", "unit").order_by("id")
        names = {who.id: key for key, who in self.people.items()}
        for line in found:
            # Sums that a decision names by themselves stand on no entry: they are nobody's care.
            key = self.name_of(line.entitlement) if line.entitlement else names[line.person_id]
            yield Paid(
                line.list.run.benefit_month, line.benefit_month, line.unit.code, key, line.benefit, line.category, line.amount_vnd
            )


def _parts(text: str) -> tuple[int, int, int]:
    day = date.fromisoformat(text)
    return day.year, day.month, day.day
