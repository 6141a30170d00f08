"""What a worked case is given once, and by when it is answered: a funeral by its dossier, emergency support by its list, a stay, a last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.journeys.living import LATER, Life, event_day, events, spans

from ansinh import law
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.emergency import operations as emergency
from ansinh.emergency.models import AidLine
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion
from ansinh.emergency.operations.protecting import Arrival, Costs
from ansinh.emergency.queries import stay_of
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.queries import funeral_for
from ansinh.entitlements.tests.factories import signature
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, last_day, month_of, parse_month
from ansinh.law.procedures import load_sheets
from ansinh.law.supports import value_on
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine

PROCEDURES = {"monthly_allowance": "allowance_grant", "social_pension": "social_pension", "funeral": "funeral"}
ACTS = {"decide_monthly_allowance": "allowance_grant", "decide_social_pension": "social_pension", "decide_funeral": "funeral"}
BURIED_BY = {"name": "Trần Văn Con", "relation": "con"}
Answer = dict[str, Any]


@dataclass
class Once(Life):
    """The case as the counter, the desk of emergency support and the calendar see it."""

    def answers(self, question: Mapping[str, Any]) -> Answer:
        """What the system says to a question, under the names of the case format, as far as it says it."""
        if question["ask"] == "deadline":
            return self._deadline(question)
        return getattr(self, f"_{question['kind']}")(question)

    # --- last days --------------------------------------------------------------------------------------------------------

    def _deadline(self, question: Mapping[str, Any]) -> Answer:
        asked = ACTS[question["act"]]
        (event,) = (e for e in events(self.case, "received_complete") if PROCEDURES[e["benefit"]] == asked)
        received = event_day(event)
        self._calendar(received.year)
        made = self._received(asked, event["person"], received)
        return {"ask": "deadline", "act": question["act"], "date": made.due_on.isoformat(), "working_days": made.version.days}

    def _calendar(self, year: int) -> None:
        """The holidays of the case are all there are; a list may not be empty, so a Sunday stands in it."""
        by = post(Role.DIVISION_HEAD, office="BTXH")
        for one in (year, year + 1):
            sunday = next(date(one, 1, day) for day in range(1, 8) if date(one, 1, day).weekday() == 6)
            off = [day for text in self.case.get("holidays", ()) if (day := date.fromisoformat(text)).year == one]
            dossiers.correct_holidays(year=one, days_off=[sunday, *off], worked=[], source="thử", by=by, now=LATER)

    def _received(self, procedure: str, key: str, received: date, case: str = "") -> Dossier:
        known = {"procedure": procedure, "person": self.people[key], "case": case}
        made = dossiers.open_dossier(**known, by=self.officer, now=LATER)
        return dossiers.receive_dossier(dossier=made, received_on=received, given=[], by=self.officer, now=LATER)

    # --- funeral ----------------------------------------------------------------------------------------------------------

    def _funeral(self, question: Mapping[str, Any]) -> Answer:
        deaths = [event for event in events(self.case, "died") if event["person"] == question.get("person", event["person"])]
        if not deaths:
            return {"amount_vnd": 0}
        (death,) = deaths
        key, died_on = death["person"], event_day(death)
        self._decided_before(month_of(died_on))
        if "cause" in death and died_on >= date(2021, 7, 1):
            self._listed(Asked("burial", person=self.people[key]), death["cause"], died_on)
        given = self._funeral_by_dossier(key, died_on)
        who = self.people[key]
        who.refresh_from_db()
        received = [event_day(e) for e in events(self.case, "received_complete") if e["benefit"] == "funeral"]
        found = funeral_for(who, received_on=received[0] if received else None).found
        told = {"amount_vnd": found.amount_vnd, "person": key}
        if found.amount_vnd:
            told |= {name: getattr(found, name) for name in ("code", "multiple", "standard_vnd", "is_minimum")}
            assert given in (None, found.amount_vnd), (given, found)
        else:
            assert given is None
        return told

    def _decided_before(self, month: date) -> None:
        """What everybody drew in the month of the death, and who had asked and waited for the answer."""
        begun = [event["person"] for event in events(self.case, "in_payment", "decision_signed")]
        keys = begun if self.case.get("procedure") == "by_events" else list(self.people)
        self.grant(keys, month, at(month.year, month.month, 1))
        for event in events(self.case, "applied"):
            if not Dossier.objects.filter(person=self.people[event["person"]]).exists():
                self._received(PROCEDURES[event["benefit"]], event["person"], event_day(event))

    def _funeral_by_dossier(self, key: str, died_on: date) -> int | None:
        """From the form to the line of the list; None when the proposal is refused, or the procedure was not law yet."""
        case = load_sheets()["funeral"].cases[0].key
        told = [e for e in events(self.case, "received_complete") if e["person"] == key and e["benefit"] == "funeral"]
        received = event_day(told[0]) if told else died_on + timedelta(days=3)
        if load_sheets()["funeral"].on(received) is None:
            return None
        made = dossiers.open_dossier(procedure="funeral", person=self.people[key], case=case, by=self.officer, now=LATER)
        details = {**BURIED_BY, "died_on": died_on}
        dossiers.declare(dossier=made, facts={}, details=details, by=self.officer, now=LATER)
        dossiers.receive_dossier(dossier=made, received_on=received, given=[], by=self.officer, now=LATER)
        dossiers.take_up_dossier(dossier=made, by=self.officer, now=LATER)
        day = at(received.year, received.month, received.day)
        try:
            draft = ledger.propose_funeral(dossier=made, by=self.officer, on=received, now=day)
        except InvalidInput:
            return None
        ledger.record_decision(decision=draft, signature=signature(received), by=post(Role.CLERK), now=day)
        month = add_months(month_of(received), 1)
        payments.prepare_run(benefit_month=month, units=[self.unit], by=self.officer, now=day + timedelta(days=1))
        (line,) = PaymentLine.objects.filter(person=self.people[key], benefit="funeral", state="due")
        assert line.payee_name == BURIED_BY["name"]
        return line.amount_vnd

    # --- emergency --------------------------------------------------------------------------------------------------------

    def _listed(self, asked: Asked, cause: str, day: date) -> AidLine | None:
        """One line on the commune's list of an event; None when the law gives nothing and the list refuses it."""
        new = NewOccasion("relief", f"Sự kiện {day}", day, cause=cause)
        found = emergency.open_occasion(new=new, by=self.officer, now=LATER).lists.select_related("occasion", "unit").get()
        try:
            (line,) = emergency.add_lines(aid_list=found, asked=[asked], by=self.officer, now=LATER)
        except InvalidInput as error:
            assert error.field in ("kind", "hardship", "treatment_days", "without_home"), error
            return None
        return line

    def _support(self, line: AidLine | None, question: Mapping[str, Any]) -> Answer:
        if line is None:
            return {"amount_vnd": 0}
        told: Answer = {"amount_vnd": line.amount_vnd, "is_minimum": line.is_minimum}
        if law.citation_of(question.get("code", "")) in line.article:
            told["code"] = question["code"]
        return told

    def _emergency_burial(self, question: Mapping[str, Any]) -> Answer:
        event = self._of_person(question, "died", "missing")
        day = event_day(event)
        self._decided_before(month_of(day))
        asked = Asked("burial", person=self.people[event["person"]])
        # An ordinary death has no event of many: the office would write it under some other reason.
        return self._support(self._listed(asked, event.get("cause", "between_harvest"), day), question)

    def _injury(self, question: Mapping[str, Any]) -> Answer:
        event = self._of_person(question, "injured")
        away = bool(event.get("away_from_home"))
        asked = Asked("injury", person=self.people[event["person"]], treatment_days=event["treatment_days"], away=away)
        return self._support(self._listed(asked, event["cause"], event_day(event)), question)

    def _of_person(self, question: Mapping[str, Any], *kinds: str) -> Mapping[str, Any]:
        found = [e for e in events(self.case, *kinds) if e["person"] == question.get("person", e["person"])]
        return max(found, key=event_day)

    def _housing(self, question: Mapping[str, Any]) -> Answer:
        lines = [self._house_line(event) for event in events(self.case, "house_damaged", "relocation_ordered")]
        return self._support(max((one for one in lines if one), key=lambda one: one.amount_vnd, default=None), question)

    def _house_line(self, event: Mapping[str, Any]) -> AidLine | None:
        kind = {"total": "housing_total", "heavy": "housing_heavy"}.get(event.get("damage", ""), "housing_relocation")
        homeless = bool(event.get("nowhere_to_live")) if kind == "housing_total" else not event.get("livable")
        asked = Asked(
            kind, recipient="Chủ hộ", hardship=self._hardship(event_day(event)), without_home=homeless, note="QĐ 5/QĐ-UBND",
        )  # fmt: skip
        return self._listed(asked, event.get("cause", "other_disaster"), event_day(event))

    def _hardship(self, day: date) -> str:
        home = self.case.get("household", {})
        for value, since, until in spans(home.get("poverty", "not_poor")):
            if value != "not_poor" and (since is None or since <= day) and (until is None or day < until):
                return value
        return "difficult" if home.get("in_difficulty") else "not_poor"

    def _rice(self, question: Mapping[str, Any]) -> Answer:
        (event,) = events(self.case, "hunger")
        persons = self.case.get("household", {}).get("members", len(self.people))
        day = last_day(parse_month(event["month"]))
        # More months than the law allows are refused; the officer writes down as many as it does.
        most = value_on("rice_months_tet" if event["cause"] == "tet" else "rice_months_limit", day).value
        asked = Asked("rice", recipient="Chủ hộ", persons=persons, months=min(event["months"], most))
        line = self._listed(asked, event["cause"], day)
        return {**self._support(line, question), "kg": line.rice_kg if line else 0}

    def _protection_food(self, question: Mapping[str, Any]) -> Answer:
        event = self._of_person(question, "emergency_protection")
        first, days = parse_month(event["month"]), event["days"]
        begins = first if law.regime_on(first) == law.regime_on(last_day(first)) else last_day(first)
        arrival = Arrival("", "decided_by_chairman", begins, "household", "Bà Lê Thị Nuôi", person=self.people[event["person"]])
        made = emergency.take_in(arrival=arrival, by=self.officer, now=LATER)
        ended = min(begins + timedelta(days=days - 1), law.protection_ends(begins))
        made = emergency.end_protection(
            protection=made, ended_on=ended, outcome="Về nhà", costs=Costs(), by=self.officer, now=LATER
        )  # fmt: skip
        found = stay_of(made, on=ended)
        told = {"per_day_vnd": found.food_day_vnd, "days": found.days, "amount_vnd": found.food_vnd}
        if found.article and law.regime_on(begins):
            told["code"] = "ND335.16" if "335/2026" in found.article else "ND20.19.2"
        return told
