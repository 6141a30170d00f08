"""Which worked cases are lived, as which parts, and what each part's lists, decisions and forms are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tests.journeys.living import event_day, events, spans
from tests.journeys.living_months import Months, Paid
from tests.journeys.living_once import Once

from ansinh.access.tests.factories import QUYNH_PHU
from ansinh.kernel.periods import add_months, month_of, months_between, parse_month

# A settled case whose months lie further apart than this is lived in stretches, each from its own first month.
APART = 13
PENSION_START = date(2025, 7, 1)
OF_MONTHS = ("monthly", "year_total", "arrears", "first_payment", "first_benefit_month")
FACILITY = "residential_upbringing"
Case = Mapping[str, Any]


class Part(NamedTuple):
    """A case, or a case with one of the answers to an open point, and what it expects then."""

    id: str
    case: Case


def parts(case: Case) -> list[Part]:
    """The case as it stands, and once for each answer to a point it leaves open."""
    plain = [question for question in case["expect"] if question["ask"] != "options"]
    found = [Part(case["id"], {**case, "expect": plain})] if plain else []
    for question in case["expect"]:
        for choice in question.get("choices", ()):
            given = {**case.get("law", {}).get("parameters", {}), question["parameter"]: choice["value"]}
            law = {**case.get("law", {}), "parameters": given}
            found.append(Part(f"{case['id']}-{choice['value']}", {**case, "law": law, "expect": choice["expect"]}))
    return found


# --- what cannot be lived ---------------------------------------------------------------------------------------------------


def why_not(case: Case) -> str:
    """Why a case is not lived; empty where it is."""
    asked = [question for part in parts(case) for question in part.case["expect"]]
    lives = [value for facts in case.get("persons", {}).values() for value, _f, _t in spans(facts.get("lives_in", "community"))]
    in_facility = "facility" in lives
    if in_facility and not _is_told_apart(asked):
        return "facility"
    if any(_is_of_2013(question, case) for question in asked):
        return "emergency_before_2021"
    if len({event["month"] for event in events(case, "level_switch_decided")}) > 1:
        return "switched_one_by_one"
    return LEFT_OUT.get(case["id"], "")


def _is_told_apart(asked: Sequence[Mapping[str, Any]]) -> bool:
    """Months are asked with their lines alone: those of the facility are left out of the comparison."""
    return all(one["ask"] in ("one_off", "deadline") or (one["ask"] == "monthly" and "lines" in one) for one in asked)


def _is_of_2013(question: Mapping[str, Any], case: Case) -> bool:
    if question["ask"] != "one_off" or question["kind"] == "funeral":
        return False
    kinds = ("injured", "missing", "hunger", "house_damaged", "relocation_ordered", "emergency_protection", "died")
    return any(event_day(event) < date(2021, 7, 1) for event in events(case, *kinds))


REASONS = {
    "facility": "Money of a facility stands in no ledger here: the room of facilities is not open.",
    "emergency_before_2021": "Emergency support before 1 July 2021 is refused in words: the list reckons from then on.",
    "switched_one_by_one": "One list of a commune switches everybody to a new level at once.",
}
REASONS |= {
    "below_the_decree": "A resolution below the decree is refused when it is entered.",
    "deduction": "A pension less another pension: a decision is coefficient × level × number, and nothing less.",
    "verified_by_register": "Asked for and not verified before the death: a birth the register knows verifies by itself.",
    "paid_as_due": "Takes for paid what nobody had decided yet; lists pay it with the decision. The sums of the months agree.",
}
LEFT_OUT = {
    "PVL-3": "below_the_decree",
    "SPE-18": "deduction",
    "OAG-13": "verified_by_register",
    "OAG-14": "verified_by_register",
    "MAT-3": "paid_as_due",
    "MAT-10": "paid_as_due",
}


# --- months -----------------------------------------------------------------------------------------------------------------


def months_asked(case: Case) -> set[date]:
    """Every month a part of a case asks about."""
    found: set[date] = set()
    for question in case["expect"]:
        match question["ask"]:
            case "monthly" | "first_benefit_month":
                found.add(parse_month(question["month"]))
            case "year_total":
                found |= set(months_between(date(question["year"], 1, 1), date(question["year"] + 1, 1, 1)))
            case "first_payment":
                found |= {parse_month(text) for text in (question["month"], *question["months_covered"])}
            case "arrears":
                found |= {parse_month(text) for line in question["lines"] for text in line["months"]} | {decisive(case)}
    return found


def decisive(case: Case) -> date:
    """The month of the last decision, level switch or resumption."""
    return max(month_of(event_day(e)) for e in events(case, "decision_signed", "level_switch_decided", "resumed"))


def stretches(case: Case) -> list[list[date]]:
    """The months asked, in stretches; one stretch for a case with events that hang together."""
    found: list[list[date]] = []
    together = bool(events(case, "decision_signed", "suspended", "resumed", "level_switch_decided", "moved"))
    for month in sorted(months_asked(case)):
        if found and (together or month < add_months(found[-1][-1], APART)):
            found[-1].append(month)
        else:
            found.append([month])
    return found


def compare_months(case: Case, months: list[date], paid: list[Paid]) -> Iterator[tuple[Any, Any]]:
    """(what the lists hold, what the case expects) for each question about these months."""
    crossing = min(months) < PENSION_START <= max(months)
    for question in case["expect"]:
        match question["ask"]:
            case "monthly" if parse_month(question["month"]) in months:
                yield _of_month(question, paid, crossing=crossing)
            case "year_total" if date(question["year"], 1, 1) in months:
                in_year = [line for line in paid if line.month.year == question["year"]]
                yield sum(line.amount_vnd for line in in_year), question["total_vnd"]
            case "arrears":
                yield _arrears(question, paid, decisive(case))
            case "first_payment":
                yield _first_payment(question, paid)
            case "first_benefit_month":
                yield _first_month(case, question, paid), question["month"]


def _of_month(question: Mapping[str, Any], paid: list[Paid], *, crossing: bool) -> tuple[Any, Any]:
    mine = [line for line in paid if line.month == parse_month(question["month"])]
    if "lines" not in question:
        return (question["month"], sum(line.amount_vnd for line in mine)), (question["month"], question["total_vnd"])
    got: dict[tuple, int] = defaultdict(int)
    for line in mine:
        # Nobody could sign a pension before its first day: that month's list still pays the allowance it replaces.
        got[line.person, "" if crossing else line.category] += line.amount_vnd
    want: dict[tuple, int] = defaultdict(int)
    for line in question["lines"]:
        if line["kind"] != FACILITY:
            want[line["person"], "" if crossing else line["category"]] += line["amount_vnd"]
    return (question["month"], {key: vnd for key, vnd in got.items() if vnd}), (question["month"], dict(want))


def _arrears(question: Mapping[str, Any], paid: list[Paid], decided: date) -> tuple[Any, Any]:
    """What lists from the decisive month on bring for the months before it."""
    got: dict[tuple, int] = defaultdict(int)
    for line in paid:
        if line.list_of >= decided > line.month:
            got[line.person, line.kind, f"{line.month:%Y-%m}"] += line.amount_vnd
    want = {
        (line["person"], line["kind"], month): line["due_vnd"] - line["paid_vnd"]
        for line in question["lines"]
        for month in line["months"]
    }
    return {key: vnd for key, vnd in got.items() if vnd}, want


def _first_payment(question: Mapping[str, Any], paid: list[Paid]) -> tuple[Any, Any]:
    """The lists of the event's month and after bring these months, and so much for them."""
    until = parse_month(question["month"])
    mine = [line for line in paid if line.person == question["person"] and line.list_of >= until >= line.month]
    got = (sorted({f"{line.month:%Y-%m}" for line in mine}), sum(line.amount_vnd for line in mine))
    return got, (sorted(question["months_covered"]), question["total_vnd"])


def _first_month(case: Case, question: Mapping[str, Any], paid: list[Paid]) -> str:
    """The first month that lists bring by the event: those of the new place, or those from its month on."""
    (event,) = events(case, question["after"])
    mine = [line for line in paid if line.person == question["person"]]
    if question["after"] == "moved":
        mine = [line for line in mine if line.unit != QUYNH_PHU]
    else:
        mine = [line for line in mine if line.list_of >= month_of(event_day(event))]
    return f"{min(line.month for line in mine):%Y-%m}" if mine else ""


def lived_months(case: Case, months: list[date]) -> list[Paid]:
    return Months(case, months[0], asked=months).live()


# --- once -------------------------------------------------------------------------------------------------------------------


def compare_once(case: Case, question: Mapping[str, Any]) -> tuple[Any, Any]:
    """(what the system says, what the case expects) of a question that is not about months."""
    told = Once(case, month_of(min(event_day(event) for event in events(case)))).answers(question)
    # How a sum of a list of support is made up stands in the words of its article alone.
    names = [name for name in question if name not in ("ask", "kind", "person") and (name in told or name not in _MADE_UP)]
    return {name: told.get(name) for name in names}, {name: question[name] for name in names}


_MADE_UP = ("multiple", "standard_vnd")
