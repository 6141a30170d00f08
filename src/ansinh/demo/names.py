"""Invented Vietnamese names, drawn by published weights. A name may by chance equal a real person's; none was read."""

from __future__ import annotations

import random
from bisect import bisect
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


def surname(chance: random.Random) -> str:
    return _tables()["surname"].draw(chance)


def full_name(chance: random.Random, *, sex: str, born_year: int, family: str) -> str:
    """Family name, middle name (sometimes none), given name, in the fashion of the birth year."""
    period = "old" if born_year < 1960 else "middle" if born_year < 1990 else "young"
    middle = _tables()["middle", sex, period].draw(chance)
    given = _tables()["given", sex, period].draw(chance)
    words = [family, given] if middle in ("none", given) else [family, middle, given]
    return " ".join(words)
