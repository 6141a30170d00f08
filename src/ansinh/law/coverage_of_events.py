"""What of the one-off support and the deadlines the worked cases touch, on each side of every change, age and limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ansinh.kernel.periods import add_months, last_day, month_of, month_text, parse_month
from ansinh.law.benefits.monthly_allowance.months import R3_START, regime_key
from ansinh.law.benefits.one_off.relief import protection_ends
from ansinh.law.caseformat.words import flat_questions
from ansinh.law.engine.lawfile import LawBook
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Situation

DAY = timedelta(days=1)
# The events a kind is asked about, and the first regime that has it.
EVENTS_OF = {
    "funeral": ("died",),
    "emergency_burial": ("died", "missing"),
    "injury": ("injured",),
    "rice": ("hunger",),
    "housing": ("house_damaged", "relocation_ordered"),
    "protection_food": ("emergency_protection",),
}
SINCE = {"funeral": "R0", "decide_social_pension": "R2"}
BY_MONTH = ("rice", "protection_food")
MULTIPLES = ("funeral", "emergency_burial", "injury")
NEVER_REFUSED = ("protection_food",)
FUNERAL_CODES = {
    "R0": ("ND136.11.1.a", "ND136.11.1.b", "ND136.11.1.c"),
    "R1": ("ND20.11.1.a", "ND20.11.1.b", "ND20.11.1.c", "ND20.25"),
    "R2": ("ND20.11.1.a", "ND20.11.1.b", "ND20.11.1.c", "ND20.25", "ND176.5"),
    "R3": ("ND335.11.1.a", "ND335.11.1.b", "ND335.11.1.c", "ND335.11.1.d", "ND335.22", "ND335.31"),
}
VARIANTS = {
    "emergency_burial": ("died", "missing"),
    "injury": ("at home", "away from home"),
    "rice": ("tet", "other"),
    "housing": ("total", "heavy", "relocation"),
}
ACTS = ("decide_monthly_allowance", "decide_social_pension", "decide_funeral")


@dataclass(frozen=True)
class Answer:
    """One expectation about one event: the day (for rice and food: the month), due or not, what kind of event it was."""

    kind: str
    day: date
    due: bool
    code: str
    variant: str
    event: Mapping[str, Any]
    case: Mapping[str, Any]
    standard_vnd: int | None = None

    @property
    def regime(self) -> str:
        """The regime of the event."""
        return regime_key(last_day(self.day) if self.kind in BY_MONTH else self.day)


def event_gaps(cases: Sequence[Mapping[str, Any]], book: LawBook) -> Iterator[str]:
    """Everything about one-off support and deadlines without a case, one sentence each."""
    answers = [answer for case in cases for answer in answers_of(case)]
    yield from _due_and_refused(answers, book)
    yield from _codes_and_variants(answers, book)
    yield from _sides_of_changes(answers, book)
    yield from _sides_of_limits(answers, book)
    yield from _deadlines(cases, book)


def answers_of(case: Mapping[str, Any]) -> Iterator[Answer]:
    """What a case expects of the events it tells."""
    for question in flat_questions(case["expect"]):
        if question["ask"] != "one_off":
            continue
        event = _event_of(case, question)
        if event is None:
            continue
        day = date.fromisoformat(event["date"]) if "date" in event else parse_month(event["month"])
        due = bool(question.get("amount_vnd") or question.get("kg"))
        yield Answer(
            question["kind"], day, due, question.get("code", ""), _variant(event), event, case, question.get("standard_vnd")
        )


def _event_of(case: Mapping[str, Any], question: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The last event the question may be about."""
    found = [
        event
        for event in case.get("events", ())
        if event["kind"] in EVENTS_OF[question["kind"]] and question.get("person") in (None, event.get("person"))
    ]
    return max(found, key=lambda event: event.get("date") or event["month"], default=None)


def _variant(event: Mapping[str, Any]) -> str:
    if event["kind"] == "injured":
        return "away from home" if event.get("away_from_home") else "at home"
    if event["kind"] == "hunger":
        return "tet" if event["cause"] == "tet" else "other"
    if event["kind"] == "relocation_ordered":
        return "relocation"
    return str(event.get("damage") or event["kind"])


def _regimes(book: LawBook, what: str) -> list[str]:
    return [regime.key for regime in book.regimes if regime.key >= SINCE.get(what, "R1")]


def _due_and_refused(answers: Sequence[Answer], book: LawBook) -> Iterator[str]:
    seen = {(one.kind, one.regime, one.due) for one in answers}
    for kind in EVENTS_OF:
        for regime in _regimes(book, kind):
            if (kind, regime, True) not in seen:
                yield f"{kind} in {regime}: no case"
            if kind not in NEVER_REFUSED and (kind, regime, False) not in seen:
                yield f"{kind} in {regime}: no case in which it is not due"


def _codes_and_variants(answers: Sequence[Answer], book: LawBook) -> Iterator[str]:
    seen = {(one.kind, one.regime, name) for one in answers if one.due for name in (one.code, one.variant)}
    for regime, codes in FUNERAL_CODES.items():
        yield from (f"funeral in {regime}: no case with {code}" for code in codes if ("funeral", regime, code) not in seen)
    for kind, variants in VARIANTS.items():
        for regime in _regimes(book, kind):
            missing = [name for name in variants if (kind, regime, name) not in seen]
            yield from (f"{kind} in {regime}: no case of “{name}”" for name in missing)


def change_days(book: LawBook, kind: str) -> list[date]:
    """Days on which the rules or the money of a kind changed: regimes, and for multiples the standard."""
    first = next(regime.start for regime in book.regimes if regime.key == SINCE.get(kind, "R1"))
    days = {regime.start for regime in book.regimes}
    if kind in MULTIPLES:
        days |= {value.applies_to_months_from for value in book.parameters["standard"].values}
    return sorted(day for day in days if day > first)


def _sides_of_changes(answers: Sequence[Answer], book: LawBook) -> Iterator[str]:
    seen = {(one.kind, one.day) for one in answers if one.due}
    for kind in EVENTS_OF:
        for day in change_days(book, kind):
            if kind in BY_MONTH:
                months = [add_months(month_of(day), step) for step in (-1, 0, 1)]
                lacking = [month_text(month) for month in months if (kind, month) not in seen]
            else:
                lacking = [f"{one:%d/%m/%Y}" for one in (day - DAY, day, day + DAY) if (kind, one) not in seen]
            yield from (f"{kind}: no case of {one}, beside the change of {day:%d/%m/%Y}" for one in lacking)


def _sides_of_limits(answers: Sequence[Answer], book: LawBook) -> Iterator[str]:
    for regime in _regimes(book, "funeral"):
        day = next(one.start for one in book.regimes if one.key == regime)
        for key in ("age_funeral_other", "age_funeral_survivor_poor"):
            known = [value.value for value in book.parameters[key].values if value.in_force_from <= day]
            if known:
                yield from _age_sides(answers, regime, known[-1])
    for regime in _regimes(book, "injury"):
        yield from _number_sides(answers, regime, book)


def _age_sides(answers: Sequence[Answer], regime: str, age: int) -> Iterator[str]:
    seen = set()
    for one in answers:
        if one.kind == "funeral" and one.regime == regime:
            reached = Reckoning(Situation.from_case(one.case)).birthday(one.event["person"], age)
            if reached:
                seen.add((one.day - reached).days)
    for step, side in ((-1, "the day before"), (0, "on"), (1, "the day after")):
        if step not in seen:
            yield f"funeral in {regime}: no death {side} the birthday of {age}"


def _number_sides(answers: Sequence[Answer], regime: str, book: LawBook) -> Iterator[str]:
    days = R3_START if regime == "R3" else next(one.start for one in book.regimes if one.key == regime)
    limit = book.parameters["injury_treatment_days"].on_day(days).value
    here = [one for one in answers if one.regime == regime]
    treated = {one.event["treatment_days"] for one in here if one.kind == "injury"}
    for number in (limit - 1, limit, limit + 1):
        if number not in treated:
            yield f"injury in {regime}: no case of {number} days of treatment"
    rice = {(one.variant, one.event["months"]) for one in here if one.kind == "rice"}
    most = book.parameters["rice_months_limit"].on_day(days).value
    tet = book.parameters["rice_months_tet"].on_day(days).value
    for variant, months in (("tet", tet), ("tet", tet + 1), ("other", most - 1), ("other", most)):
        if (variant, months) not in rice:
            yield f"rice in {regime}: no case of {months} months ({variant})"
    stays = {one.event["days"] - (protection_ends(one.day) - one.day).days - 1 for one in here if one.kind == "protection_food"}
    for step, side in ((-1, "a day less than"), (0, "exactly"), (1, "a day more than")):
        if step not in stays:
            yield f"protection_food in {regime}: no stay of {side} three months"


def _deadlines(cases: Sequence[Mapping[str, Any]], book: LawBook) -> Iterator[str]:
    seen = set()
    for case in cases:
        for question in flat_questions(case["expect"]):
            if question["ask"] == "deadline":
                days = [event["date"] for event in case.get("events", ()) if event["kind"] == "received_complete"]
                seen.add((question["act"], date.fromisoformat(max(days))))
    for act in ACTS:
        regimes = [one for one in book.regimes if one.key in _regimes(book, act)]
        for regime in regimes:
            steps = (0, 1) if regime is regimes[0] else (-1, 0, 1)
            for day in (regime.start + step * DAY for step in steps):
                if (act, day) not in seen:
                    yield f"{act} in {regime.key}: no dossier complete on {day:%d/%m/%Y}"
