"""Schema of `ansinh-cases-poverty/2`. The cases are read and checked; their rules come with the poverty room."""

from __future__ import annotations

from ansinh.law.caseformat.words import (
    COUNT, DAY, DECIMAL, FLAG, HEADER, NUMBER, REMARKS, Schema, exactly, one_of_words, record, rows, variants,
)  # fmt: skip

FORMAT = "ansinh-cases-poverty/2"
INDICATORS = ("JOB", "DEP", "NUT", "HSV", "HI", "ADU", "SCH", "HQ", "HA", "WAT", "TOI", "TEL", "INF", "WST")
_INDICATOR = one_of_words(*INDICATORS)
_STANDARD = one_of_words("qd59-2015", "nd07-2021", "nd351-2025")
_AREA = one_of_words("rural", "urban")
_CLASS = one_of_words("poor", "near_poor", "not_poor")
_ENTRY = one_of_words("stays", "thoat", "tai", "phat_sinh", "none")
_TABLE = one_of_words(*(f"fragment-2016-{column}" for column in ("NT1", "NT2", "NT3", "NT4", "NT5", "NT6", "TT")))


def _of(kind: str, required: dict[str, Schema], facts: Schema, expect: Schema, **optional: Schema) -> Schema:
    head = {**HEADER, "confidence": one_of_words("V", "K", "Q"), "kind": exactly(kind)}
    return record({**head, **required, "facts": facts, "expect": expect}, {**REMARKS, **optional})


def _judged() -> list[Schema]:
    year = {"effective_year": NUMBER, "standard": _STANDARD, "area": _AREA}
    income = record({"income": COUNT, "deprived": rows(_INDICATOR, uniqueItems=True)})
    found = record({"class": _CLASS, "deprivation_count": COUNT}, {"b2": COUNT, "not_in_set": rows(_INDICATOR, minItems=1)})
    return [
        _of("income", year, income, found),
        _of("points", year, record({"b1": COUNT, "b2": COUNT}), record({"class": _CLASS})),
    ]


def _derived() -> Schema:
    member = record(
        {"born": DAY},
        {
            "monthly_allowance": FLAG, "disability": FLAG, "insured": FLAG, "enterprise_certified": FLAG,
            "attends": one_of_words("none", "preschool", "primary", "thcs", "thpt", "vocational"),
            "finished": one_of_words("none", "primary", "thcs", "thpt"),
            "vocational": one_of_words("none", "so_cap", "trung_cap", "cao_dang"),
        },
    )  # fmt: skip
    part = one_of_words("durable", "not_durable")
    house = record({}, {"area_m2": DECIMAL, "wall": part, "column": part, "roof": part}, minProperties=1)
    device = one_of_words("tv", "radio", "desktop", "fixed_telephone", "laptop", "tablet", "smartphone")
    facts = record(
        {},
        {
            "members": rows(member, minItems=1), "member_count": COUNT, "house": house, "internet_users": COUNT,
            "devices": rows(device),
        },
        minProperties=1,
    )  # fmt: skip
    deprived = record({}, {code: FLAG for code in INDICATORS}, minProperties=1)
    expect = record({"deprived": deprived}, {"dependants": COUNT, "member_count": COUNT, "per_person_m2": DECIMAL})
    return _of("derive", {"review_date": DAY, "standard": _STANDARD}, facts, expect)


def _status() -> list[Schema]:
    head = {"review_date": DAY, "standard": _STANDARD, "area": _AREA}
    living = record(
        {
            "member_count": COUNT, "works_in": one_of_words("agriculture", "forestry", "fishery", "salt", "other"),
            "income_12_months_vnd": COUNT, "of_which_social_allowance_vnd": COUNT,
        }
    )  # fmt: skip
    worker = record({"household_class": _CLASS, "income": COUNT})
    return [
        _of("status", {**head, "test": exactly("average_living_standard")}, living,
            record({"result": one_of_words("met", "not_met"), "income": COUNT})),
        _of("status", {**head, "test": exactly("low_income_worker")}, worker,
            record({"result": one_of_words("met", "not_met", "not_applicable")})),
    ]  # fmt: skip


def _sum_of_points() -> Schema:
    both = {
        "diploma": one_of_words("none", "thpt", "trung_cap", "cao_dang_plus"),
        "nonfarm": one_of_words("none", "other", "civil_servant"),
        "pensioners": COUNT,
    }
    members = rows(record({"born": DAY}, {"disability": FLAG}), minItems=1)
    counted = {"size": COUNT, "dependants": COUNT, "roster_all_dependent": FLAG}
    facts = variants([record({**counted, **both}), record({"members": members, **both})])
    expect = record({"items": rows(COUNT, minItems=5, maxItems=5), "sum": COUNT}, counted)
    return _of("b1_sum", {"table": _TABLE}, facts, expect, review_date=DAY)


def _calendar() -> list[Schema]:
    review = record(
        {"in_annual_window": FLAG, "review_kind": one_of_words("annual", "in_year")},
        {"review_starts": DAY, "decision_due": DAY},
    )
    posted = record(
        {"posted": DAY, "working_days": {"type": "integer", "minimum": 1}, "holidays": rows(DAY, uniqueItems=True)}
    )
    return [
        _of("calendar", {"procedure": exactly("review_request")}, record({"request_received": DAY}), review),
        _of("calendar", {"procedure": exactly("posting")}, posted, record({"posting_ends": DAY})),
    ]


def _counted() -> list[Schema]:
    moved = record({"start": _CLASS, "end": _CLASS, "ever_poor_before": FLAG, "ever_near_poor_before": FLAG})
    known = {name: COUNT for name in ("start", "end", "tai", "phat_sinh", "tai_and_phat_sinh", "households")}
    gives = {"start": COUNT, "end": COUNT, "change": NUMBER, "end_rate_percent": DECIMAL, "matches_print": FLAG}
    rates = {"rate_poor": DECIMAL, "rate_near_poor": DECIMAL, "printed_multi": COUNT, "printed_rate_multi": DECIMAL}
    return [
        _of("movement", {}, moved, record({"poor_table": _ENTRY, "near_poor_table": _ENTRY})),
        _of("balance", {}, record({"thoat": COUNT}, {**known, "printed_change": NUMBER}),
            record({}, gives, minProperties=1)),
        _of("published", {}, record({"poor": COUNT, "near_poor": COUNT}, rates),
            record({"multi": COUNT, "consistent": FLAG}, {"rate_multi": DECIMAL})),
    ]  # fmt: skip


def case_schema() -> Schema:
    """The shape of one case."""
    return variants([*_judged(), _derived(), *_status(), _sum_of_points(), *_calendar(), *_counted()])
