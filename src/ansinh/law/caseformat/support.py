"""Worked cases of what the social-assistance format cannot ask: `ansinh-cases-support/1`, our own, read like the others.

One case asks one thing (`ask`) about the same `facts` on several days; each answer says what is expected of that day.
`refused: true`: the law of the day does not know the thing. `day` is a day, or a month for what is counted by months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ansinh.kernel.periods import month_of
from ansinh.law.asking import health_insurance, health_insurance_changes, monthly
from ansinh.law.benefits.leader_gifts.gifts import GIVERS, RECIPIENTS, leader_gift
from ansinh.law.benefits.one_off import relief
from ansinh.law.benefits.residential_upbringing.facility import ceilings, stay
from ansinh.law.caseformat import social
from ansinh.law.caseformat.comparing import Difference
from ansinh.law.caseformat.words import (
    CODE,
    COUNT,
    DAY,
    FLAG,
    HEADER,
    MONTH,
    NUMBER,
    PERSON,
    REMARKS,
    TEXT,
    Schema,
    exactly,
    one_of_words,
    record,
    rows,
    variants,
)  # fmt: skip
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.engine.lawfile import load
from ansinh.law.situation import Situation
from ansinh.law.supports import Support

FORMAT = "ansinh-cases-support/1"
_OF_SUPPORT: dict[str, Schema] = {
    "due": FLAG,
    "amount_vnd": COUNT,
    "goods_vnd": COUNT,
    "in_kind": FLAG,
    "is_minimum": FLAG,
    "code": CODE,
    "unconfirmed": rows(TEXT),
}
_PEOPLE = ("persons", "household", "events", "law", "procedure")


def situation_of(facts: Mapping[str, Any]) -> Situation:
    """The people of a case, told as in the social-assistance format; any open question may be answered."""
    return Situation.from_case({key: facts[key] for key in _PEOPLE if key in facts})


def _support(found: Support) -> dict[str, Any]:
    return {**{key: getattr(found, key) for key in _OF_SUPPORT}, "unconfirmed": list(found.unconfirmed)}


def _ceilings(on: date, facts: Mapping[str, Any]) -> dict[str, Any]:
    found = ceilings(on, facts["residents"], normal_meal_vnd=facts.get("normal_meal_vnd"))
    return {"ceilings": {one.key: one.amount_vnd for one in found}}


def _stay(on: date, facts: Mapping[str, Any]) -> dict[str, Any]:
    found = stay(situation_of(facts), "resident", on)
    shown = {"since": found.since, "support_until": found.support_until}
    return {"stays": found.stays, **{key: day.isoformat() for key, day in shown.items() if day}}


def _insurance(on: date, facts: Mapping[str, Any]) -> dict[str, Any]:
    situation = situation_of(facts)
    cards = health_insurance(situation, on)
    changes = health_insurance_changes(situation, on)
    return {
        "cards": {key: [card.group, card.coverage_percent or 0] for key, card in cards.items()},
        "changes": {one.person: one.act for one in changes},
    }


def _proposed(on: date, facts: Mapping[str, Any]) -> dict[str, Any]:
    result = monthly(situation_of(facts), on)
    return {"total_vnd": result.total_vnd, "payable_vnd": result.payable_vnd}


ASK: dict[str, Callable[[date, Mapping[str, Any]], dict[str, Any]]] = {
    "burial_by_others": lambda on, facts: _support(relief.burial_by_others(on, facts["actual_cost_vnd"])),
    "essential_goods": lambda on, facts: _support(
        relief.essential_goods(on, lost_home=facts["lost_home"], unable=facts["unable"])
    ),
    "protection": lambda on, facts: _support(relief.protection(on, facts["ground"], facts["days"])),
    "protection_transport": lambda on, facts: _support(relief.protection_transport(on, **facts)),
    "protection_treatment": lambda on, facts: _support(relief.protection_treatment(on, **facts)),
    "leader_gift": lambda on, facts: _support(leader_gift(on, facts["giver"], facts["recipient"])),
    "dossier_review": lambda on, facts: _support(relief.dossier_review(on, facts["dossiers"])),
    "emergency_deadline": lambda on, facts: {"date": relief.emergency_deadline(on).isoformat()},
    "termination": lambda on, facts: {"month": f"{relief.termination_month(month_of(on)):%Y-%m}"},
    "ceilings": _ceilings,
    "stay": _stay,
    "health_insurance": _insurance,
    "proposed": _proposed,
}
BY_MONTH = ("termination", "health_insurance", "proposed")


def differences(case: Mapping[str, Any]) -> list[Difference]:
    """Every difference between a case and the engine; empty means it passes."""
    return list(_differences(case))


def _differences(case: Mapping[str, Any]) -> Iterator[Difference]:
    for answer in case["answers"]:
        expected = {key: value for key, value in answer.items() if key not in ("day", "refused")}
        on = date.fromisoformat(answer["day"] if len(answer["day"]) == 10 else f"{answer['day']}-01")
        question = f"{case['ask']} {answer['day']}"
        try:
            got = ASK[case["ask"]](on, case.get("facts", {}))
        except NotAnswerable as refusal:
            if not answer.get("refused"):
                yield Difference(question, str(expected), str(refusal))
            continue
        if answer.get("refused"):
            yield Difference(question, "chưa có quy định", str(got))
        for key, value in expected.items():
            if got.get(key) != value:
                yield Difference(f"{question}: {key}", str(value), str(got.get(key)))


def _people(person: str | None = None) -> Schema:
    whole = social.case_schema()["properties"]
    law = {"type": "object", "properties": {"parameters": _any_answers(), "provincial": whole["law"]["properties"]["provincial"]}}
    given = {key: whole[key] for key in ("household", "events", "procedure")}
    return record({"persons": whole["persons"]}, {**given, "law": {**law, "additionalProperties": False}})


def _any_answers() -> Schema:
    """Answers to open questions, also to those the social-assistance format does not name."""
    answers = {key: one_of_words(*(choice.value for choice in one.choices)) for key, one in load().questions.items()}
    return record({}, answers, minProperties=1)


def _facts() -> dict[str, Schema]:
    return {
        "burial_by_others": record({"actual_cost_vnd": COUNT}),
        "essential_goods": record({"lost_home": FLAG, "unable": FLAG}),
        "protection": record({"ground": TEXT, "days": COUNT}),
        "protection_transport": record({"means": one_of_words(*relief.TRANSPORT)},
                                       {"fare_vnd": COUNT, "km": COUNT, "fuel_vnd_per_litre": COUNT}),
        "protection_treatment": record({"insured": FLAG, "fund_would_pay_vnd": COUNT}),
        "leader_gift": record({"giver": one_of_words(*GIVERS), "recipient": one_of_words(*RECIPIENTS)}),
        "dossier_review": record({"dossiers": COUNT}),
        "emergency_deadline": record({}),
        "termination": record({}),
        "ceilings": record({"residents": NUMBER}, {"normal_meal_vnd": COUNT}),
        "stay": _people(), "health_insurance": _people(), "proposed": _people(),
    }  # fmt: skip


def _expected(ask: str) -> dict[str, Schema]:
    told: dict[str, dict[str, Schema]] = {
        "emergency_deadline": {"date": DAY},
        "termination": {"month": MONTH},
        "ceilings": {"ceilings": {"type": "object", "additionalProperties": COUNT}},
        "stay": {"stays": FLAG, "since": DAY, "support_until": DAY},
        "health_insurance": {
            "cards": {"type": "object", "propertyNames": PERSON, "additionalProperties": rows({})},
            "changes": {"type": "object", "propertyNames": PERSON, "additionalProperties": TEXT},
        },
        "proposed": {"total_vnd": COUNT, "payable_vnd": COUNT},
    }
    return told.get(ask, _OF_SUPPORT)


def case_schema() -> Schema:
    """The shape of one case: a variant for each thing asked."""
    head = {**HEADER, "confidence": one_of_words("high", "medium", "low")}
    shapes = []
    for ask, facts in _facts().items():
        answer = record({"day": MONTH if ask in BY_MONTH else DAY}, {"refused": exactly(True), **_expected(ask)}, minProperties=2)
        shapes.append(record({**head, "ask": exactly(ask), "facts": facts, "answers": rows(answer, minItems=1)}, REMARKS))
    return variants(shapes)
