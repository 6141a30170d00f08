"""Which standard each formula of the decrees points to: Điều 4 whole (the province's counts) or its khoản 2 (the national one).

A level of a province lifts a formula that points to Điều 4 by itself; every other one only where the resolution names it.
"""

from __future__ import annotations

from dataclasses import dataclass

WHOLE, NATIONAL = "Điều 4", "Khoản 2 Điều 4"


@dataclass(frozen=True)
class Formula:
    """One formula: its scope (as resolutions name it), its article, the part of Điều 4 it names. `read`: seen in the text."""

    scope: str
    article: str
    points_to: str
    read: bool = True

    @property
    def follows_province(self) -> bool:
        """Whether a higher standard of the province lifts it without being named for it."""
        return self.points_to == WHOLE


_UNTIL_R2 = (
    Formula("monthly", "Điều 6 NĐ 20/2021/NĐ-CP", WHOLE),
    Formula("funeral", "Khoản 2 Điều 11 NĐ 20/2021/NĐ-CP", NATIONAL),
    Formula("emergency", "Điều 13, Điều 14 NĐ 20/2021/NĐ-CP", NATIONAL),
    Formula("carers", "Điều 20 NĐ 20/2021/NĐ-CP", NATIONAL),
    Formula("residential", "Điều 25 NĐ 20/2021/NĐ-CP", NATIONAL),
)
_R3 = (
    Formula("monthly", "Điều 6 NĐ 335/2026/NĐ-CP", WHOLE),
    Formula("funeral", "Điều 11 NĐ 335/2026/NĐ-CP", NATIONAL, read=False),
    Formula("emergency", "Điều 12 NĐ 335/2026/NĐ-CP", NATIONAL, read=False),
    Formula("carers", "Điều 17 NĐ 335/2026/NĐ-CP", NATIONAL, read=False),
    Formula("residential", "Điều 22 NĐ 335/2026/NĐ-CP", NATIONAL, read=False),
)


def formulas(regime: str) -> tuple[Formula, ...]:
    """The formulas of a regime (R1, R2, R3). The social pension has a level of its own and stands beside them."""
    return _R3 if regime == "R3" else _UNTIL_R2
