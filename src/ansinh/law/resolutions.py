"""What a province's resolution gives above the decree: levels, amounts, extra groups, each never below the national floor.

Basis: khoản 3 Điều 4 NĐ 20/2021/NĐ-CP; khoản 3 Điều 4 NĐ 335/2026/NĐ-CP.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.kernel.periods import last_day, parse_month
from ansinh.law.engine.expressions import Expression, parse
from ansinh.law.engine.lawfile import LawBook
from ansinh.law.engine.rules import Rule

SCOPES = ("monthly", "funeral", "emergency", "carers", "residential", "social_pension")
RESOLUTION = "Nghị quyết của Hội đồng nhân dân tỉnh"
EXTRA = "PROVINCE_EXTRA"
CODES = {"R0": "ND136.4", "R1": "ND20.4.3", "R2": "ND20.4.3", "R3": "ND335.4.3"}
_AFTER_ALL_OTHERS = 99


@dataclass(frozen=True)
class Amount:
    """An amount in place of a multiple: đồng a month for a category, or đồng for a one-off item.

    `of`: a category ("DISABLED_SEVERE") or an item of `benefits/one_off` ("injury", "housing_total"). `coefficient`
    (hundredths) narrows it to those of the category whose national coefficient is this one. For khoản 4: per child.
    """

    of: str
    amount_vnd: int
    coefficient: int | None = None


@dataclass(frozen=True)
class ExtraGroup:
    """People outside the decree whom the province adds: a condition in the language of the rules, a coefficient
    (hundredths of the monthly standard) or an amount, and what else the resolution's words bring them.
    """

    key: str
    title: str
    when: str
    coefficient: int = 0
    amount_vnd: int = 0
    title_en: str = ""
    basis: str = ""
    brings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Provincial:
    """One level of a province with the scopes its words reach, the amounts and the groups that go with it.

    A resolution that sets different levels for different scopes is several of these with one `instrument`. Benefit
    months count from `start` up to but without `end`. `territories`: where it is law, as the caller names territories
    (an old province before and after 2025-07-01); empty: wherever the situation is.
    """

    standard_vnd: int
    start: date
    applies_to: frozenset[str] = frozenset({"monthly"})
    end: date | None = None
    instrument: str = ""
    issued_on: date | None = None
    in_force_from: date | None = None
    territories: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()
    groups: tuple[ExtraGroup, ...] = ()

    def in_force(self, month: date, territories: Collection[str] | None = None, known_on: date | None = None) -> bool:
        """Whether it is law for a benefit month: there (None: not asked) and by what was in force on `known_on`."""
        if known_on and known_on < (self.in_force_from or self.start):
            return False
        if territories is not None and self.territories and not self.territories & set(territories):
            return False
        return self.start <= month and (self.end is None or month < self.end)

    def covers(self, scope: str, month: date, territories: Collection[str] | None = None, known_on: date | None = None) -> bool:
        """Whether its level speaks of this scope in this month."""
        return scope in self.applies_to and self.in_force(month, territories, known_on)

    @property
    def cited(self) -> str:
        """What it is cited as."""
        return self.instrument or RESOLUTION


def provincial_from(row: Mapping[str, Any]) -> Provincial:
    """A provincial standard from a worked case."""
    return Provincial(
        standard_vnd=row["standard_vnd"],
        start=parse_month(row["from"]),
        applies_to=frozenset(row["applies_to"]),
        end=parse_month(row["to"]) if "to" in row else None,
        instrument=row.get("instrument", ""),
    )


def highest_level(resolutions: Sequence[Provincial], scope: str, month: date, national: tuple[int, str]) -> tuple[int, str]:
    """The higher of the national level and those of the resolutions (already picked by territory), with what set it."""
    best = national
    for resolution in resolutions:
        if resolution.covers(scope, month) and resolution.standard_vnd > best[0]:
            best = (resolution.standard_vnd, resolution.cited)
    return best


def highest_amount(
    resolutions: Sequence[Provincial], of: str, month: date, national: tuple[int, str], coefficient: int | None = None
) -> tuple[int, str]:
    """The higher of the national amount and the amounts the resolutions name for a category or a one-off item."""
    best = national
    for resolution in resolutions:
        for amount in resolution.amounts if resolution.in_force(month) else ():
            fits = amount.of == of and amount.coefficient in (None, coefficient)
            if fits and amount.amount_vnd > best[0]:
                best = (amount.amount_vnd, resolution.cited)
    return best


def extra_rules(resolutions: Sequence[Provincial], month: date, book: LawBook) -> tuple[Rule, ...]:
    """The extra groups of a month as rules beside those of the decree: they compete like any other (khoản 2 Điều 6)."""
    regime = book.regime_on(last_day(month))
    return tuple(
        _rule(resolution, group, regime.key if regime else "R0", book)
        for resolution in resolutions
        if resolution.in_force(month)
        for group in resolution.groups
    )


def group_of(resolutions: Sequence[Provincial], rule_key: str) -> ExtraGroup | None:
    """The extra group behind a rule made by `extra_rules`."""
    return next((group for one in resolutions for group in one.groups if key_of_rule(group) == rule_key), None)


def condition_of(group: ExtraGroup, book: LawBook) -> Expression:
    """The condition of an extra group, with the definitions of the law files put in place. Raises LawFileError."""
    known = _conditions.get((group.when, book.hash))
    if known is None:
        known = parse(group.when, {key: one.expression for key, one in book.definitions.items()})
        _conditions[group.when, book.hash] = known
    return known


_conditions: dict[tuple[str, str], Expression] = {}  # asked for every person; the text and the law files decide


def ages_of_groups(resolutions: Sequence[Provincial], book: LawBook) -> set[int]:
    """Every number a condition of an extra group names that may be an age: a birthday of it may change something."""
    groups = [group for one in resolutions for group in one.groups]
    return {number for group in groups for number in condition_of(group, book).constants if 0 < number < 120}


def key_of_rule(group: ExtraGroup) -> str:
    """The key of the rule that stands for an extra group."""
    return f"province_{group.key}"


def basis_of(resolution: Provincial, group: ExtraGroup) -> str:
    """The clause of a resolution that adds a group, as a line of it cites it."""
    return f"{group.basis} {resolution.cited}".strip()


def _rule(resolution: Provincial, group: ExtraGroup, regime: str, book: LawBook) -> Rule:
    basis = basis_of(resolution, group)
    return Rule(
        key=key_of_rule(group), kind="monthly_allowance", category=EXTRA, code=CODES[regime], title=group.title,
        title_en=group.title_en or group.title, basis=basis, coefficient_basis=basis, mark="V",
        start=resolution.in_force_from or resolution.start, end=resolution.end, when=condition_of(group, book),
        coefficient=parse(str(group.coefficient or 100)), order=_AFTER_ALL_OTHERS, amount_vnd=group.amount_vnd,
    )  # fmt: skip


def reaching(
    resolutions: Sequence[Provincial], territories: Collection[str], known_on: date | None = None
) -> Iterator[Provincial]:
    """The resolutions that are law in one of the territories, as known on a day."""
    for one in resolutions:
        if not one.territories or one.territories & set(territories):
            if known_on is None or (one.in_force_from or one.start) <= known_on:
                yield one
