"""What of the supports outside the social-assistance format the project's own cases touch, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

from ansinh.kernel.periods import add_months, month_of, month_text, parse_month
from ansinh.law.asking import monthly
from ansinh.law.benefits.leader_gifts.gifts import GIVERS, RECIPIENTS
from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.benefits.one_off.relief import PROTECTED, TRANSPORT
from ansinh.law.caseformat import social
from ansinh.law.caseformat.support import ASK, BY_MONTH, situation_of
from ansinh.law.engine.lawfile import LawBook

SINCE = {"leader_gift": "R3"}
ENDED_WITH = {"emergency_deadline": "R2"}
NEVER_REFUSED = ("health_insurance", "termination")
OF_THE_STANDARD = ("burial_by_others",)
MAY_BE_REFUSED_A_PERSON = ("essential_goods", "protection", "protection_treatment")
UNDATED = ("proposed",)
DAY = timedelta(days=1)
Case = Mapping[str, Any]


def support_gaps(cases: Sequence[Case], book: LawBook) -> Iterator[str]:
    """Everything about these supports without a case, one sentence each."""
    for ask in ASK:
        if ask not in UNDATED:
            yield from _sides(ask, [case for case in cases if case["ask"] == ask], book)
    yield from _not_due(cases)
    yield from _choices_of_facts(cases)
    yield from _other_questions(cases, book)


def _sides(ask: str, cases: Sequence[Case], book: LawBook) -> Iterator[str]:
    first = next(regime.start for regime in book.regimes if regime.key == SINCE.get(ask, "R1"))
    days = {regime.start for regime in book.regimes}
    if ask in OF_THE_STANDARD:
        days |= {value.in_force_from for value in book.parameters["standard"].values}
    answered = {answer["day"]: bool(answer.get("refused")) for case in cases for answer in case["answers"]}
    for day in sorted(one for one in days if one >= first):
        around = [add_months(month_of(day), step) for step in (-1, 0, 1)] if ask in BY_MONTH else [day - DAY, day, day + DAY]
        for position, one in enumerate(around):
            if day == first and position == 0 and ask in NEVER_REFUSED:
                continue
            key = one.isoformat()[:7] if ask in BY_MONTH else one.isoformat()
            told = month_text(one) if ask in BY_MONTH else f"{one:%d/%m/%Y}"
            refused = (day == first and position == 0) or regime_key(one) > ENDED_WITH.get(ask, "R3")
            if answered.get(key) is not refused:
                yield f"{ask}: no case of {told}, beside the change of {day:%d/%m/%Y}"


def _not_due(cases: Sequence[Case]) -> Iterator[str]:
    seen = {case["ask"] for case in cases for answer in case["answers"] if answer.get("due") is False}
    yield from (f"{ask}: no case in which it is not due" for ask in MAY_BE_REFUSED_A_PERSON if ask not in seen)


def _choices_of_facts(cases: Sequence[Case]) -> Iterator[str]:
    gifts = {(c["facts"]["giver"], c["facts"]["recipient"]) for c in cases if c["ask"] == "leader_gift"}
    for giver, recipient in product(GIVERS, RECIPIENTS):
        if (giver, recipient) not in gifts:
            yield f"leader_gift: no case of {giver} to {recipient}"
    grounds = {case["facts"]["ground"] for case in cases if case["ask"] == "protection"}
    yield from (f"protection: no case of “{ground}”" for ground in PROTECTED if ground not in grounds)
    means = {case["facts"]["means"] for case in cases if case["ask"] == "protection_transport"}
    yield from (f"protection_transport: no case of “{one}”" for one in TRANSPORT if one not in means)


def _other_questions(cases: Sequence[Case], book: LawBook) -> Iterator[str]:
    """Open questions that the social-assistance format does not name: each answer is tried, and payment waits without one."""
    proposed = [case for case in cases if case["ask"] == "proposed"]
    tried = {pair for case in proposed for pair in case["facts"].get("law", {}).get("parameters", {}).items()}
    waiting = {label for case in proposed for answer in case["answers"] for label in _held(case, answer)}
    for name, question in book.questions.items():
        if name in social.PARAMETERS:
            continue
        for choice in question.choices:
            if (name, choice.value) not in tried:
                yield f"open question {name}: answer {choice.value} not tried"
        if question.label not in waiting:
            yield f"open question {name}: no case in which payment waits for the answer"


def _held(case: Case, answer: Case) -> tuple[str, ...]:
    return monthly(situation_of(case["facts"]), parse_month(answer["day"])).held_reasons
