"""What is true of the invented people: disability, poverty, family, study, pensions. Shares are assumptions, no statistic."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ansinh.demo.population import Household, Human

YEAR = date(2026, 1, 1)
LAST_YEAR = date(2025, 1, 1)


def live(humans: list[Human], households: list[Household], chance: random.Random, on: date) -> None:
    """Give every household and person their facts, in place."""
    for house in households:
        _poverty(house, chance)
    for index, human in enumerate(humans):
        _disability(human, chance, on)
        _family(index, human, humans, households[human.household], chance, on)
        _means(human, chance, on)
        _study(human, chance, on)
        _illness(human, chance)
        _death(human, chance, on)


def age(human: Human, on: date) -> int:
    return on.year - human.born.year - ((on.month, on.day) < (human.born.month, human.born.day))


def _some_day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange(max(1, (last - first).days)))


def _poverty(house: Household, chance: random.Random) -> None:
    draw = chance.random()
    alone = len(house.members) == 1
    if draw < (0.05 if alone else 0.011):
        house.facts.append(("poverty", "poor", LAST_YEAR if chance.random() < 0.6 else YEAR, None))
    elif draw < (0.09 if alone else 0.026):
        house.facts.append(("poverty", "near_poor", YEAR, None))
    elif draw < (0.1 if alone else 0.032):
        house.facts.append(("poverty", "near_poor", LAST_YEAR, YEAR))


def _disability(human: Human, chance: random.Random, on: date) -> None:
    years = age(human, on)
    share = 0.009 if years < 16 else 0.016 if years < 60 else 0.045 if years < 80 else 0.08
    if chance.random() >= share:
        return
    degree = chance.choices(["mild", "severe", "extremely_severe"], [30, 52, 18])[0]
    first = max(human.born + timedelta(days=200), date(2013, 1, 1))
    since = _some_day(chance, first, on - timedelta(days=40)) if first < on - timedelta(days=60) else on - timedelta(days=30)
    human.facts.append(("disability", degree, since, None))
    if degree == "extremely_severe" and chance.random() < 0.9:
        human.facts.append(("cared_by", "own_household", since, None))


def _family(index: int, human: Human, humans: list[Human], house: Household, chance: random.Random, on: date) -> None:
    years = age(human, on)
    if years < 16 and chance.random() < 0.004:
        _lose_parents(human, chance, on)
    if years >= 21 and human.spouse is None:
        _alone(human, humans, house, index, chance, on)
    if years >= 60 and len(house.members) == 1 and chance.random() < (0.6 if house.facts else 0.15):
        human.facts.append(("supporter", "none", None, None))


def _lose_parents(human: Human, chance: random.Random, on: date) -> None:
    since = _some_day(chance, human.born, on - timedelta(days=60)) if human.born < on - timedelta(days=120) else human.born
    states = chance.choices(
        [
            ["dead", "dead"],
            ["dead", "prison_or_measure"],
            ["dead", "missing_declared"],
            ["missing_declared", "prison_or_measure"],
        ],
        [70, 15, 10, 5],
    )[0]
    human.mother = human.father = None
    human.facts.append(("parents", states, since, None))
    human.facts.append(("cared_by", "foster_household", since, None))


def _alone(human: Human, humans: list[Human], house: Household, index: int, chance: random.Random, on: date) -> None:
    state = "unmarried" if age(human, on) < 35 else chance.choices(["widowed", "unmarried", "divorced"], [55, 25, 20])[0]
    human.facts.append(("marital", state, None, None))
    raises = any(humans[m].mother == index or humans[m].father == index for m in house.members if age(humans[m], on) < 16)
    if raises and not house.facts and chance.random() < 0.35:
        house.facts.append(("poverty", chance.choice(["poor", "near_poor"]), YEAR, None))


def _means(human: Human, chance: random.Random, on: date) -> None:
    years = age(human, on)
    if years >= 60 and chance.random() < 0.28:
        human.facts.append(("pension_vnd", chance.randrange(24, 80) * 100_000, None, None))
    elif years >= 60 and chance.random() < 0.05:
        human.facts.append(("insurance_allowance_vnd", chance.randrange(10, 30) * 100_000, None, None))
    elif years >= 75 and chance.random() < 0.05:
        human.facts.append(("survivor_benefit", True, None, None))
    elif years >= 60 and chance.random() < 0.03:
        human.facts.append(("other_monthly_allowance", True, None, None))
    if 18 <= years < 60 and chance.random() < 0.62:
        human.facts.append(("wage", True, None, None))


def _study(human: Human, chance: random.Random, on: date) -> None:
    years = age(human, on)
    if 6 <= years < 18 and chance.random() < 0.96:
        human.facts.append(("study", "general", date(human.born.year + 6, 9, 5), None))
    elif 18 <= years < 23 and chance.random() < 0.45:
        human.facts.append(
            ("study", chance.choice(["vocational", "college", "first_degree"]), date(human.born.year + 18, 9, 5), None)
        )


def _illness(human: Human, chance: random.Random) -> None:
    if chance.random() < 0.0009:
        human.facts.append(("hiv", True, None, None))


def _death(human: Human, chance: random.Random, on: date) -> None:
    """Some died in the last four months: those the month's list must hold."""
    share = 0.0004 if age(human, on) < 60 else 0.004 if age(human, on) < 75 else 0.02
    if chance.random() < share:
        human.died = _some_day(chance, on - timedelta(days=110), on)
