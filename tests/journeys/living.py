"""A worked case of the law lived through the system: facts written into the register, decisions signed, months run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ansinh import law
from ansinh.access.models import Office
from ansinh.access.tests.factories import at, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import PERSONAL as LIVING
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import signature
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, months_between, parse_month
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.situation import Situation
from ansinh.lawbook.models import Confirmation
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine
from ansinh.people import operations as people
from ansinh.people.facts_catalogue import BY_KEY, checked_value
from ansinh.people.models import Household, Person

LONGEST = 15
STARTS = ("decision_signed", "in_payment")
PAUSES = ("suspended", "resumed")
# Of a grant decided long ago the lists are run from so many months before the first month asked.
BEFORE = 3
FAMILY = ("children", "spouse")
PERSONAL = {str(benefit) for benefit in LIVING}
# The register is written from a late day, so that deaths of every case have happened.
LATER = at(2031, 1, 2)
PENSION_LAW = at(2025, 7, 1)


# --- which cases the register can express --------------------------------------------------------------------------------


def expected_months(case: Mapping[str, Any]) -> dict[date, list[dict]]:
    """Month → lines of monthly allowance and social pension, for each month the case asks about."""
    asked = [row for row in case["expect"] if row["ask"] == "monthly"]
    return {parse_month(row["month"]): [line for line in row["lines"] if line["kind"] in PERSONAL] for row in asked}


def can_live(case: Mapping[str, Any]) -> bool:
    """Facts the register keeps, nothing left open, one signature at most, and not too many months."""
    if any("lines" not in row for row in case["expect"] if row["ask"] == "monthly"):
        return False
    months = expected_months(case)
    if not months or _distance(min(months), max(months)) > LONGEST or case.get("law", {}).get("provincial"):
        return False
    if any(line.get("held") for lines in months.values() for line in lines):
        return False
    kinds = [event["kind"] for event in case.get("events", ())]
    starts = [event for event in case.get("events", ()) if event["kind"] in STARTS]
    paused = [event for event in case.get("events", ()) if event["kind"] in PAUSES]
    if paused and ("decision_signed" in kinds or any(event.get("conditions") == "lost" for event in paused)):
        return False
    lawful = set(kinds) <= {"died", *STARTS, *PAUSES} and all(event.get("benefit") in PERSONAL for event in starts)
    by_events = case.get("procedure") == "by_events"
    started = (
        (kinds.count("decision_signed") == 1 and len(starts) == 1 or starts and "decision_signed" not in kinds)
        if by_events
        else not starts
    )
    return lawful and bool(started) and set(case.get("household", {})) <= {"poverty", "place"} and all(_facts_fit(case))


def _facts_fit(case: Mapping[str, Any]) -> Iterator[bool]:
    yield set(case.get("household", {}).get("place", {})) <= {"hard_area", "province", "commune"}
    for facts in case["persons"].values():
        for name, raw in facts.items():
            if name not in ("birth", *FAMILY):
                yield name in BY_KEY and all(_known(name, value) for value, _since, _until in _spans(name, raw))


def _known(name: str, value: Any) -> bool:
    try:
        checked_value(name, value)
    except InvalidInput:
        return False
    return True


def _spans(name: str, raw: Any) -> list[tuple[Any, date | None, date | None]]:
    """(value, from, to) rows of a fact, constant or in time."""
    if not isinstance(raw, list) or (raw and isinstance(raw[0], str)):
        return [(raw, None, None)]
    return [(row["value"], _day(row.get("from")), _day(row.get("to"))) for row in raw]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _distance(first: date, last: date) -> int:
    return len(list(months_between(first, last)))


# --- the register ---------------------------------------------------------------------------------------------------------


@dataclass
class Life:
    """The people of a case in the register, and the office that decides about them."""

    case: Mapping[str, Any]
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officer, self.clerk, self.unit = post(), post("clerk"), commune()
        self._confirm()
        house = people.open_household(unit=self.unit, village=None, source="Hồ sơ", by=self.officer, now=LATER)
        for key, facts in self.case["persons"].items():
            self.people[key] = self._register(key, facts, house)
        for key, facts in self.case["persons"].items():
            self._relate(key, facts)
        self._house(house)
        for event in self.case.get("events", ()):
            if event["kind"] == "died":
                self._wrote(people.record_death, person=self.people[event["person"]], died_on=_day(event["date"]))

    def _wrote(self, operation, **known) -> Any:
        return operation(source="Hồ sơ", by=self.officer, now=LATER, **known)

    def _confirm(self) -> None:
        """Every open point answered: as the case says, else by its default."""
        given = {key: question.default for key, question in law.questions().items()}
        given |= self.case.get("law", {}).get("parameters", {})
        Confirmation.objects.bulk_create(
            Confirmation(parameter=key, value=value, source="thử", confirmed_by=self.officer, confirmed_at=LATER)
            for key, value in given.items()
            if value and value != "officer"
        )

    def _register(self, key: str, facts: Mapping[str, Any], house: Household) -> Person:
        parts = [int(part) for part in facts.get("birth", self._adult()).split("-")]
        newcomer = people.Newcomer(
            full_name=f"Người {key.title()}", born_on=date(*(parts + [1, 1])[:3]), sex="female",
            birth_precision=("year", "month", "day")[len(parts) - 1],
        )  # fmt: skip
        who = self._wrote(people.register_person, newcomer=newcomer, unit=self.unit, village=None, since=None)
        self._wrote(people.join_household, person=who, household=house, relation="thành viên", since=None)
        for name, raw in facts.items():
            if name not in ("birth", *FAMILY):
                for value, since, until in _spans(name, raw):
                    self._wrote(people.set_circumstance, person=who, kind=name, value=value, since=since, until=until)
        return who

    def _adult(self) -> str:
        """Without a birth somebody is between 18 and 59 in every month asked about."""
        return f"{min(expected_months(self.case)).year - 40}-01-01"

    def _relate(self, key: str, facts: Mapping[str, Any]) -> None:
        family = [("child", child) for child in facts.get("children", ())]
        family += [("spouse", facts["spouse"])] if facts.get("spouse") else []
        for kind, other in family:
            if other in self.people:
                self._wrote(
                    people.record_relative, person=self.people[key], kind=kind, name="", known=self.people[other], since=None
                )

    def _house(self, house: Household) -> None:
        home = self.case.get("household", {})
        for kind, raw in (("poverty", home.get("poverty", "not_poor")), ("hard_area", home.get("place", {}).get("hard_area"))):
            for value, since, until in _spans(kind, raw) if raw is not None else []:
                self._wrote(people.set_household_circumstance, household=house, kind=kind, value=value, since=since, until=until)

    # --- the office -------------------------------------------------------------------------------------------------------

    def live(self) -> dict[date, set[tuple[str, str, int]]]:
        """Run the months; what the lists hold for each month asked: (person, category, sum of lines not held)."""
        asked = expected_months(self.case)
        if self._starts("in_payment"):
            first, last = self._in_payment(), max(asked)
        elif self._starts("decision_signed"):
            first, last = self._decide_by_event(), add_months(max(asked), 2)
        else:
            first, last = min(asked), max(asked)
        last = max([last, *(parse_month(event["month"]) for kind in PAUSES for event in self._starts(kind))])
        for month in months_between(first, add_months(last, 1)):
            self._month(month, grants=self.case.get("procedure") != "by_events")
        return {month: self._held_for(month) for month in asked}

    def _month(self, month: date, *, grants: bool) -> None:
        earlier = add_months(month, -1)
        day = at(earlier.year, earlier.month, 10)
        for act, kind in (("suspend", "suspended"), ("resume", "resumed")):
            for event in self._starts(kind):
                if parse_month(event["month"]) == month:
                    self._pause(act, self.people[event["person"]], month, day)
        for draft in ledger.draft_differences(unit=self.unit, month=month, by=None, now=day):
            if draft.items.filter(act="stop", person__in=self._to_resume(month)).exists():
                ledger.discard_draft(decision=draft, reason="Đang giải quyết hưởng lại", by=self.officer, now=day)
            else:
                self._sign(draft, day)
        if grants:
            self._grant(month, day)
        payments.prepare_run(benefit_month=month, units=[self.unit], by=self.officer, now=at(earlier.year, earlier.month, 19))

    def _grant(self, month: date, day: datetime, since: date | None = None, *, only: Person | None = None) -> None:
        """What the law gives and nobody decided yet."""
        running = set(Entitlement.objects.running(month).values_list("person", "category"))
        items = [
            ItemDraft(
                person_id=who.id, act="grant", benefit=line.kind, category=line.category, law_code=line.code,
                coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
                from_month=since or month,
            )
            for who in ([only] if only else self.people.values())
            for line in law_for(who, month)
            if (who.id, line.category) not in running
        ]  # fmt: skip
        if items:
            office = Office.objects.get(code=f"UBND-{self.unit.code}")
            draft = ledger.draft_decision(
                office=office, unit=self.unit, kind="grant", origin="recorded", items=items, by=self.officer, now=day
            )
            self._sign(draft, day)

    def _to_resume(self, month: date) -> list[Person]:
        """Whose resumption is still to come: the office does not end what it is about to resume."""
        return [self.people[event["person"]] for event in self._starts("resumed") if parse_month(event["month"]) > month]

    def _pause(self, act: str, who: Person, month: date, day: datetime) -> None:
        """Every running entry of a person suspended from a month on, or resumed."""
        items = [
            ItemDraft(
                person_id=who.id, act=act, benefit=entry.benefit, category=entry.category, law_code=entry.law_code,
                coefficient=entry.coefficient, standard_vnd=entry.standard_vnd, amount_vnd=entry.amount_vnd, entitlement=entry,
                from_month=month,
            )
            for entry in Entitlement.objects.running(month).filter(person=who)
        ]  # fmt: skip
        office = Office.objects.get(code=f"UBND-{self.unit.code}")
        draft = ledger.draft_decision(
            office=office, unit=self.unit, kind=act, origin="recorded", items=items, by=self.officer, now=day
        )
        self._sign(draft, day)

    def _sign(self, draft: Decision, day: datetime) -> None:
        if draft.items.filter(benefit="social_pension").exists():
            day = max(day, PENSION_LAW)  # nobody could sign one before
        ledger.record_decision(decision=draft, signature=signature(day.date()), by=self.clerk, now=day)

    def _starts(self, kind: str) -> list[Mapping[str, Any]]:
        return [event for event in self.case.get("events", ()) if event["kind"] == kind]

    def _in_payment(self) -> date:
        """The grants of old, at what the law gives in the first month whose list is run. Returns that month."""
        begun = self._starts("in_payment")
        first = max(min(parse_month(event["month"]) for event in begun), add_months(min(expected_months(self.case)), -BEFORE))
        earlier = add_months(first, -1)
        for event in begun:
            self._grant(first, at(earlier.year, earlier.month, 5), only=self.people[event["person"]])
        return first

    def _decide_by_event(self) -> date:
        """The grant of the case: signed on its day, from the first month the law gives. Returns that month."""
        (event,) = self._starts("decision_signed")
        signed_on = date.fromisoformat(event["date"])
        try:
            first = law.first_benefit_month(Situation.from_case(self.case), event["person"], "decision_signed")
        except NotAnswerable:  # the law gives nothing on this decision: the office does not grant
            return min(expected_months(self.case))
        self._grant(first, at(signed_on.year, signed_on.month, signed_on.day), only=self.people[event["person"]])
        return first

    def _held_for(self, month: date) -> set[tuple[str, str, int]]:
        names = {who.id: key for key, who in self.people.items()}
        sums: dict[tuple[str, str], int] = {}
        for line in PaymentLine.objects.filter(benefit_month=month).exclude(state="held"):
            key = (names[line.person_id], line.category)
            sums[key] = sums.get(key, 0) + line.amount_vnd
        return {(*key, amount) for key, amount in sums.items()}
