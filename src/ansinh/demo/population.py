"""An invented population: people with families, and what is true of them. Pure and repeatable: a seed gives the same people.

Ages follow the official projection of 2026, communes the census of 2019, names published weights; shares of circumstances are
assumptions of the generator, chosen so that every benefit occurs, and are no statistic.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ansinh.demo import names

REFERENCE = Path(__file__).parent / "reference"
SURVEYED = date(2026, 1, 1)

Fact = tuple[str, object, date | None, date | None]


@dataclass
class Human:
    """One invented person. `facts` are (kind, value, from, to); relatives are positions in the commune's list."""

    sex: str
    born: date
    name: str = ""
    precision: str = "day"
    number: str = ""
    household: int = -1
    relation: str = ""
    mother: int | None = None
    father: int | None = None
    spouse: int | None = None
    facts: list[Fact] = field(default_factory=list)
    died: date | None = None


@dataclass
class Household:
    members: list[int]
    village: int
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Commune:
    """The invented people of one commune."""

    code: str
    humans: list[Human]
    households: list[Household]
    villages: int


@cache
def commune_weights() -> dict[str, int]:
    """Population of each commune of the province by the census of 2019."""
    with (REFERENCE / "commune_population_2019.csv").open(encoding="utf-8") as stream:
        return {row["code"]: int(row["population"]) for row in csv.DictReader(stream)}


def pyramid() -> tuple[list[str], list[float]]:
    """Groups ('female 75-79') with the people each has by the projection of 2026."""
    weights: dict[str, float] = {}
    with (REFERENCE / "age_sex_2026.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            key = f"{row['sex']} {row['age_group']}"
            weights[key] = weights.get(key, 0) + int(row["population"])
    return list(weights), list(weights.values())


@cache
def _pyramid() -> names.Weighted:
    return names.Weighted(dict(zip(*pyramid(), strict=True)))


def communes(*, people: int, seed: int, codes: list[str] | None = None, on: date) -> Iterator[Commune]:
    """Invent about `people` people over the communes `codes` (default: all), sized as the census has them."""
    weights = {code: w for code, w in commune_weights().items() if codes is None or code in codes}
    whole = sum(weights.values())
    for code, weight in weights.items():
        yield _commune(code, max(20, round(people * weight / whole)), random.Random(f"{seed}/{code}"), on)


def _commune(code: str, size: int, chance: random.Random, on: date) -> Commune:
    humans = sorted((_born(chance, on) for _ in range(size)), key=lambda h: h.born)
    _marry(humans, chance, on)
    _give_parents(humans, chance)
    villages = max(2, size // 700)
    households = _settle(humans, villages, chance, on)
    _name(humans, code, chance)
    _live(humans, households, chance, on)
    return Commune(code, humans, households, villages)


def _born(chance: random.Random, on: date) -> Human:
    sex, group = _pyramid().draw(chance).split(" ")
    low = int(group.rstrip("+").split("-")[0])
    years = low + (min(24, int(chance.expovariate(1 / 6))) if group.endswith("+") else chance.randrange(5))
    return Human(sex=sex, born=on - timedelta(days=int(years * 365.25) + chance.randrange(365)))


def _age(human: Human, on: date) -> int:
    return on.year - human.born.year - ((on.month, on.day) < (human.born.month, human.born.day))


def _marry(humans: list[Human], chance: random.Random, on: date) -> None:
    """Men and women of like age marry; some stay alone, some were widowed before."""
    youngest_first = range(len(humans) - 1, -1, -1)
    men = [i for i in youngest_first if humans[i].sex == "male" and _age(humans[i], on) >= 23]
    women = [i for i in youngest_first if humans[i].sex == "female" and _age(humans[i], on) >= 21]
    for man, woman in zip(men, women, strict=False):
        older = max(_age(humans[man], on), _age(humans[woman], on))
        if chance.random() < (0.86 if older < 60 else 0.72 if older < 75 else 0.45):
            humans[man].spouse, humans[woman].spouse = woman, man


def _give_parents(humans: list[Human], chance: random.Random) -> None:
    """Each younger person gets a mother 19 to 40 years older, and her husband as father."""
    mothers = [i for i, h in enumerate(humans) if h.sex == "female"]
    births = [humans[i].born for i in mothers]
    low = high = 0
    for index, human in enumerate(humans):
        while low < len(births) and births[low] < human.born - timedelta(days=40 * 365):
            low += 1
        while high < len(births) and births[high] < human.born - timedelta(days=19 * 365):
            high += 1
        if low < high and human.born.year > 1965:
            mother = mothers[chance.randrange(low, high)]
            if humans[mother].spouse is not None or chance.random() < 0.06:
                human.mother, human.father = mother, humans[mother].spouse
            else:
                _choose_married_mother(human, index, humans, mothers[low:high], chance)


def _choose_married_mother(human: Human, index: int, humans: list[Human], candidates: list[int], chance: random.Random) -> None:
    for _ in range(6):
        mother = candidates[chance.randrange(len(candidates))]
        if humans[mother].spouse not in (None, index):
            human.mother, human.father = mother, humans[mother].spouse
            return


def _settle(humans: list[Human], villages: int, chance: random.Random, on: date) -> list[Household]:
    """Couples keep house with their unmarried children; many old people live with a married child."""
    households: list[Household] = []

    def join(index: int, house: int, relation: str) -> None:
        humans[index].household, humans[index].relation = house, relation
        households[house].members.append(index)

    for index in range(len(humans) - 1, -1, -1):
        human = humans[index]
        if human.household >= 0 or _age(human, on) < 18 or (_age(human, on) >= 60 and chance.random() < 0.45):
            continue
        if human.spouse is None and human.mother is not None and (_age(human, on) < 30 or chance.random() < 0.7):
            continue
        households.append(Household([], chance.randrange(villages)))
        house = len(households) - 1
        join(index, house, "chủ hộ")
        if human.spouse is not None and humans[human.spouse].household < 0:
            join(human.spouse, house, "vợ" if human.sex == "male" else "chồng")
    _old_with_children(humans, households, join, villages, chance, on)
    for index, human in enumerate(humans):
        if human.household < 0:
            home = next((humans[p].household for p in (human.mother, human.father) if p is not None), -1)
            join(index, home if home >= 0 else chance.randrange(len(households)), "con" if home >= 0 else "cháu")
    return households


def _old_with_children(humans, households, join, villages: int, chance: random.Random, on: date) -> None:
    children: dict[int, list[int]] = {}
    for index, human in enumerate(humans):
        for parent in (human.mother, human.father):
            if parent is not None and human.household >= 0 and human.relation == "chủ hộ":
                children.setdefault(parent, []).append(index)
    for index, human in enumerate(humans):
        if human.household >= 0 or _age(human, on) < 60:
            continue
        spouse = human.spouse
        if spouse is not None and humans[spouse].household >= 0:
            join(index, humans[spouse].household, "vợ" if human.sex == "female" else "chồng")
        elif mine := children.get(index):
            join(index, humans[mine[0]].household, "mẹ" if human.sex == "female" else "bố")
        else:
            households.append(Household([], chance.randrange(villages)))
            join(index, len(households) - 1, "chủ hộ")


def _name(humans: list[Human], code: str, chance: random.Random) -> None:
    """Children take the father's family name. Numbers are invented in the published structure."""
    families: dict[int, str] = {}
    for index, human in enumerate(humans):  # oldest first: fathers are named before their children
        parent = human.father if human.father is not None else human.mother
        families[index] = families.get(parent, "") if parent is not None else ""
        families[index] = families[index] or names.surname(chance)
        human.name = names.full_name(chance, sex=human.sex, born_year=human.born.year, family=families[index])
        century = {19: 0, 20: 2}[human.born.year // 100] + (human.sex == "female")
        province = "034" if int(code) >= 12400 else "033"
        serial = f"{(int(code) * 7919 + index) % 1_000_000:06d}"
        human.number = f"{province}{century}{human.born.year % 100:02d}{serial}"
        if human.born.year < 1957 and chance.random() < 0.12:
            human.precision, human.born = "year", date(human.born.year, 1, 1)


def _live(humans: list[Human], households: list[Household], chance: random.Random, on: date) -> None:
    from ansinh.demo.circumstances import live

    live(humans, households, chance, on)
