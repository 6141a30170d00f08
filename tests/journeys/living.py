"""A worked case of the law written into the register: its people, their facts, the household, the points and resolutions it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ansinh import law
from ansinh.access.models import Office, Post
from ansinh.access.tests.factories import at, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import FOR_CARE, PERSONAL, Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import care_for, law_for
from ansinh.entitlements.tests.factories import signature
from ansinh.kernel.periods import parse_month
from ansinh.law.situation import Line
from ansinh.lawbook.models import Confirmation
from ansinh.lawbook.tests import factories as lawbook
from ansinh.people import operations as people
from ansinh.people.models import Person

FAMILY = ("children", "spouse")
# What the ledger holds month by month. Of somebody in a facility it holds nothing.
OWN = (*PERSONAL, FOR_CARE[1])
# The register is written from a late day, so that whatever happens in a case has happened.
LATER = at(2031, 1, 2)
# Nobody could sign one before its law.
SIGNED_FROM = {"social_pension": at(2025, 7, 1), "carer_money": at(2021, 7, 1), "disabled_parent_support": at(2021, 7, 1)}
NEW_LEVEL_FROM, OLD_LEVEL = date(2026, 7, 1), 500_000


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def spans(raw: Any) -> list[tuple[Any, date | None, date | None]]:
    """(value, from, to) rows of a fact, constant or in time."""
    if not isinstance(raw, list) or (raw and isinstance(raw[0], str)):
        return [(raw, None, None)]
    return [(row["value"], day_of(row.get("from")), day_of(row.get("to"))) for row in raw]


def events(case: Mapping[str, Any], *kinds: str) -> list[Mapping[str, Any]]:
    return [event for event in case.get("events", ()) if not kinds or event["kind"] in kinds]


def event_day(event: Mapping[str, Any]) -> date:
    return date.fromisoformat(event["date"]) if "date" in event else parse_month(event["month"])


NEW_MAP = date(2025, 7, 1)


def _papers(row: Mapping[str, Any]) -> Iterator[tuple[list[str], date]]:
    """The scopes of a level with its first month; of a pension no resolution spoke before its law: there is one of its own since then."""
    since = parse_month(row["from"])
    late = {"social_pension"} & set(row["applies_to"]) if since < NEW_MAP else set()
    yield [scope for scope in row["applies_to"] if scope not in late], since
    # A level that the decree has overtaken is not resolved upon again: the office refuses one below it.
    if (
        late
        and row["standard_vnd"] >= law.pension_level_on(NEW_MAP)[0]
        and not ("to" in row and parse_month(row["to"]) <= NEW_MAP)
    ):
        yield sorted(late), NEW_MAP


@dataclass
class Life:
    """The people of a case in the register, and the office that decides about them. `around`: a month the case asks about."""

    case: Mapping[str, Any]
    around: date
    people: dict[str, Person] = field(default_factory=dict)
    carers: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officer, self.unit = post(), commune()
        self._confirm()
        self._resolve()
        self.house = people.open_household(unit=self.unit, village=None, source="Hồ sơ", by=self.officer, now=LATER)
        known = self.case.get("persons", {})
        for key, facts in known.items():
            self.people[key] = self._register(key, facts)
        for key, facts in known.items():
            self._relate(key, facts)
        self._house()
        for event in events(self.case, "died"):
            self.wrote(people.record_death, person=self.people[event["person"]], died_on=day_of(event["date"]))
        for event in events(self.case, "adopted"):
            self._adopt(event)

    def wrote(self, operation, **known) -> Any:
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

    def _resolve(self) -> None:
        """The province's own levels, as the division enters and confirms them."""
        rows = self.case.get("law", {}).get("provincial", ())
        papers = [(row, scopes, since) for row in rows for scopes, since in _papers(row)]
        for number, (row, scopes, since) in enumerate(papers, start=1):
            lawbook.confirmed(
                lawbook.level(row["standard_vnd"], *scopes), number=f"{number}/NQ-HĐND", issued_on=date(2015, 12, 10),
                in_force_from=date(2016, 1, 1), applies_to_months_from=since,
                until=parse_month(row["to"]) if "to" in row else None,
                territory=lawbook.PROVINCE if since >= NEW_MAP else lawbook.OLD_PROVINCE,
            )  # fmt: skip

    def _register(self, key: str, facts: Mapping[str, Any]) -> Person:
        who = self._newcomer(f"Người {key.title()}", facts.get("birth", f"{self.around.year - 40}-01-01"), home=True)
        for name, raw in facts.items():
            if name not in ("birth", *FAMILY) and not self._is_only_told(key):
                for value, since, until in spans(raw):
                    value = "general" if value == "listed_level" else value
                    self.wrote(people.set_circumstance, person=who, kind=name, value=value, since=since, until=until)
        care = {value for value, _since, _until in spans(facts.get("cared_by", "none"))} - {"none"}
        if care:
            born = f"{self.around.year - 45}-01-01"
            self.carers[key] = self._newcomer(f"Người Chăm {key.title()}", born, home=care == {"own_household"})
        return who

    def _is_only_told(self, key: str) -> bool:
        """Asked for something, and nobody checked yet what they told: it stands in no register."""
        return any(event["person"] == key and not event.get("verified") for event in events(self.case, "applied"))

    def _newcomer(self, name: str, birth: str, *, home: bool) -> Person:
        parts = [int(part) for part in birth.split("-")]
        newcomer = people.Newcomer(
            full_name=name, born_on=date(*(parts + [1, 1])[:3]), sex="female",
            birth_precision=("year", "month", "day")[len(parts) - 1],
        )  # fmt: skip
        who = self.wrote(people.register_person, newcomer=newcomer, unit=self.unit, village=None, since=None)
        if home:
            self.wrote(people.join_household, person=who, household=self.house, relation="thành viên", since=None)
        return who

    def _relate(self, key: str, facts: Mapping[str, Any]) -> None:
        family = [("child", child) for child in facts.get("children", ())]
        family += [("spouse", facts["spouse"])] if facts.get("spouse") else []
        for kind, other in family:
            if other in self.people:
                known = {"person": self.people[key], "kind": kind, "name": "", "known": self.people[other], "since": None}
                self.wrote(people.record_relative, **known)

    def _house(self) -> None:
        home = self.case.get("household", {})
        for kind, raw in (("poverty", home.get("poverty", "not_poor")), ("hard_area", home.get("place", {}).get("hard_area"))):
            for value, since, until in spans(raw) if raw is not None else []:
                known = {"household": self.house, "kind": kind, "value": value, "since": since, "until": until}
                self.wrote(people.set_household_circumstance, **known)

    def _adopt(self, event: Mapping[str, Any]) -> None:
        """From that day on the child has parents."""
        facts = self.case["persons"][event["person"]]
        for kind, value in (("parents", ["alive_present", "alive_present"]), ("abandoned", False)):
            if kind in facts:
                known = {"person": self.people[event["person"]], "kind": kind, "value": value, "since": day_of(event["date"])}
                self.wrote(people.set_circumstance, **known)

    # --- the office -------------------------------------------------------------------------------------------------------

    def name_of(self, entry: Entitlement) -> str:
        """Whose facts an entry stands on."""
        names = {who.id: key for key, who in self.people.items()}
        return names[entry.cared_for_id or entry.person_id]

    def lawful(self, key: str, month: date) -> Iterator[tuple[Person, Person | None, Line]]:
        """What the law gives about a person for a month: who draws it, who is cared for, the line."""
        who = self.people[key]
        level = {"standard_vnd": OLD_LEVEL} if self.is_before_the_switch(month) else {}
        yield from ((who, None, replace(line, **level)) for line in law_for(who, month, OWN))
        if key in self.carers:
            yield from ((self.carers[key], who, replace(line, **level)) for line in care_for(who, month))

    def is_before_the_switch(self, month: date) -> bool:
        """Whether nobody knew yet of the level of 2026 when this month was decided and paid."""
        switches = [event_day(event) for event in events(self.case, "level_switch_decided")]
        return bool(switches) and NEW_LEVEL_FROM <= month < min(switches)

    def grant(self, keys, month: date, day: datetime, *, since: date | None = None, kinds=None) -> None:
        """What the law gives and nobody decided yet, from its month or from an earlier one."""
        running = {
            (entry.person_id, entry.category, entry.cared_for_id) for entry in Entitlement.objects.running(month)
        }  # fmt: skip
        items = [
            ItemDraft(
                person_id=drawer.id, cared_for_id=cared_for.id if cared_for else None, act="grant", benefit=line.kind,
                category=line.category, law_code=line.code, coefficient=line.coefficient, count=line.count,
                standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd, from_month=since or month,
            )
            for key in keys
            for drawer, cared_for, line in self.lawful(key, month)
            if (drawer.id, line.category, cared_for.id if cared_for else None) not in running
            and (kinds is None or line.kind in kinds)
        ]  # fmt: skip
        if items:
            self.decide("grant", items, day)

    def decide(self, kind: str, items: list[ItemDraft], day: datetime) -> None:
        unit = Person.objects.select_related("unit").get(pk=items[0].person_id).unit
        office = Office.objects.get(code=f"UBND-{unit.code}")
        by = post(office=office.code)
        self.sign(ledger.draft_decision(office=office, unit=unit, kind=kind, origin="recorded", items=items, by=by, now=day), day)

    def sign(self, draft: Decision, day: datetime) -> None:
        day = max([day, *(SIGNED_FROM.get(one, day) for one in draft.items.values_list("benefit", flat=True))])
        clerk: Post = post("clerk", office=f"UBND-{draft.unit.code}")
        ledger.record_decision(decision=draft, signature=signature(day.date()), by=clerk, now=day)
