"""Khoản 1 Điều 5: which point a child's parents fall under. A closed list of unordered pairs."""

from __future__ import annotations

_DEAD, _MISSING, _FACILITY, _PRISON, _UNKNOWN = (
    "dead",
    "missing_declared",
    "in_social_facility",
    "prison_or_measure",
    "unidentified",
)
_COMMON = {
    (_DEAD, _DEAD): "b",
    (_DEAD, _MISSING): "c",
    (_DEAD, _FACILITY): "d",
    (_DEAD, _PRISON): "đ",
    (_MISSING, _MISSING): "e",
    (_FACILITY, _FACILITY): "g",
    (_PRISON, _PRISON): "h",
    (_MISSING, _FACILITY): "i",
    (_MISSING, _PRISON): "k",
    (_FACILITY, _PRISON): "l",
}
_ADDED_IN_R3 = {
    (_DEAD, _UNKNOWN): "b",
    (_UNKNOWN, _MISSING): "c",
    (_UNKNOWN, _FACILITY): "d",
    (_UNKNOWN, _PRISON): "đ",
}


def pairs_of(regime: str) -> dict[tuple[str, str], str]:
    """The pairs of states that a regime lists, each once, with its point."""
    return {**_COMMON, **_ADDED_IN_R3} if regime == "R3" else dict(_COMMON)


def _both_ways(table: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    return {**table, **{(second, first): point for (first, second), point in table.items()}}


OLD_PAIRS = _both_ways(_COMMON)
NEW_PAIRS = _both_ways({**_COMMON, **_ADDED_IN_R3})


def point_of(parents: tuple[str, str], *, abandoned: bool, adopted: bool, regime: str) -> str | None:
    """The point of khoản 1, or None. An abandoned child stays point a until adopted; adoption ends every point.

    Two unidentified parents are in no point as the text was read; such a child is an abandoned child (point a).
    Basis: Khoản 1 Điều 5 NĐ 20/2021/NĐ-CP; khoản 1 Điều 5 NĐ 335/2026/NĐ-CP (states "không xác định được").
    """
    if adopted:
        return None
    if abandoned:
        return "a"
    return (NEW_PAIRS if regime == "R3" else OLD_PAIRS).get(parents)
