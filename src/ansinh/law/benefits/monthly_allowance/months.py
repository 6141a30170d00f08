"""Month rules of each regime: from which benefit month a start, change, stop, move or resumption counts.

The regime in force on the day of the event or change decides. Stops always count from the month after, in every regime.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.periods import month_of, next_month

Answer = Callable[[str], str | None]
LISTED_UNTIL_R2 = frozenset({"general", "vocational", "secondary_professional", "college", "first_degree", "listed_level"})
LISTED_IN_R3 = LISTED_UNTIL_R2 | {"continuing"}
R3_START = date(2026, 10, 5)
R3_FIRST_MONTH = date(2026, 10, 1)
PENSION_START = date(2025, 7, 1)


def listed_levels(regime: str) -> frozenset[str]:
    """Levels of study that khoản 2 lists; trung cấp and cao đẳng are vocational education in R3.

    Basis: khoản 2 Điều 5 NĐ 20/2021/NĐ-CP; khoản 2 Điều 5 NĐ 335/2026/NĐ-CP (adds giáo dục thường xuyên).
    """
    return LISTED_IN_R3 if regime == "R3" else LISTED_UNTIL_R2


@dataclass(frozen=True)
class MonthRules:
    """How one regime counts months."""

    regime: str
    adjust_basis: str
    move_basis: str
    adjusts_in_month_of_change: bool = True
    asks_about_downward: bool = False
    pays_suspended_months: bool = False
    detention_suspends: bool = True
    resume_basis: str = "Điều 2, điểm b khoản 1 Điều 6 TT 02/2021/TT-BLĐTBXH"

    def adjusts_at_once(self, *, downward: bool, answer: Answer) -> bool:
        """Whether a change of level counts from the month of the change (else from the month after)."""
        if downward and self.asks_about_downward:
            return answer("adjust_down_month_r1") == "month_of_change"
        return self.adjusts_in_month_of_change

    def move_month(self, last_month_paid: date) -> date:
        """First month at the new place: the month after the last one the old place paid.

        R1, R2 say "the month after the month in the stop decision", R3 "the month payment stopped": read alike, no gap.
        Basis: Điều 8 NĐ 20/2021/NĐ-CP; NĐ 176/2025/NĐ-CP; Điều 8 NĐ 335/2026/NĐ-CP.
        """
        return next_month(last_month_paid)

    def resumes_with_arrears(self, answer: Answer) -> bool:
        """Whether the suspended months are paid when conditions held.

        Basis: điểm b khoản 1 Điều 6 TT 02/2021/TT-BLĐTBXH (open point); Điều 9 NĐ 335/2026/NĐ-CP.
        """
        return self.pays_suspended_months or answer("resume_months_r1_r2") == "all_suspended"


_RULES = {
    "R0": MonthRules("R0", "NĐ 136/2013/NĐ-CP", "NĐ 136/2013/NĐ-CP", asks_about_downward=True, resume_basis="NĐ 136/2013/NĐ-CP"),
    "R1": MonthRules("R1", "Điều 8 NĐ 20/2021/NĐ-CP", "Điều 8 NĐ 20/2021/NĐ-CP", asks_about_downward=True),
    "R2": MonthRules(
        "R2", "Điểm d khoản 2 Điều 5 NĐ 147/2025/NĐ-CP", "NĐ 176/2025/NĐ-CP", adjusts_in_month_of_change=False
    ),
    "R3": MonthRules(
        "R3", "Điều 8 NĐ 335/2026/NĐ-CP", "Điều 8 NĐ 335/2026/NĐ-CP",
        pays_suspended_months=True, detention_suspends=False, resume_basis="Điều 9 NĐ 335/2026/NĐ-CP",
    ),
}  # fmt: skip


def rules_on(day: date) -> MonthRules:
    """The month rules in force on the day of an event or change."""
    return _RULES[regime_key(day)]


def rules_of(regime: str) -> MonthRules:
    """The month rules of a regime."""
    return _RULES[regime]


def regime_key(day: date) -> str:
    """Key of the regime on a day; before 2015 the oldest one stands in."""
    if day >= R3_START:
        return "R3"
    if day >= PENSION_START:
        return "R2"
    return "R1" if day >= date(2021, 7, 1) else "R0"


def earliest_start(signed_on: date) -> date | None:
    """First month a new grant signed on a day may begin with; None where the law itself reaches back (certificate, birthday).

    Basis: điểm b khoản 2 Điều 5 NĐ 147/2025/NĐ-CP; Điều 8 NĐ 335/2026/NĐ-CP.
    """
    return month_of(signed_on) if signed_on >= PENSION_START else None


def detention_month(detained_on: date) -> date:
    """First month not paid when someone is remanded: the month after one full month of detention.

    Basis: Điều 2 TT 02/2021/TT-BLĐTBXH (tạm giam từ 01 tháng trở lên); R3 does not list detention.
    """
    return next_month(next_month(month_of(detained_on)))
