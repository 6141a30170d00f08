"""The invented people of one commune as columns: births, deaths, couples, parents, households, names, numbers.

Ages follow the official projection of 2026, names published weights. Shares of everything else are assumptions of the generator,
chosen so that every benefit occurs and about one person in twelve is paid; they are no statistic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ansinh.demo.population import pyramid
from ansinh.demo.synth import naming
from ansinh.demo.synth.columns import ALWAYS, NEVER, Array, day, years_of
from ansinh.demo.synth.ground import KNOWN_SINCE, NEW_MAP, Ground

DAY = date(2026, 11, 20)  # the day up to which the province is told
TODAY = day(DAY.isoformat())
KNOWN, MAPPED = day(KNOWN_SINCE.isoformat()), day(NEW_MAP.isoformat())
MALE, FEMALE = 0, 1
YEAR = 365.2425
# Deaths since 2021 for each living person of an age, by the youngest age of a group.
_DEATHS = ((80, 0.55), (75, 0.26), (70, 0.12), (60, 0.06), (0, 0.006))


@dataclass
class Lives:
    """Columns of one commune, oldest first. Relatives and households are positions, -1: none; days count from 1970."""

    sex: Array
    born: Array
    died: Array
    year_only: Array
    spouse: Array
    mother: Array
    father: Array
    house: Array
    is_head: Array
    relation: Array
    village: Array
    since: Array
    names: naming.Names
    number: list[str]
    village_of_house: Array
    from_ground: Array
    moved: Array

    @property
    def size(self) -> int:
        return len(self.born)

    def age_on(self, on: int) -> Array:
        return ((on - self.born) / YEAR).astype(np.int64)


RELATIONS = ("chủ hộ", "vợ", "chồng", "con", "bố", "mẹ", "cháu")


def draw(ground: Ground, index: int, grounds: int, seed: int) -> Lives:
    """The people of one commune, the same for the same seed. `index`: its place among `grounds` communes."""
    chance = np.random.default_rng([seed, int(ground.code), 2])
    sex, born, died = _born(chance, ground.size)
    spouse = _marry(chance, sex, born)
    mother, father = _parents(chance, sex, born, died, spouse)
    house = _settle(chance, born, spouse, mother)
    head = _heads(born, died, spouse, house)
    relation, is_head = _relations(sex, spouse, mother, father, house, head)
    village_of_house = np.sort(chance.integers(0, len(ground.villages), int(house.max()) + 1))
    year_only = (born < day("1957-01-01")) & (chance.random(ground.size) < 0.12)
    born = np.where(
        year_only, born.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64), born
    )
    moved, from_ground = _moves(chance, born, died, index, grounds)
    return Lives(
        sex=sex, born=born, died=died, year_only=year_only, spouse=spouse, mother=mother, father=father, house=house,
        is_head=is_head, relation=relation, village=village_of_house[house],
        since=np.where(moved < NEVER, moved, np.where(born > KNOWN, born, ALWAYS)),
        names=naming.draw(chance, sex, years_of(born), mother, father), number=_numbers(chance, ground.code, index, grounds, sex, born),
        village_of_house=village_of_house, from_ground=from_ground, moved=moved,
    )  # fmt: skip


def _born(chance: np.random.Generator, size: int) -> tuple[Array, Array, Array]:
    """Sex, day of birth and of death: the living as the projection has them, and beside them who died since 2021."""
    groups, weights = pyramid()
    low = np.array([int(group.split(" ")[1].rstrip("+").split("-")[0]) for group in groups])
    deaths = np.array([next(share for age, share in _DEATHS if lowest >= age) for lowest in low])
    weights = np.array(weights) * (1 + deaths)
    drawn = chance.choice(len(groups), size, p=weights / weights.sum())
    top = low[drawn] >= 80
    years = low[drawn] + np.where(top, np.minimum(24, chance.exponential(5.5, size)), 5 * chance.random(size))
    born = TODAY - (years * YEAR).astype(np.int64) - 1
    sex = np.array([MALE if group.startswith("male") else FEMALE for group in groups])[drawn]
    dies = chance.random(size) < (deaths / (1 + deaths))[drawn]
    died = np.where(
        dies, np.maximum(born, KNOWN) + (chance.random(size) * (TODAY - 2 - np.maximum(born, KNOWN))).astype(np.int64), NEVER
    )
    order = np.argsort(born, kind="stable")
    return sex[order], born[order], np.maximum(died, born)[order]


def _marry(chance: np.random.Generator, sex: Array, born: Array) -> Array:
    """Men and women of like age marry; some stay alone."""
    age = ((TODAY - born) / YEAR).astype(np.int64)
    men = np.flatnonzero((sex == MALE) & (age >= 23))[::-1]
    women = np.flatnonzero((sex == FEMALE) & (age >= 21))[::-1]
    pairs = min(len(men), len(women))
    men, women = men[:pairs], women[:pairs]
    older = np.maximum(age[men], age[women])
    wed = chance.random(pairs) < np.where(older < 60, 0.92, np.where(older < 75, 0.78, 0.7))
    spouse = np.full(len(born), -1)
    spouse[men[wed]], spouse[women[wed]] = women[wed], men[wed]
    return spouse


def _parents(chance: np.random.Generator, sex: Array, born: Array, died: Array, spouse: Array) -> tuple[Array, Array]:
    """Each younger person gets a mother 19 to 40 years older, nearly always a married one, and her husband as father."""
    mother = np.full(len(born), -1)
    for candidates, share in (((sex == FEMALE) & (spouse >= 0), 1.0), (sex == FEMALE, 0.05)):
        women = np.flatnonzero(candidates)
        low = np.searchsorted(born[women], born - round(40 * YEAR))
        high = np.searchsorted(born[women], born - round(19 * YEAR))
        fits = (low < high) & (born > day("1965-01-01")) & (chance.random(len(born)) < share)
        picked = low + (chance.random(len(born)) * (high - low)).astype(np.int64)
        mother[fits] = women[picked[fits]]
    mother = np.where((mother >= 0) & (died[mother] >= born), mother, -1)
    father = np.where(mother >= 0, spouse[mother], -1)
    return mother, np.where((father >= 0) & (died[father] >= born), father, -1)


def _settle(chance: np.random.Generator, born: Array, spouse: Array, mother: Array) -> Array:
    """Couples keep house with their unmarried children; some old people live with a married child. The number of the household."""
    size, own = len(born), np.arange(len(born))
    age = ((TODAY - born) / YEAR).astype(np.int64)
    couple = np.where(spouse >= 0, np.minimum(own, spouse), own)
    target = couple.copy()
    stays = (spouse < 0) & (mother >= 0) & ((age < 27) | (chance.random(size) < 0.8))
    target[stays] = couple[mother[stays]]
    married = np.flatnonzero((spouse >= 0) & (mother >= 0))
    child_of = np.full(size, -1)
    child_of[couple[mother[married]]] = couple[married]
    joins = (target == own) & (age >= 60) & (child_of >= 0) & (chance.random(size) < 0.7)
    target[joins] = child_of[joins]
    roots = np.flatnonzero((target == own) & (age >= 18))
    astray = (age < 18) & (target == own)
    if len(roots):
        target[astray] = roots[chance.integers(0, len(roots), int(astray.sum()))]
    for _ in range(7):
        target = target[target]
    return np.unique(target, return_inverse=True)[1]


def _heads(born: Array, died: Array, spouse: Array, house: Array) -> Array:
    """The head of each household: of the living the one in working age, else the oldest."""
    age = (TODAY - born) / YEAR
    alive = died == NEVER
    worth = alive * 1000 + ((age >= 25) & (age < 62)) * 300 + (spouse >= 0) * 100 + np.minimum(age, 99)
    order = np.lexsort((-worth, house))
    first = np.flatnonzero(np.diff(house[order], prepend=-1))
    return order[first]


def _relations(sex: Array, spouse: Array, mother: Array, father: Array, house: Array, head: Array) -> tuple[Array, Array]:
    own, mine = np.arange(len(sex)), head[house]
    is_head = mine == own
    partner = (spouse == mine) & ~is_head
    child = (mother == mine) | (father == mine) | ((spouse[mine] >= 0) & ((mother == spouse[mine]) | (father == spouse[mine])))
    relation = np.select(
        [is_head, partner & (sex == FEMALE), partner, child, father[mine] == own, mother[mine] == own],
        [RELATIONS.index(word) for word in ("chủ hộ", "vợ", "chồng", "con", "bố", "mẹ")],
        RELATIONS.index("cháu"),
    )
    return relation, is_head


def _moves(chance: np.random.Generator, born: Array, died: Array, index: int, grounds: int) -> tuple[Array, Array]:
    """About one grown-up in fifty came from another commune since 2021: the day, and which commune (-1: always here)."""
    size = len(born)
    age = (TODAY - born) / YEAR
    moves = (chance.random(size) < 0.018) & (age >= 24) & (grounds > 1)
    moved = KNOWN + 60 + (chance.random(size) * (TODAY - KNOWN - 120)).astype(np.int64)
    moves &= moved < died
    other = (index + 1 + chance.integers(0, max(1, grounds - 1), size)) % grounds
    return np.where(moves, moved, NEVER), np.where(moves, other, -1)


def _numbers(chance: np.random.Generator, code: str, index: int, grounds: int, sex: Array, born: Array) -> list[str]:
    """Invented personal numbers in the published structure: no two alike in the province, none for one in three hundred."""
    year = years_of(born)
    group = sex * 1000 + year - 1000
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    rank = np.empty(len(sex), np.int64)
    rank[order] = np.arange(len(sex)) - np.repeat(starts, np.diff(np.append(starts, len(sex))))
    serial = ((rank * grounds + index) * 7919 + group * 104729) % 1_000_000
    province = "034" if int(code) >= 12400 else "033"
    none = chance.random(len(sex)) < 0.003
    heads = [f"{province}{2 * (y >= 2000) + s}{y % 100:02d}" for s, y in zip(sex.tolist(), year.tolist(), strict=True)]
    return ["\\N" if no else f"{head}{n:06d}" for no, head, n in zip(none.tolist(), heads, serial.tolist(), strict=True)]
