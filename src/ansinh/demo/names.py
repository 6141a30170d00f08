"""Invented Vietnamese names, drawn by published weights. A name may by chance equal a real person's; none was read."""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "reference" / "names.yaml"


class Weighted:
    """Words with weights, drawn quickly."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.words = list(weights)
        self.sums = list(accumulate(weights.values()))

    def draw(self, chance: random.Random) -> str:
        return self.words[min(bisect(self.sums, chance.random() * self.sums[-1]), len(self.words) - 1)]


@cache
def _tables() -> dict:
    with _FILE.open(encoding="utf-8") as stream:
        raw = yaml.safe_load(stream)
    given, middle = raw["given_names"], raw["middle_names"]
    tables: dict = {"surname": Weighted(raw["surnames"])}
    for sex in ("male", "female"):
        young, old = given["born_1991_on"][sex], given["born_before_1960"][sex]
        mixed = {name: young.get(name, 0) + old.get(name, 0) for name in {**young, **old}}
        for period, words in (("old", old), ("middle", mixed), ("young", young)):
            tables["given", sex, period] = Weighted(words)
        for key, period in (("born_before_1960", "old"), ("1960_1989", "middle"), ("1990_on", "young")):
            tables["middle", sex, period] = Weighted(middle[sex][key])
    return tables


def weighted(key: object) -> Weighted:
    """The words of one table: 'surname', ('middle', sex, period) or ('given', sex, period)."""
    return _tables()[key]


@dataclass(frozen=True)
class Words:
    """All words of one kind, table after table, and where each table starts."""

    all: list[str]
    starts: dict[tuple[str, str], int]

    def start(self, sex: str, period: str) -> int:
        return self.starts[sex, period]


@cache
def words(kind: str) -> Words:
    """The words of all 'middle' or 'given' tables in one row."""
    found = Words([], {})
    for sex in ("male", "female"):
        for period in ("old", "middle", "young"):
            found.starts[sex, period] = len(found.all)
            found.all.extend(_tables()[kind, sex, period].words)
    return found


def surname(chance: random.Random) -> str:
    return _tables()["surname"].draw(chance)


def full_name(chance: random.Random, *, sex: str, born_year: int, family: str) -> str:
    """Family name, middle name (sometimes none), given name, in the fashion of the birth year."""
    period = "old" if born_year < 1960 else "middle" if born_year < 1990 else "young"
    middle = _tables()["middle", sex, period].draw(chance)
    given = _tables()["given", sex, period].draw(chance)
    return joined(family, middle, given)


def joined(family: str, middle: str, given: str) -> str:
    """The words of a name; no middle name where it is none, or the given name again."""
    return " ".join([family, given] if middle in ("none", given) else [family, middle, given])
