"""Columns of many people turned into the facts the rules name, on one day. See `bulk.COLUMNS` for the columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from ansinh.law.benefits.monthly_allowance import months as month_rules
from ansinh.law.benefits.monthly_allowance.orphans import NEW_PAIRS, OLD_PAIRS
from ansinh.law.engine.columns import Array
from ansinh.law.reckoning import ADULT_AGE

PARENT_STATES = (
    "alive_present", "dead", "missing_declared", "in_social_facility", "prison_or_measure", "unidentified",
)  # fmt: skip
STUDIES = (
    "none", "general", "continuing", "vocational", "secondary_professional", "college", "first_degree", "listed_level",
)  # fmt: skip
MARITAL = ("unmarried", "married", "widowed", "divorced", "separated", "spouse_missing")
SUPPORTER = ("has", "none", "on_monthly_allowance")
DISABILITY = ("none", "mild", "severe", "extremely_severe")
CARED_BY = ("none", "own_household", "foster_household")
POVERTY = ("not_poor", "near_poor", "poor")
_DEFAULT: dict[str, Any] = {"marital": 1, "study_continuous": True, "raiser": -1, "raiser_two": -1, "spouse": -1}
_FLAGS = (
    "abandoned", "adopted", "ended", "study_continuous", "hiv", "wage", "pregnant", "survivor_benefit",
    "other_monthly_allowance", "cannot_live_alone", "in_facility", "hard_area",
)  # fmt: skip
_CODES = ("parents", "study", "marital", "supporter", "disability", "cared_by", "poverty")
_SUMS = ("pension_vnd", "insurance_allowance_vnd", "raiser", "raiser_two", "spouse")


def complete(columns: Mapping[str, Array]) -> dict[str, Array]:
    """All columns, absent ones filled with the default of their fact."""
    size = len(next(iter(columns.values())))
    full: dict[str, Array] = {}
    for names, dtype in ((_FLAGS, np.bool_), (_CODES, np.int16), (_SUMS, np.int64)):
        for name in names:
            given = columns.get(name)
            default = _DEFAULT.get(name, 0)
            full[name] = np.full(size, default, dtype) if given is None else np.asarray(given).astype(dtype, copy=False)
    birth = columns.get("birth")
    full["born"] = np.zeros(size, np.int32) if birth is None else born_numbers(np.asarray(birth, "datetime64[D]"))
    if "orphan_allowance_at_16" in columns:
        full["orphan_allowance_at_16"] = np.asarray(columns["orphan_allowance_at_16"], np.bool_)
    return full


def pair_code(first: str, second: str) -> int:
    """The number of a pair of parental states in the column `parents`."""
    return PARENT_STATES.index(first) * len(PARENT_STATES) + PARENT_STATES.index(second)


def _pair_table(regime: str) -> Array:
    pairs = NEW_PAIRS if regime == "R3" else OLD_PAIRS
    return np.array([(a, b) in pairs for a in PARENT_STATES for b in PARENT_STATES], np.bool_)


def born_numbers(birth: Array) -> Array:
    """Births as numbers, year, month and day one after the other: 19500308; 0 where the birth is not given."""
    months = birth.astype("datetime64[M]")
    month = months.astype(np.int64)
    day = (birth - months.astype("datetime64[D]")).astype(np.int64) + 1
    number = (month // 12 + 1970) * 10_000 + (month % 12 + 1) * 100 + day
    return np.where(np.isnat(birth), 0, number).astype(np.int32)


def ages_on(born: Array, day: date, feb29: str) -> Array:
    """Full years on a day; adults of working age where the birth is not given; negative before birth.

    Of two dates written as numbers the difference has the full years in its first digits.
    """
    number = day.year * 10_000 + day.month * 100 + day.day
    if feb29 == "02-28" and (day.month, day.day) == (2, 28):
        number += 1
    return np.where(born == 0, ADULT_AGE, (number - born) // 10_000).astype(np.int32)


def _birthday_before(born: Array, age: int, day: date) -> Array:
    """Whether the birthday of an age falls before a day (29 February counts as 1 March)."""
    return ages_on(born, date.fromordinal(day.toordinal() - 1), "03-01") >= age


def facts_on(full: Mapping[str, Array], day: date, regime: str, answers: Mapping[str, str | None]) -> dict[str, Any]:
    """Every fact of the rules, for all people, on one day."""
    age = ages_on(full["born"], day, answers["birth_29_february"] or "03-01")
    lists = np.isin(full["study"], [STUDIES.index(level) for level in month_rules.listed_levels(regime)])
    poverty, supporter, disability, cared = (full[n] for n in ("poverty", "supporter", "disability", "cared_by"))
    other = full["other_monthly_allowance"]
    exists = (age >= 0) & ~full["ended"]
    stopped = _stopped(full["born"], answers)
    facts = {
        "age": age,
        "exists": exists,
        "lacks_parental_support": _orphan(full, regime),
        "was_orphan_beneficiary": (age >= 16) & _was_orphan(full),
        "studying": lists,
        "study_continuous": full["study_continuous"],
        "stopped_at_limit": (age >= 22) & stopped & (answers["age22_stopped_before_r3"] == "stays_stopped"),
        "hiv": full["hiv"],
        "poor": poverty == 2,
        "near_poor": poverty == 1,
        "hard_area": full["hard_area"],
        "single": np.isin(full["marital"], [0, 2, 5]),
        "supporter_absent": supporter == 1,
        "supporter_on_allowance": supporter == 2,
        "disability_severe": disability == 2,
        "disability_extreme": disability == 3,
        "wage": full["wage"],
        "insurance_income": full["pension_vnd"] + full["insurance_allowance_vnd"],
        "survivor_benefit": full["survivor_benefit"],
        "other_allowance": other,
        "other_allowance_excludes_pension": other & (answers["war_merit_beside_pension"] == "excluded"),
        "own_household_cares": cared == 1,
        "fostered": cared == 2,
        "cannot_live_alone": full["cannot_live_alone"],
        "in_facility": full["in_facility"],
        "pregnant": full["pregnant"],
    }
    raised = exists & ~full["adopted"] & ~full["in_facility"]
    counted = (age < 16) | (lists & _older_child_counts(full, age, regime, stopped, answers))
    facts["children_counted"] = _per_parent(full, raised & counted)
    facts["toddlers"] = _per_parent(full, raised & (age < 3))
    return facts


def _orphan(full: Mapping[str, Array], regime: str) -> Array:
    pair = _pair_table(regime)[full["parents"]]
    return np.asarray((pair | full["abandoned"]) & ~full["adopted"])


def _was_orphan(full: Mapping[str, Array]) -> Array:
    if "orphan_allowance_at_16" in full:
        return full["orphan_allowance_at_16"]
    eve_in_r3 = ~_birthday_before(full["born"], 16, date(2026, 10, 6))
    fitted = np.where(eve_in_r3, _orphan(full, "R3"), _orphan(full, "R2"))
    return np.asarray(fitted & ~full["in_facility"] & (full["born"] != 0))


def _stopped(born: Array, answers: Mapping[str, str | None]) -> Array:
    free = month_rules.R3_FIRST_MONTH if answers["age22_last_month"] == "birthday_month" else month_rules.R3_START
    return np.asarray(_birthday_before(born, 22, free) & (born != 0))


def _older_child_counts(
    full: Mapping[str, Array], age: Array, regime: str, stopped: Array, answers: Mapping[str, str | None]
) -> Array:
    if regime != "R3":
        return np.asarray((age < 22) & (full["born"] != 0))
    old = _birthday_before(full["born"], 22, month_rules.R3_FIRST_MONTH)
    revived = answers["age22_stopped_before_r3"] == "revived"
    # What is drawn is kept, not given anew: a child of 16 before R3 must have counted under the levels listed then.
    listed = np.isin(full["study"], [STUDIES.index(level) for level in month_rules.listed_levels("R2")])
    kept = listed | ~_birthday_before(full["born"], 16, month_rules.R3_START)
    return np.asarray(full["study_continuous"] & kept & (~old | revived) & (full["born"] != 0))


def _per_parent(full: Mapping[str, Array], counts: Array) -> Array:
    size = len(counts)
    total = np.zeros(size, np.int32)
    for name in ("raiser", "raiser_two"):
        parents = full[name][counts]
        parents = parents[parents >= 0]
        if len(parents):
            total += np.bincount(parents, minlength=size).astype(np.int32)
    return total
