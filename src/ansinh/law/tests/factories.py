"""A worked case to change, and the file it is written to."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from ansinh.law.caseformat import social

LINE = {
    "person": "adult", "kind": "monthly_allowance", "category": "DISABLED_SEVERE", "code": "ND335.5.6", "payee": "self",
    "coefficient": "1.5", "standard_vnd": 540000, "count": 1, "amount_vnd": 810000,
}  # fmt: skip
CASE: dict[str, Any] = {
    "id": "TC-1",
    "title": "severe",
    "regimes": ["R3"],
    "procedure": "settled",
    "persons": {"adult": {"birth": "1990-05-06", "disability": "severe"}},
    "household": {"poverty": "poor"},
    "events": [{"kind": "died", "person": "adult", "date": "2027-05-06"}],
    "law": {"parameters": {"pension_tie": "pension"}},
    "expect": [{"ask": "monthly", "month": "2026-11", "lines": [LINE], "total_vnd": 810000}],
    "legal_basis": ["NĐ 335 Đ5.6"],
    "confidence": "high",
}


def write(folder: Path, *cases: Any, name: str = social.FORMAT) -> Path:
    """A file of worked cases in the folder."""
    path = folder / "cases.yaml"
    path.write_text(yaml.safe_dump({"format": name, "cases": list(cases)}, allow_unicode=True), encoding="utf-8")
    return path


def changed(place: str, value: Any) -> dict[str, Any]:
    """The case with another value at a place."""
    case = deepcopy(CASE)
    steps = place.split("/")
    node: Any = case
    for step in steps[:-1]:
        node = node[int(step) if step.isdigit() else step]
    node[steps[-1]] = value
    return case
