"""The sheet of increases and decreases: opening total, reasons, closing total. It must add up on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.kernel.errors import InvalidInput


@dataclass(frozen=True)
class Total:
    """People and money at one end."""

    label: str
    people: int
    amount: int


@dataclass(frozen=True)
class Reason:
    """One reason; people None where the reason changes money only."""

    label: str
    people: int | None
    amount: int
    basis: str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Reasons of one kind; the label may be empty when there is one group."""

    label: str
    rows: tuple[Reason, ...]


@dataclass(frozen=True)
class Difference:
    """The whole sheet. A sheet that does not add up is never shown."""

    caption: str
    opening: Total
    groups: tuple[Group, ...]
    closing: Total

    def __post_init__(self) -> None:
        rows: Sequence[Reason] = [row for group in self.groups for row in group.rows]
        people = self.opening.people + sum(row.people or 0 for row in rows)
        amount = self.opening.amount + sum(row.amount for row in rows)
        if (people, amount) != (self.closing.people, self.closing.amount):
            raise InvalidInput("Bảng chênh lệch không khớp: đầu kỳ cộng các lý do không bằng cuối kỳ.")
