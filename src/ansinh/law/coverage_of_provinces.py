"""Whether worked cases show, in each decree, that a province's level lifts what its words name and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.kernel.periods import last_day, parse_month
from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.caseformat.words import flat_questions
from ansinh.law.coverage_of_events import answers_of
from ansinh.law.levels import SCOPES as SCOPE_OF_KIND
from ansinh.law.resolutions import SCOPES

FIRST = {"monthly": "R0", "funeral": "R0", "social_pension": "R2"}
REGIMES = ("R0", "R1", "R2", "R3")
Case = Mapping[str, Any]


def province_gaps(cases: Sequence[Case]) -> Iterator[str]:
    """Every scope and regime without a case in which a level lifts it, or in which a level leaves it alone."""
    seen = {shown for case in cases for shown in _shown(case)}
    for scope in SCOPES:
        for regime in (one for one in REGIMES if one >= FIRST.get(scope, "R1")):
            if (scope, regime, True) not in seen:
                yield f"provincial level for {scope} in {regime}: no case in which it counts"
            if (scope, regime, False) not in seen:
                yield f"provincial level for {scope} in {regime}: no case in which a level leaves it alone"


def _shown(case: Case) -> Iterator[tuple[str, str, bool]]:
    """(scope, regime, lifted) of every expected amount that stands beside a level of the province."""
    levels = {row["standard_vnd"] for row in case.get("law", {}).get("provincial", ())}
    for scope, day, standard in _standards(case) if levels else ():
        yield scope, regime_key(day), standard in levels


def _standards(case: Case) -> Iterator[tuple[str, date, int]]:
    for question in flat_questions(case["expect"]):
        if question["ask"] == "monthly":
            for row in question.get("lines", ()):
                yield SCOPE_OF_KIND[row["kind"]], last_day(parse_month(question["month"])), row["standard_vnd"]
    for answer in answers_of(case):
        if answer.standard_vnd:
            resident = answer.code in ("ND20.25", "ND335.22")
            scope = "residential" if resident else "funeral" if answer.kind == "funeral" else "emergency"
            yield scope, answer.day, answer.standard_vnd
