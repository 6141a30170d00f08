"""Examine a village's monthly sheet: who, what happened, when."""

from __future__ import annotations

import re
from datetime import datetime

from ansinh.access.models import Post
from ansinh.assistance.operations.death import check_deaths, day_of, is_death
from ansinh.assistance.operations.twice import claim, refuse_twice
from ansinh.assistance.operations.who import find_people, must_be_known
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import room_problem
from ansinh.kernel.folding import fold

NEW, DIED, AWAY, BACK = "new", "died", "away", "back"
_PATTERNS = (
    (NEW, re.compile(r"(moi|them|sinh|chuyen den|den)\b")),
    (BACK, re.compile(r"(ve|tro ve|da ve|quay ve|quay lai)\b")),
    (AWAY, re.compile(r"(di|chuyen di|da di|vang|vang mat)\b")),
)
WORDS = {NEW: "mới", DIED: "chết", AWAY: "đi", BACK: "về"}


def change_of(text: str) -> str | None:
    """What an officer or a village head means: mới, chết, đi, về."""
    if is_death(text):
        return DIED
    words = fold(text)
    return next((change for change, pattern in _PATTERNS if pattern.match(words)), None)


def examine_changes(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """Rows without a change are people of the village to whom nothing happened: nothing will be written for them."""
    changed = []
    for row in rows:
        text = row.values.get("change") or ""
        row.result = {"change": change_of(text) if text else None}
        if text and row.result["change"] is None:
            row.problems.append(
                room_problem(
                    column="Thay đổi",
                    level="error",
                    found=text,
                    expected="mới, chết, đi, về",
                    message=f"Không rõ thay đổi “{text}”. Ghi một trong: mới, chết, đi, về.",
                )
            )
        if row.result["change"]:
            changed.append(row)
    find_people(batch, changed, by=by, now=now)
    for row in changed:
        _check(row)
    check_deaths(changed)
    refuse_twice(batch, changed)


def _check(row: Row) -> None:
    if row.result["change"] != NEW:
        must_be_known(row)
        if day_of(row) is None and not any(problem.get("column") == "Ngày" for problem in row.problems):
            row.problems.append(
                room_problem(
                    column="Ngày",
                    level="error",
                    found="ô trống",
                    expected="ngày/tháng/năm",
                    message="Thiếu ngày xảy ra thay đổi.",
                )
            )
    if row.person_key is not None:
        claim(row, "person", row.person_key)
