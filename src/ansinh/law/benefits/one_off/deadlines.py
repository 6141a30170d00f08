"""Working days: counted from the day after receipt, without Saturdays, Sundays and the listed holidays."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.reckoning import Reckoning

ACTS = {
    "decide_monthly_allowance": "monthly_allowance",
    "decide_social_pension": "social_pension",
    "decide_funeral": "funeral",
}


def add_working_days(day: date, count: int, holidays: Set[date]) -> date:
    """The last of `count` working days after `day`; the day itself is not counted."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def deadline(reckoning: Reckoning, act: str) -> tuple[date, int]:
    """The last day for an act and its number of working days, by the law of the day of the complete dossier.

    Basis: Điều 8, Điều 11 NĐ 20/2021/NĐ-CP; Điều 5 NĐ 147/2025/NĐ-CP; NĐ 176/2025/NĐ-CP; NĐ 335/2026/NĐ-CP.
    """
    received = [
        event.day
        for event in reckoning.situation.events
        if event.kind == "received_complete" and event.benefit == ACTS[act] and event.day
    ]
    if not received:
        raise NotAnswerable("Không có ngày nhận đủ hồ sơ để tính thời hạn.")
    days = reckoning.book.parameters[f"{act}_days"].on_day(max(received)).value
    return add_working_days(max(received), days, reckoning.situation.holidays), days
