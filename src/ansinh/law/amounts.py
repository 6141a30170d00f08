"""The ready reckoner: each coefficient times each level since 2015, with who receives it and the article behind every amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import add_months, month_of
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.engine.rules import Rule
from ansinh.law.engine.words import Words
from ansinh.law.levels import SCOPES
from ansinh.law.resolutions import EXTRA, Provincial, extra_rules, highest_amount, highest_level

FIRST = date(2015, 1, 1)
ONCE_SCOPES = {
    "funeral_multiple": ("funeral", "funeral"),
    "residential_funeral_multiple": ("funeral", "residential"),
    "emergency_burial_multiple": ("emergency_burial", "emergency"),
    "injury_multiple": ("injury", "emergency"),
}


@dataclass(frozen=True)
class Level:
    """A span of benefit months with one standard, its basis, and the resolutions of the province that are law in it."""

    first: date
    end: date | None
    standard_vnd: int
    basis: str
    mark: str
    in_force_from: date
    local: tuple[Provincial, ...] = ()

    @property
    def last(self) -> date | None:
        """The last month."""
        return add_months(self.end, -1) if self.end else None

    @property
    def local_vnd(self) -> int | None:
        """The province's standard of the monthly allowance, where it is higher."""
        found = self.standard("monthly")[0]
        return found if found > self.standard_vnd else None

    def standard(self, scope: str, national: int | None = None) -> tuple[int, str]:
        """The level a scope counts from and the resolution that set it; that of the decree names none."""
        return highest_level(self.local, scope, self.first, (self.standard_vnd if national is None else national, ""))


@dataclass(frozen=True)
class Source:
    """The article behind an amount, the day on which it is read, and the months it holds for where they are fewer than the level's."""

    basis: str
    on: date
    until: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class Cell:
    """An amount of one level; `local`: the resolution that set it above the decree."""

    amount_vnd: int
    sources: tuple[Source, ...]
    local: str = ""


@dataclass
class Row:
    """Who receives a coefficient: benefit, ground, case; a cell for each level (None: no law)."""

    kind: str
    key: str
    title: str
    case: str
    coefficient: int
    is_local: bool = False
    cells: list[Cell | None] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """One coefficient (hundredths): its product with each level, and everyone who receives it."""

    coefficient: int
    amounts: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """The whole reckoner."""

    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    law_hash: str


def amount_table(territory: Sequence[Provincial] = (), *, english: bool = False, book: LawBook | None = None) -> Table:
    """Every coefficient times every level. `territory`: the resolutions of a province; a level then splits where one begins or ends."""
    book = book or load()
    levels = _levels(book, territory)
    rows: dict[tuple[str, str, int], Row] = {}
    for place, level in enumerate(levels):
        for month in _months_of_change(book, level):
            _add_rules(book, rows, levels, place, month, english)
        _add_multiples(book, rows, levels, place, english)
    groups = []
    for coefficient in sorted({row.coefficient for row in rows.values()}):
        own = tuple(row for row in rows.values() if row.coefficient == coefficient)
        scope = SCOPES.get(own[0].kind) or ONCE_SCOPES[own[0].key][1]
        amounts = tuple(amount_of(coefficient, level.standard(scope)[0]) for level in levels)
        groups.append(Group(coefficient, amounts, own))
    return Table(tuple(levels), tuple(groups), book.hash)


def _levels(book: LawBook, territory: Sequence[Provincial]) -> list[Level]:
    parameter = book.parameters["standard"]
    cuts = {value.applies_to_months_from for value in parameter.values}
    cuts |= {one.start for one in territory} | {one.end for one in territory if one.end}
    starts = sorted(day for day in cuts if day >= FIRST)
    levels = []
    for first, end in zip(starts, [*starts[1:], None], strict=True):
        value = parameter.on(first)
        local = tuple(one for one in territory if one.in_force(first))
        levels.append(Level(first, end, value.value, value.basis, value.mark, value.in_force_from, local))
    return levels


def _months_of_change(book: LawBook, level: Level) -> list[date]:
    """The first month of a level, and those in it from which other rules are law."""
    starts = {month_of(rule.start) for rule in book.rules}
    return [level.first, *sorted(day for day in starts if level.first < day and (level.end is None or day < level.end))]


def _add_rules(
    book: LawBook, rows: dict[tuple[str, str, int], Row], levels: list[Level], place: int, month: date, english: bool
) -> None:  # fmt: skip
    level, law = levels[place], book.at(month)
    words = Words(book, law.numbers, english=english)
    for rule in (*law.rules, *extra_rules(level.local, month, book)):
        for case, coefficient in words.cases(rule.coefficient.tree, rule.when.tree):
            title = rule.title_en if english else rule.title
            new = Row(rule.kind, rule.key, title, case, coefficient, rule.category == EXTRA)
            row = rows.setdefault((rule.key, case, coefficient), new)
            row.title = title
            amount, local = _worth(rule, coefficient, level, law.numbers)
            _fill(row, levels, place, amount, _source(rule, level, month), local)


def _worth(rule: Rule, coefficient: int, level: Level, numbers: Mapping[str, int]) -> tuple[int, str]:
    """Đồng a month of one share, and the resolution that set it: a level, an amount in place of it, or a group of its own."""
    if rule.amount_vnd:
        return rule.amount_vnd, ""
    national = numbers["social_pension_level"] if rule.kind == "social_pension" else None
    standard, named = level.standard(SCOPES[rule.kind], national)
    return highest_amount(level.local, rule.category, level.first, (amount_of(coefficient, standard), named), coefficient)


def _source(rule: Rule, level: Level, month: date) -> Source:
    """The version of a rule that is law in a month; told with its months where the level has more."""
    on = max(month, rule.start)
    ends_inside = rule.end is not None and (level.end is None or month_of(rule.end) < level.end)
    since = month if month > level.first else None
    until = add_months(month_of(rule.end), -1) if ends_inside and rule.end else None
    return Source(rule.coefficient_basis, on, until, since)


def _add_multiples(
    book: LawBook, rows: dict[tuple[str, str, int], Row], levels: list[Level], place: int, english: bool
) -> None:  # fmt: skip
    """One-off support that is a multiple of the standard. Its level follows the day of the event, so months that a later law
    reaches back to are not told here; the amount is that of the level's own day of force.
    """
    level = levels[place]
    for key, (kind, scope) in ONCE_SCOPES.items():
        value = book.parameters[key].find(max(level.first, month_of(level.in_force_from)))
        if value is None:
            continue
        parameter = book.parameters[key]
        title = parameter.label_en if english else parameter.label
        coefficient = value.value * 100
        row = rows.setdefault((key, "", coefficient), Row(kind, key, title, "", coefficient))
        since = month_of(level.in_force_from) if level.first < month_of(level.in_force_from) else None
        source = Source(value.basis, max(level.in_force_from, value.in_force_from), None, since)
        standard, local = level.standard(scope)
        _fill(row, levels, place, amount_of(coefficient, standard), source, local)


def _fill(row: Row, levels: list[Level], place: int, amount: int, source: Source, local: str) -> None:
    """Put an amount into its cell; a second article for the same amount stands beside the first."""
    row.cells += [None] * (len(levels) - len(row.cells))
    cell = row.cells[place]
    if cell is None:
        row.cells[place] = Cell(amount, (source,), local)
    elif source.basis not in {one.basis for one in cell.sources}:
        row.cells[place] = Cell(cell.amount_vnd, (*cell.sources, source), cell.local)
