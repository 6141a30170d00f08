"""Rows of the register for one commune: people, households, where they lived and live, circumstances, relatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ansinh.demo.synth import columns as c
from ansinh.demo.synth.circumstances import Facts, rows_of_houses, rows_of_people
from ansinh.demo.synth.columns import ALWAYS, NEVER, Array
from ansinh.demo.synth.ground import Calendar, Ground
from ansinh.demo.synth.loading import Block
from ansinh.demo.synth.people import KNOWN, RELATIONS, TODAY, YEAR, Lives

SOURCE, ACTOR, AT = "Dữ liệu trình diễn", "Hệ thống", "2026-11-20 08:00:00+07"
RECORDED = ("source", "recorded_by", "recorded_at")
TAIL = f"\t{SOURCE}\t{ACTOR}\t{AT}"
_RELATIVES_UNTIL = 22  # the law asks about no older child

PERSON = (
    "id", "full_name", "sort_key", "sex", "born_on", "birth_precision", "personal_number", "unit_id", "village_id", "address",
    "died_on", "death_source", "ethnicity", "telephone", "payment_book", *RECORDED,
)  # fmt: skip
HOUSEHOLD = ("id", "local_code", "unit_id", "village_id", "address", *RECORDED)
MEMBERSHIP = ("person_id", "household_id", "relation", "is_head", "period", *RECORDED)
RESIDENCE = ("person_id", "unit_id", "village_id", "period", *RECORDED)
CIRCUMSTANCE = ("person_id", "kind", "value", "period", "is_sensitive", "detail", *RECORDED)
HOUSE_FACT = ("household_id", "kind", "value", "period", "detail", *RECORDED)
RELATIVE = ("person_id", "kind", "name", "known_id", "period", *RECORDED)


@dataclass
class Settled:
    """The people of one commune with the keys their rows have, and the chains of units they lived in (rows of the calendar)."""

    ground: Ground
    lives: Lives
    facts: Facts
    first: int
    first_house: int
    chain: Array
    from_chain: Array

    def unit_on(self, calendar: Calendar, people: Array, months: Array) -> Array:
        """Where people lived at the start of months."""
        moved = c.months_of(np.minimum(self.lives.moved[people], TODAY))
        before = (self.lives.moved[people] < NEVER) & (months <= moved)
        return calendar.on(np.where(before, self.from_chain[people], self.chain[people]), months)


def settle(
    ground: Ground, lives: Lives, facts: Facts, calendar: Calendar, *, index: int, first: int, first_house: int
) -> Settled:
    """`index`: the place of the commune; keys of its people and households start at `first` and `first_house`."""
    chain = calendar.base[index] + ground.chain_of_village[lives.village]
    sizes = np.diff([*calendar.base, len(calendar.units)])
    other = np.maximum(lives.from_ground, 0)
    from_chain = np.array(calendar.base)[other] + np.arange(lives.size) % sizes[other]
    return Settled(ground, lives, facts, first, first_house, chain, np.where(lives.from_ground >= 0, from_chain, -1))


def register(settled: Settled, chains: Chains) -> Iterator[Block]:
    """All rows of the room `people`, but accounts and payees."""
    yield "people_household", HOUSEHOLD, _households(settled)
    yield "people_person", PERSON, _persons(settled)
    yield "people_membership", MEMBERSHIP, _memberships(settled)
    yield "people_residence", RESIDENCE, chains.residences(settled)
    yield "people_circumstance", CIRCUMSTANCE, _circumstances(settled)
    yield "people_householdcircumstance", HOUSE_FACT, _house_facts(settled)
    yield "people_relative", RELATIVE, _relatives(settled)


def _village_keys(settled: Settled, villages: Array) -> tuple[list[str], list[str]]:
    known = settled.ground.villages
    return c.chosen([str(v.id) for v in known], villages), c.chosen([v.name for v in known], villages)


def _households(settled: Settled) -> bytes:
    villages = settled.lives.village_of_house
    number = np.arange(len(villages))
    code, unit = settled.ground.code, str(settled.ground.unit.id)
    keys, names = _village_keys(settled, villages)
    local = [f"{code}-{n + 1:05d}" for n in number.tolist()]
    return c.block(c.texts(number + settled.first_house), local, [unit] * len(number), keys, names, tail=TAIL)


def _persons(settled: Settled) -> bytes:
    lives = settled.lives
    everyone = np.arange(lives.size)
    keys, names = _village_keys(settled, lives.village)
    dead = lives.died < NEVER
    return c.block(
        c.texts(everyone + settled.first), lives.names.of(everyone), lives.names.sorted_of(everyone),
        c.chosen(("male", "female"), lives.sex), c.day_texts(lives.born), c.chosen(("day", "year"), lives.year_only.astype(int)),
        lives.number, [str(settled.ground.unit.id)] * lives.size, keys, names, c.day_texts(lives.died),
        c.chosen(("", SOURCE), dead.astype(int)), tail=f"\tKinh\t\t{TAIL}",
    )  # fmt: skip


def _memberships(settled: Settled) -> bytes:
    lives = settled.lives
    return c.block(
        c.texts(np.arange(lives.size) + settled.first), c.texts(lives.house + settled.first_house),
        c.chosen(RELATIONS, lives.relation), c.flags(lives.is_head), c.periods(lives.since, np.full(lives.size, NEVER)), tail=TAIL,
    )  # fmt: skip


@dataclass
class Chains:
    """The units of all chains with their days, padded to the longest: chains × steps."""

    unit: Array
    since: Array
    until: Array

    @classmethod
    def of(cls, grounds: list[Ground]) -> Chains:
        chains = [chain for ground in grounds for chain in ground.chains]
        steps = max(len(chain.units) for chain in chains)
        unit, since = np.full((len(chains), steps), -1), np.full((len(chains), steps), NEVER)
        for row, chain in enumerate(chains):
            unit[row, : len(chain.units)], since[row, : len(chain.units)] = chain.units, chain.since
        return cls(unit, since, np.pad(since[:, 1:], ((0, 0), (0, 1)), constant_values=NEVER))

    def residences(self, settled: Settled) -> bytes:
        """Every unit somebody lived in since 2021: a row for each piece of time, of both maps."""
        lives = settled.lives
        never = np.full(lives.size, NEVER)
        came = np.where(lives.moved < NEVER, lives.moved, np.where(lives.born > KNOWN, lives.born, ALWAYS))
        here = self._stays(settled, settled.chain, came, never, with_village=True)
        movers = np.flatnonzero(settled.from_chain >= 0)
        born = np.where(lives.born > KNOWN, lives.born, ALWAYS)
        there = self._stays(settled, settled.from_chain, born, lives.moved, with_village=False, of=movers)
        return here + there

    def _stays(
        self, settled: Settled, chain: Array, start: Array, end: Array, *, with_village: bool, of: Array | None = None
    ) -> bytes:
        people = np.arange(settled.lives.size) if of is None else of
        village = np.array([v.id for v in settled.ground.villages])[settled.lives.village]
        blocks = []
        for step in range(self.unit.shape[1]):
            unit, since, until = (table[chain[people], step] for table in (self.unit, self.since, self.until))
            lower, upper = np.maximum(since, start[people]), np.minimum(until, end[people])
            mine = np.flatnonzero(lower < upper)
            who, now = people[mine], (unit[mine] == settled.ground.unit.id) & with_village
            blocks.append(c.block(
                c.texts(who + settled.first), c.texts(unit[mine]), c.keys(np.where(now, village[who], -1)),
                c.periods(lower[mine], upper[mine]), tail=TAIL,
            ))  # fmt: skip
        return b"".join(blocks)


def _circumstances(settled: Settled) -> bytes:
    blocks = []
    for kind, people, values, start, end in rows_of_people(settled.lives, settled.facts):
        said = [values] * len(people) if isinstance(values, str) else values
        keys = c.texts(people + settled.first)
        sensitive = "t" if kind == "hiv" else "f"
        blocks.append(c.block(keys, [kind] * len(keys), said, c.periods(start, end), tail=f"\t{sensitive}\t{TAIL}"))
    return b"".join(blocks)


def _house_facts(settled: Settled) -> bytes:
    house, values, start, end = rows_of_houses(settled.facts)
    keys = c.texts(house + settled.first_house)
    return c.block(keys, ["poverty"] * len(keys), values, c.periods(start, end), tail=f"\t{TAIL}")


def _relatives(settled: Settled) -> bytes:
    """Parents from the child, the child from the parents, and husband and wife."""
    lives, blocks = settled.lives, []
    young = lives.born > TODAY - round(_RELATIVES_UNTIL * YEAR)
    for kind, parent in (("mother", lives.mother), ("father", lives.father)):
        child = np.flatnonzero(young & (parent >= 0))
        born = c.periods(lives.born[child], np.full(len(child), NEVER))
        blocks.append(_related(settled, child, kind, parent[child], born))
        blocks.append(_related(settled, parent[child], "child", child, born))
    wed = np.flatnonzero(lives.spouse >= 0)
    blocks.append(_related(settled, wed, "spouse", lives.spouse[wed], ["(,)"] * len(wed)))
    return b"".join(blocks)


def _related(settled: Settled, people: Array, kind: str, others: Array, period: list[str]) -> bytes:
    keys, known = c.texts(people + settled.first), c.texts(others + settled.first)
    return c.block(keys, [kind] * len(keys), settled.lives.names.of(others), known, period, tail=TAIL)
