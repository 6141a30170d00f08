"""Figures: people and money by commune and category, on any day and the map of any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ansinh.entitlements.models import PERSONAL, Benefit, Entitlement
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import month_of
from ansinh.localities.models import Unit
from ansinh.localities.queries import restate, scope_ids
from ansinh.people.models import Circumstance, HouseholdCircumstance, Membership


@dataclass(frozen=True)
class Selection:
    """Which entries of the ledger are counted. Empty fields select everything the viewer may see."""

    on: date
    units: tuple[int, ...] = ()
    benefit: str = ""
    category: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    poverty: str = ""
    disability: str = ""

    @property
    def singles_out(self) -> bool:
        """It asks about qualities of a person: the count of one ground may then be the ground of somebody one knows."""
        return bool(self.sex or self.poverty or self.disability) or self.age_from is not None or self.age_to is not None

    def entries(self) -> QuerySet[Entitlement]:
        """Entries in force in the month of `on`, not suspended, of people alive at its start.

        What people draw to live on, unless money for care or for a funeral is asked for: who receives that is no beneficiary.
        """
        month = month_of(self.on)
        found = Entitlement.objects.running(month) if self.benefit == Benefit.FUNERAL else Entitlement.objects.in_force(month)
        if not self.benefit and not self.category:
            found = found.filter(benefit__in=PERSONAL)
        if self.units:
            found = found.filter(unit__in=self.units)
        for name in ("benefit", "category"):
            if value := getattr(self, name):
                found = found.filter(**{name: value})
        if self.sex:
            found = found.filter(person__sex=self.sex)
        if self.disability:
            fact = Circumstance.objects.filter(person=OuterRef("person"), kind="disability", value=self.disability)
            found = found.filter(Exists(fact.filter(period__contains=self.on)))
        if self.poverty:
            home = Membership.objects.filter(person=OuterRef("person"), period__contains=self.on)
            known = {"kind": "poverty", "value": self.poverty, "period__contains": self.on}
            found = found.filter(
                Exists(home.filter(Exists(HouseholdCircumstance.objects.filter(household=OuterRef("household"), **known))))
            )
        return self._of_age(found)

    def entries_in(self, unit: Unit) -> QuerySet[Entitlement]:
        """The entries behind the figure of `unit` on the map of any day, as long as that figure is no estimate."""
        return self.entries().filter(unit__in=scope_ids(unit, on=self.on))

    def _of_age(self, found: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
        """Ages in full years on the day; a birth known only by year counts from its first day."""
        if self.age_from is not None:
            found = found.filter(person__born_on__lte=_years_before(self.on, self.age_from))
        if self.age_to is not None:
            found = found.filter(person__born_on__gt=_years_before(self.on, self.age_to + 1))
        return found


@dataclass(frozen=True)
class Cell:
    """People and money of one commune and category. A person with two categories counts in each."""

    people: int = 0
    money_vnd: int = 0

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.people + other.people, self.money_vnd + other.money_vnd)


@dataclass
class Row:
    """One commune: its cells by category, and its people counted once."""

    unit: Unit
    cells: dict[str, Cell] = field(default_factory=dict)
    total: Cell = Cell()
    is_estimated: bool = False


@dataclass
class Table:
    """The figure: rows by commune, columns by category, totals counted once a person."""

    on: date
    map_on: date
    categories: list[str]
    rows: list[Row]
    totals: dict[str, Cell]
    total: Cell

    @property
    def is_estimated(self) -> bool:
        return any(row.is_estimated for row in self.rows)


def table(selection: Selection, *, map_on: date | None = None, by: str = "category") -> Table:
    """The selection by commune x category (or `by` benefit), on the map of `map_on` (default: the day itself). Four queries at most."""
    map_on = map_on or selection.on
    cells, totals = _counted(selection.entries(), by)
    placed = restate_cells(cells, totals, selection.on, map_on)
    categories = sorted({category for _, category in cells})
    rows = sorted(placed, key=lambda row: (row.unit.province_code, row.unit.name_folded))
    column_totals = {c: sum((row.cells.get(c, Cell()) for row in rows), Cell()) for c in categories}
    return Table(selection.on, map_on, categories, rows, column_totals, sum((row.total for row in rows), Cell()))


def _counted(entries: QuerySet[Entitlement], by: str) -> tuple[dict[tuple[int, str], Cell], dict[int, Cell]]:
    """Cells by unit and `by`, and each unit's people counted once. The entries are read once for both."""
    statement, parameters = entries.order_by().values("unit_id", by, "person_id", "amount_vnd").query.sql_with_params()
    cells: dict[tuple[int, str], Cell] = {}
    totals: dict[int, Cell] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit_id, {by}, count(DISTINCT person_id), sum(amount_vnd)::bigint, grouping({by}) FROM ({statement}) AS found "
            f"GROUP BY GROUPING SETS ((unit_id, {by}), (unit_id))",
            parameters,
        )
        for unit, key, people, money, is_total in cursor.fetchall():
            if is_total:
                totals[unit] = Cell(people, money)
            else:
                cells[unit, key] = Cell(people, money)
    return cells, totals


def restate_cells(cells: dict, totals: dict, on: date, map_on: date) -> list[Row]:
    """Cells of one map on another: people and money of each category are restated apart, so every sum is kept."""
    columns = {None: totals} | {
        category: {unit: cell for (unit, c), cell in cells.items() if c == category} for category in {c for _, c in cells}
    }
    rows: dict[int, Row] = {}
    for category, column in columns.items():
        people, estimated = restate({u: c.people for u, c in column.items()}, from_day=on, to_day=map_on)
        money, guessed = restate({u: c.money_vnd for u, c in column.items()}, from_day=on, to_day=map_on)
        # A unit may be given a share of the money and, its people rounded down, nobody: the share still belongs to the sum.
        for unit in people.keys() | money.keys():
            row = rows.setdefault(unit, Row(unit=None))  # type: ignore[arg-type]
            cell = Cell(people.get(unit, 0), money.get(unit, 0))
            row.is_estimated |= unit in estimated or unit in guessed
            if category is None:
                row.total = cell
            else:
                row.cells[category] = cell
    for unit in Unit.objects.filter(id__in=rows):
        rows[unit.id].unit = unit
    return list(rows.values())


def indicator_names() -> Sequence[str]:
    """Indicators the command line offers."""
    return ("beneficiaries", "monthly_money")


def indicator(name: str, selection: Selection, *, map_on: date) -> list[tuple[Unit, str, int]]:
    """One indicator as (unit, category, value). Raises InvalidInput for a name that is none."""
    if name not in indicator_names():
        raise InvalidInput(f"Không có chỉ tiêu “{name}”. Các chỉ tiêu: {', '.join(indicator_names())}.")
    found = table(selection, map_on=map_on)
    part = "people" if name == "beneficiaries" else "money_vnd"
    return [(row.unit, category, getattr(cell, part)) for row in found.rows for category, cell in sorted(row.cells.items())]


def _years_before(day: date, years: int) -> date:
    """The latest birth date of someone `years` old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February in a common year
        return date(day.year - years, 2, 28)
