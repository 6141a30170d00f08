"""Names of many people: drawn by published weights, each different name folded once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ansinh.demo import names as tables
from ansinh.demo.synth.columns import Array
from ansinh.kernel.folding import sort_key


@dataclass
class Names:
    """`full` and `sort` are the different names; `index` says which one a person has."""

    full: list[str]
    sort: list[str]
    index: Array

    def of(self, people: Array) -> list[str]:
        return [self.full[n] for n in self.index[people].tolist()]

    def sorted_of(self, people: Array) -> list[str]:
        return [self.sort[n] for n in self.index[people].tolist()]


def draw(chance: np.random.Generator, sex: Array, year: Array, mother: Array, father: Array) -> Names:
    """Children take the father's family name, else the mother's. Parents stand before their children."""
    family = _drawn(chance, "surname", len(sex))
    parent = np.where(father >= 0, father, mother)
    for _ in range(5):
        family = np.where(parent >= 0, family[parent], family)
    words = {kind: tables.words(kind) for kind in ("middle", "given")}
    parts = {kind: np.zeros(len(sex), np.int64) for kind in words}
    for number, letter in enumerate(("male", "female")):
        for period, first, last in (("old", 0, 1960), ("middle", 1960, 1990), ("young", 1990, 9999)):
            mine = np.flatnonzero((sex == number) & (year >= first) & (year < last))
            for kind, known in words.items():
                parts[kind][mine] = known.start(letter, period) + _drawn(chance, (kind, letter, period), len(mine))
    combined = (family * len(words["middle"].all) + parts["middle"]) * len(words["given"].all) + parts["given"]
    different, index = np.unique(combined, return_inverse=True)
    full = [_joined(int(code), words) for code in different]
    return Names(full, [sort_key(name) for name in full], index)


def _joined(code: int, words: dict) -> str:
    rest, given = divmod(code, len(words["given"].all))
    family, middle = divmod(rest, len(words["middle"].all))
    return tables.joined(tables.weighted("surname").words[family], words["middle"].all[middle], words["given"].all[given])


def _drawn(chance: np.random.Generator, key: object, size: int) -> Array:
    sums = np.array(tables.weighted(key).sums)
    return np.searchsorted(sums, chance.random(size) * sums[-1], side="right").clip(0, len(sums) - 1)
