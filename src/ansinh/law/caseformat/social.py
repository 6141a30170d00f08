"""Schema of `ansinh-cases-social-assistance/2`."""

from __future__ import annotations

from ansinh.law.caseformat.words import (
    ANY_TEXT,
    BIRTH,
    CODE,
    COEFFICIENT,
    COUNT,
    DAY,
    FLAG,
    HEADER,
    MONTH,
    NUMBER,
    PERSON,
    REMARKS,
    Schema,
    exactly,
    one_of_words,
    record,
    rows,
    timeline,
    variants,
)  # fmt: skip
from ansinh.law.resolutions import SCOPES

FORMAT = "ansinh-cases-social-assistance/2"
BENEFITS = ("monthly_allowance", "social_pension", "carer_money", "disabled_parent_support", "residential_upbringing")
PAYEES = one_of_words("self", "own_household", "foster_household", "couple")
CAUSE = one_of_words(
    "storm", "flood", "landslide", "other_disaster", "fire", "epidemic", "traffic_accident", "work_accident",
    "crop_failure", "between_harvest", "tet", "other_force_majeure",
)  # fmt: skip
CATEGORIES = (
    "CHILD_NO_SUPPORT", "EX_CHILD_STUDENT", "CHILD_HIV", "ADULT_HIV", "SINGLE_PARENT", "ELDER_POOR_ALONE",
    "ELDER_75_HARD_AREA", "ELDER_80", "ELDER_FOSTERED", "DISABLED_SEVERE", "DISABLED_EXTREME", "CHILD_U3_HARD_AREA",
    "PROVINCE_EXTRA", "SOCIAL_PENSION_75", "SOCIAL_PENSION_70_POOR", "RESIDENTIAL", "CARE_CHILD_U4", "CARE_CHILD_4_16",
    "CARE_ELDER", "DIS_PARENT_1", "DIS_PARENT_2", "HH_CARE_EXTREME", "FOSTER_EXTREME", "FOSTER_EXTREME_CHILD",
)  # fmt: skip
ONE_OFF_KINDS = ("funeral", "emergency_burial", "injury", "rice", "housing", "protection_food")
ACTS = ("decide_monthly_allowance", "decide_social_pension", "decide_funeral")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "adjust_down_month_r1": ("month_of_change", "month_after"),
    "age22_last_month": ("birthday_month", "month_before"),
    "age22_stopped_before_r3": ("stays_stopped", "revived"),
    "poverty_lapse_month": ("month_after", "month_of_change"),
    "r2_disability_start": ("signing_month", "certificate_month"),
    "r3_5a_75_from": ("2026-07-01", "2026-10-05"),
    "social_pension_low_pension_mode": ("full", "difference"),
    "birth_year_only": ("officer", "first_day", "last_day"),
    "birth_month_only": ("officer", "first_day", "last_day"),
    "birth_29_february": ("03-01", "02-28"),
    "one_off_level_from": ("2026-10-05", "2026-07-01"),
    "funeral_level_date": ("death", "decision"),
    "resume_months_r1_r2": ("all_suspended", "none"),
    "pension_tie": ("keep_running", "allowance", "pension"),
}
_PARENT_STATE = one_of_words(
    "alive_present", "dead", "missing_declared", "in_social_facility", "prison_or_measure", "unidentified"
)
_STUDY = one_of_words(
    "none", "general", "continuing", "vocational", "secondary_professional", "college", "first_degree", "listed_level"
)
_BENEFIT = one_of_words(*BENEFITS)


def _person() -> Schema:
    changing = {
        "parents": rows(_PARENT_STATE, minItems=2, maxItems=2),
        "study": _STUDY,
        "marital": one_of_words("unmarried", "married", "widowed", "divorced", "separated", "spouse_missing"),
        "supporter": one_of_words("has", "none", "on_monthly_allowance"),
        "disability": one_of_words("none", "mild", "severe", "extremely_severe"),
        "cared_by": one_of_words("none", "own_household", "foster_household"),
        "lives_in": one_of_words("community", "facility"),
        "pension_vnd": COUNT,
        "insurance_allowance_vnd": COUNT,
    }
    flags = (
        "abandoned", "study_continuous", "hiv", "wage", "pregnant", "survivor_benefit", "other_monthly_allowance",
        "cannot_live_alone",
    )  # fmt: skip
    facts = {name: timeline(value) for name, value in changing.items()}
    facts |= {name: timeline(FLAG) for name in flags}
    constant = {
        "birth": BIRTH,
        "orphan_allowance_at_16": FLAG,
        "spouse": PERSON,
        "children": rows(PERSON, minItems=1, uniqueItems=True),
    }
    return record({}, {**constant, **facts})


def _household() -> Schema:
    place = record(
        {},
        {
            "province": {"type": "string", "pattern": "^[0-9]{2}$"},
            "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
            "hard_area": timeline(FLAG),
        },
        minProperties=1,
    )
    return record(
        {},
        {
            "poverty": timeline(one_of_words("poor", "near_poor", "not_poor")),
            "in_difficulty": FLAG,
            "members": {"type": "integer", "minimum": 1},
            "place": place,
        },
        minProperties=1,
    )


def _event() -> Schema:
    def of(kind: str, required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
        return record({"kind": exactly(kind), **required}, optional)

    who = {"person": PERSON}
    on = {**who, "date": DAY}
    granted = {**who, "benefit": _BENEFIT}
    away = one_of_words("communes", "districts", "provinces")
    return variants(
        [
            of("in_payment", {**granted, "month": MONTH}),
            of("applied", {**granted, "date": DAY}, {"verified": FLAG}),
            of("received_complete", {**on, "benefit": one_of_words(*BENEFITS, "funeral")}),
            of("certificate_issued", on),
            of("decision_signed", {**granted, "date": DAY}),
            of("level_switch_decided", {**who, "month": MONTH}),
            of("paid", {**granted, "months": rows(MONTH, minItems=1, uniqueItems=True), "per_month_vnd": COUNT}),
            of("moved", {**on, "between": away, "last_month_paid": MONTH}),
            of("suspended", {**who, "month": MONTH},
               {"ground": one_of_words("not_collected", "no_redetermination", "detained")}),
            of("resumed", {**who, "month": MONTH, "conditions": one_of_words("unchanged", "changed", "lost")}),
            of("adopted", on),
            of("imprisoned", on),
            of("detained", on),
            of("refused_by_person", on),
            of("died", on, {"cause": CAUSE}),
            of("missing", {**on, "cause": CAUSE}),
            of("injured", {**on, "cause": CAUSE, "treatment_days": COUNT}, {"away_from_home": FLAG}),
            of("hunger", {"month": MONTH, "cause": CAUSE, "months": {"type": "integer", "minimum": 1, "maximum": 3}}),
            of("house_damaged", {"date": DAY, "damage": one_of_words("total", "heavy")},
               {"cause": CAUSE, "nowhere_to_live": FLAG, "livable": FLAG}),
            of("relocation_ordered", {"date": DAY}, {"cause": CAUSE}),
            of("emergency_protection", {**who, "month": MONTH, "days": {"type": "integer", "minimum": 1}}),
        ]
    )  # fmt: skip


def _line() -> Schema:
    return record(
        {
            "person": PERSON, "kind": _BENEFIT, "category": one_of_words(*CATEGORIES), "code": CODE, "payee": PAYEES,
            "coefficient": COEFFICIENT, "standard_vnd": COUNT, "count": {"type": "integer", "minimum": 1},
            "amount_vnd": COUNT,
        },
        {"deduction_vnd": COUNT},
    )  # fmt: skip


def questions() -> list[Schema]:
    """The shapes of every question but `options`."""
    after = one_of_words("decision_signed", "moved", "resumed", "level_switch_decided")
    owed = record(
        {
            "person": PERSON, "kind": _BENEFIT, "payee": PAYEES, "months": rows(MONTH, minItems=1, uniqueItems=True),
            "due_vnd": COUNT, "paid_vnd": COUNT, "amount_vnd": COUNT,
        }
    )  # fmt: skip
    asked = {"person": PERSON, "after": after, "month": MONTH}
    figures = dict.fromkeys(("multiple", "standard_vnd", "per_day_vnd", "days", "kg", "amount_vnd"), COUNT)
    return [
        record({"ask": exactly("monthly"), "month": MONTH, "total_vnd": COUNT},
               {"lines": rows(_line()), "lost": rows(_line())}),
        record({"ask": exactly("first_benefit_month"), **asked}),
        record({"ask": exactly("first_payment"), **asked, "total_vnd": COUNT,
                "months_covered": rows(MONTH, minItems=1, uniqueItems=True)}),
        record({"ask": exactly("arrears"), "lines": rows(owed), "total_vnd": COUNT}),
        record({"ask": exactly("one_off"), "kind": one_of_words(*ONE_OFF_KINDS)},
               {"person": PERSON, "code": CODE, "is_minimum": exactly(True), **figures},
               anyOf=[{"required": ["amount_vnd"]}, {"required": ["kg"]}]),
        record({"ask": exactly("deadline"), "act": one_of_words(*ACTS), "date": DAY}, {"working_days": COUNT}),
        record({"ask": exactly("year_total"), "year": NUMBER, "total_vnd": COUNT}),
    ]  # fmt: skip


def _options() -> list[Schema]:
    inner = rows(variants(questions()), minItems=1)
    return [
        record(
            {
                "ask": exactly("options"), "parameter": exactly(name),
                "choices": rows(record({"value": one_of_words(*values), "expect": inner}), minItems=2),
            },
            {"auto_pay": exactly(False)},
        )
        for name, values in PARAMETERS.items()
    ]  # fmt: skip


def case_schema() -> Schema:
    """The shape of one case."""
    provincial = record(
        {
            "standard_vnd": COUNT,
            "from": MONTH,
            "applies_to": rows(
                one_of_words(*SCOPES),
                minItems=1, uniqueItems=True,
            ),
        },
        {"to": MONTH, "instrument": ANY_TEXT},
    )  # fmt: skip
    answers = record({}, {name: one_of_words(*values) for name, values in PARAMETERS.items()}, minProperties=1)
    law = record({}, {"provincial": rows(provincial, minItems=1), "parameters": answers}, minProperties=1)
    persons = {
        "type": "object", "minProperties": 1, "propertyNames": PERSON, "additionalProperties": _person(),
    }  # fmt: skip
    shape = record(
        {
            **HEADER,
            "regimes": rows(one_of_words("R0", "R1", "R2", "R3"), minItems=1, uniqueItems=True),
            "procedure": one_of_words("settled", "by_events"),
            "expect": rows(variants([*questions(), *_options()]), minItems=1),
            "confidence": one_of_words("high", "medium", "low"),
        },
        {
            "persons": persons, "household": _household(), "events": rows(_event(), minItems=1), "law": law,
            "holidays": rows(DAY, uniqueItems=True), **REMARKS,
        },
    )  # fmt: skip
    deadline = {"expect": {"contains": {"properties": {"ask": exactly("deadline")}, "required": ["ask"]}}}
    shape["allOf"] = [{"if": {"properties": deadline}, "then": {"required": ["holidays"]}}]
    return shape
