"""The law: one household at a time, the tree of reasons, a whole month in columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.demo.eligible import situation
from ansinh.demo.population import Commune, Human
from ansinh.entitlements.queries import explanation_for, law_for
from ansinh.law import bulk
from ansinh.law import bulk_facts as words
from ansinh.people.models import Person
from ansinh.project.bench.figures import Figure, clocked
from ansinh.project.bench.province import DAY, Province

MONTH = date(2026, 11, 1)
_HOUSES, _TREES, _ASKED = 1500, 300, 60
_ANSWERS = {"social_pension_low_pension_mode": "full"}
_LISTS = {
    "study": words.STUDIES, "marital": words.MARITAL, "supporter": words.SUPPORTER, "disability": words.DISABILITY,
    "cared_by": words.CARED_BY,
}  # fmt: skip
_PLAIN = ("hiv", "wage", "survivor_benefit", "other_monthly_allowance", "pension_vnd", "insurance_allowance_vnd")


def measure(province: Province) -> list[Figure]:
    houses = [(place.commune, house) for place in province.places for house in place.commune.households][:_HOUSES]
    asked = _through_the_register(province.officer, law_for)
    with clocked() as scalar:
        for commune, house in houses:
            law.monthly(situation(commune.humans, house, MONTH), MONTH)
    each = scalar.seconds / sum(len(house.members) for _, house in houses)
    with clocked() as tree:
        for commune, house in houses[:_TREES]:
            law.explain(situation(commune.humans, house, MONTH), MONTH, f"p{house.members[0]}")
    trees = min(_TREES, len(houses))
    told = _through_the_register(province.officer, explanation_for)
    return [
        Figure("law_scalar", "Luật, từng hộ (trên mỗi người)", "ms", each * 1000, "hỏi từng người từ sổ (ORM)", asked * 1000,
               f"{_ASKED} người", scalar.peak_mb),
        Figure("law_tree", "Luật, cây giải thích một người", "ms", tree.seconds / trees * 1000, "từ sổ (ORM) đến bảng “Vì sao?”",
               told * 1000, f"{_ASKED} người", tree.peak_mb),
        _whole_month(province, each),
    ]  # fmt: skip


def _through_the_register(officer: Post, question) -> float:
    """Seconds a person when facts are gathered row by row from the database."""
    with as_post(officer, on=DAY):
        persons = list(Person.objects.filter(unit=officer.office.unit).order_by("id")[:_ASKED])
        with clocked() as clock:
            for person in persons:
                question(person, MONTH)
    return clock.seconds / len(persons)


def _whole_month(province: Province, each: float) -> Figure:
    with clocked() as clock:
        for place in province.places:
            bulk.month(columns_of(place.commune, MONTH), MONTH, _ANSWERS)
    return Figure(
        "law_month", f"Luật, cả tháng cho {province.size} người (NumPy, kể cả lập cột)", "giây", clock.seconds,
        "từng hộ một bằng Python", each * province.size, f"{_HOUSES} hộ", clock.peak_mb,
    )  # fmt: skip


def columns_of(commune: Commune, month: date) -> dict[str, np.ndarray]:
    """The commune as columns, facts as they are on the first day of the month."""
    humans = commune.humans
    facts = [dict(_on(human.facts, month)) for human in humans]
    poverty = [dict(_on(house.facts, month)).get("poverty", "not_poor") for house in commune.households]
    columns = {
        "birth": np.array([human.born for human in humans], "datetime64[D]"),
        "parents": np.array([words.pair_code(*found.get("parents", ("alive_present",) * 2)) for found in facts]),
        "ended": np.array([human.died is not None and human.died < month for human in humans]),
        "poverty": np.array([words.POVERTY.index(poverty[human.household]) for human in humans]),
        "spouse": np.array([_near(human, human.spouse, humans) for human in humans]),
        "raiser": np.array([_near(human, human.mother, humans) for human in humans]),
        "raiser_two": np.array([_near(human, human.father, humans) for human in humans]),
    }
    defaults = {"marital": "married", "supporter": "has"}
    for name, allowed in _LISTS.items():
        columns[name] = np.array([allowed.index(found.get(name, defaults.get(name, "none"))) for found in facts])
    return columns | {name: np.array([found.get(name, 0) for found in facts]) for name in _PLAIN}


def _on(facts: list, day: date) -> Iterator[tuple]:
    for kind, value, start, end in facts:
        if (start is None or start <= day) and (end is None or day < end):
            yield kind, value


def _near(human: Human, other: int | None, humans: list[Human]) -> int:
    """The row of a relative who keeps the same house, else -1."""
    return other if other is not None and humans[other].household == human.household else -1
