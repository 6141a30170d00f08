"""Examine a village's monthly sheet: who, what happened, when."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.models import Post
from ansinh.assistance.operations.commit_ends import is_death
from ansinh.assistance.operations.who import find_people
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import room_problem
from ansinh.kernel.folding import fold

NEW, DIED, AWAY, BACK = "new", "died", "away", "back"
WORDS = {NEW: "mới", DIED: "chết", AWAY: "đi", BACK: "về"}


def change_of(text: str) -> str | None:
    """What an officer or a village head means: mới, chết, đi, về."""
    words = fold(text)
    if is_death(text):
        return DIED
    if words.startswith(("moi", "them", "chuyen den", "sinh")):
        return NEW
    if words.startswith(("ve", "tro ve", "da ve")):
        return BACK
    if words.startswith(("di", "chuyen di", "vang")):
        return AWAY
    return None


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


def _check(row: Row) -> None:
    change, name = row.result["change"], row.values.get("name") or ""
    if change == NEW:
        return
    if row.person_key is None and not row.candidates:
        row.problems.append(
            room_problem(
                column="Họ và tên",
                level="error",
                found=name,
                expected="người có trong sổ",
                message=f"Không tìm thấy “{name}” trong sổ của xã.",
            )
        )
    if row.is_new:
        row.is_new = False
    if not row.values.get("happened_on"):
        row.problems.append(
            room_problem(
                column="Ngày", level="error", found="ô trống", expected="ngày/tháng/năm", message="Thiếu ngày xảy ra thay đổi."
            )
        )
