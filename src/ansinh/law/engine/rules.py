"""A rule of the law: who, since when, what coefficient, on what basis. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ansinh.law.engine.expressions import Expression


@dataclass(frozen=True)
class Fact:
    """One fact an expression may name, with its label and the words for its values and, by sign, for comparisons."""

    key: str
    label: str
    label_en: str
    type: str
    unit: str = ""
    negative: str = ""
    column: str = ""
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Definition:
    """A named part of a condition, used by several rules."""

    key: str
    label: str
    basis: str
    expression: Expression


@dataclass(frozen=True)
class Rule:
    """One dated rule. `kind` is the benefit, `group` says how it combines, `anchor` from when a first grant counts.

    `amount_vnd`: an amount of its own in place of coefficient x standard (extra groups of a province only).
    """

    key: str
    kind: str
    category: str
    code: str
    title: str
    title_en: str
    basis: str
    coefficient_basis: str
    mark: str
    start: date
    end: date | None
    when: Expression
    coefficient: Expression
    order: int
    group: str = "rest"
    count: str | None = None
    payee: str = "self"
    anchors: tuple[tuple[str, str], ...] = ()
    clause: int = 0
    amount_vnd: int = 0

    def in_force(self, day: date) -> bool:
        """Whether the rule is law on this day."""
        return self.start <= day and (self.end is None or day < self.end)

    def anchor(self, regime: str) -> str:
        """From when a first grant counts under a regime: 'signing', 'certificate' or 'age'."""
        return dict(self.anchors).get(regime, "signing")


@dataclass(frozen=True)
class Procedure:
    """One step of how a grant comes about, for some benefits, while it is law: who, on which form, by which day."""

    key: str
    kinds: tuple[str, ...]
    start: date
    title: str
    title_en: str
    text: str
    text_en: str
    basis: str
    mark: str
    end: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the step is law on this day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Regime:
    """A body of rules in force between two changes of law."""

    key: str
    label: str
    label_en: str
    start: date
    end: date | None
    instrument: str

    def in_force(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class ChangeOfLaw:
    """A day on which everybody in payment moves to new rules or new money: what a transition list is made for.

    The old law held up to the eve of `day`; new rules count for benefit months from `rules_from`, new money from
    `money_from` (earlier where the decree reaches back).
    """

    key: str
    label: str
    label_en: str
    day: date
    rules_from: date
    money_from: date
    basis: str
    decided_by: str
    mark: str


@dataclass(frozen=True)
class Category:
    """A stable category with its names, whatever decree gives it a point."""

    key: str
    kind: str
    label: str
    label_en: str
    short: str
    codes: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    is_sensitive: bool = False
