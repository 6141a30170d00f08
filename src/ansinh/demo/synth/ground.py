"""The ground the people live on: communes with their villages, and what each village's place was called before the new map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, OfficeKind
from ansinh.demo.population import commune_weights
from ansinh.demo.synth.columns import ALWAYS, EPOCH, Array, first_days
from ansinh.localities.models import Level, Succession, Unit, Village

KNOWN_SINCE = date(2021, 1, 1)
NEW_MAP = date(2025, 7, 1)
_PEOPLE_A_VILLAGE = 700


@dataclass
class Chain:
    """The units one piece of ground belonged to since 2021, oldest first: (key, first day); the last is the commune of today."""

    weight: int
    units: list[int]
    since: list[int]


@dataclass
class Ground:
    """A commune of today: how many live there, its villages, and the chain of units behind each village."""

    code: str
    unit: Unit
    size: int
    chains: list[Chain]
    villages: list[Village]
    chain_of_village: Array


@dataclass
class Map:
    """All communes, the names of every unit that occurs, and the office that decides for each unit."""

    grounds: list[Ground]
    names: dict[int, str]
    offices: dict[int, int]


def lay_out(*, people: int, seed: int, codes: Collection[str] = ()) -> Map:
    """Make the villages of every commune (or of `codes`) and the offices of former districts. Acts on the database (as maintenance)."""
    weights = {code: weight for code, weight in commune_weights().items() if not codes or code in codes}
    units = {unit.code: unit for unit in Unit.objects.filter(level=Level.COMMUNE, period__endswith=None, code__in=weights)}
    chains = _chains({unit.id for unit in units.values()})
    whole = sum(weights.values())
    grounds = []
    for code, weight in weights.items():
        chance = np.random.default_rng([seed, int(code), 1])
        size = max(20, round(people * weight / whole))
        mine = chains[units[code].id]
        villages = _villages(units[code], max(2, size // _PEOPLE_A_VILLAGE))
        shares = np.array([chain.weight for chain in mine], float)
        of_village = np.sort(chance.choice(len(mine), len(villages), p=shares / shares.sum()))
        grounds.append(Ground(code, units[code], size, mine, villages, of_village))
    every = Unit.objects.filter(id__in={unit for found in chains.values() for chain in found for unit in chain.units})
    return Map(grounds, {unit.id: unit.name for unit in every}, _offices(list(every.select_related("parent"))))


def _villages(unit: Unit, number: int) -> list[Village]:
    names = [f"Thôn {n + 1}" for n in range(number)]
    made = [Village(unit=unit, name=name, period=DateRange(None, None)) for name in names]
    Village.objects.bulk_create(made, ignore_conflicts=True)
    known = {village.name: village for village in Village.objects.filter(unit=unit)}
    return [known[name] for name in names]


def _chains(today: set[int]) -> dict[int, list[Chain]]:
    """For each commune of today the chains of default successors that lead to it, from the units of 2021."""
    after = {edge.old_id: edge for edge in Succession.objects.filter(is_default=True).select_related("new")}
    communes = {unit.id: unit for unit in Unit.objects.filter(level=Level.COMMUNE, province_code__in=("33", "34"))}
    weights: dict[int, int] = defaultdict(int)
    for unit in communes.values():
        here = unit
        while unit.population_2019 and not _holds(here, KNOWN_SINCE) and here.id in after:
            here = after[here.id].new
        weights[here.id] += unit.population_2019 or 0
    found: dict[int, list[Chain]] = defaultdict(list)
    for unit in sorted(communes.values(), key=lambda one: one.key):
        if not _holds(unit, KNOWN_SINCE):
            continue
        chain = Chain(max(1, weights[unit.id]), [unit.id], [int(ALWAYS)])
        while chain.units[-1] in after:
            edge = after[chain.units[-1]]
            chain.units.append(edge.new_id)
            chain.since.append((edge.event_on - EPOCH).days)
        if chain.units[-1] in today:
            found[chain.units[-1]].append(chain)
    return found


def _holds(unit: Unit, on: date) -> bool:
    lower, upper = unit.period.lower, unit.period.upper
    return (lower is None or lower <= on) and (upper is None or on < upper)


def _offices(units: list[Unit]) -> dict[int, int]:
    """Who decides: the commune's office of today, the district's before the new map. Districts get their office here."""
    found = dict(Office.objects.filter(kind=OfficeKind.COMMUNE).values_list("unit", "id"))
    for unit in units:
        if unit.id in found or unit.parent is None:
            continue
        office, _ = Office.objects.get_or_create(
            code=f"UBND-{unit.parent.key}",
            defaults={
                "name": f"UBND {unit.parent.name[0].lower()}{unit.parent.name[1:]}",
                "kind": OfficeKind.DISTRICT,
                "unit": unit.parent,
                "symbol": "UBND",
                "period": DateRange(None, NEW_MAP),
                "basis": "Luật Tổ chức chính quyền địa phương 77/2015/QH13",
            },
        )
        found[unit.id] = office.id
    return found


@dataclass
class Calendar:
    """Which unit each chain belonged to on the first day of each month since 2021: chains × months, keys of units."""

    first: int
    units: Array
    base: list[int]

    def on(self, chains: Array, months: Array) -> Array:
        """The unit of a chain in a month (months since 1970); before 2021 the oldest known."""
        return self.units[chains, np.clip(months - self.first, 0, self.units.shape[1] - 1)]


def calendar(grounds: list[Ground], until: int) -> Calendar:
    """Chains of all communes one after another; `base` says where those of each commune start."""
    first = (KNOWN_SINCE.year - 1970) * 12
    days = first_days(np.arange(first, until + 1))
    rows, base = [], []
    for ground in grounds:
        base.append(len(rows))
        for chain in ground.chains:
            rows.append(np.array(chain.units)[np.searchsorted(chain.since, days, side="right") - 1])
    return Calendar(first, np.array(rows), base)
