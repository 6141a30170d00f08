"""What is true of the invented people since 2021: disability, poverty by year, family, study, pensions. Shares are assumptions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ansinh.demo.synth.columns import ALWAYS, NEVER, Array, day, first_days, months_of, years_of
from ansinh.demo.synth.people import DAY, TODAY, YEAR, Lives
from ansinh.law import bulk_facts as words

YEARS = tuple(range(2021, DAY.year + 1))
_PAIRS = (
    ("dead", "dead"), ("dead", "prison_or_measure"), ("dead", "missing_declared"), ("missing_declared", "prison_or_measure"),
    ("unidentified", "dead"),
)  # fmt: skip
_SEVERE, _EXTREME = words.DISABILITY.index("severe"), words.DISABILITY.index("extremely_severe")
_OWN, _FOSTER = words.CARED_BY.index("own_household"), words.CARED_BY.index("foster_household")
_UNMARRIED, _WIDOWED, _DIVORCED = (words.MARITAL.index(w) for w in ("unmarried", "widowed", "divorced"))
# Share with a disability certificate by age: under 16, 16 to 59, 60 to 79, from 80 on.
_CERTIFIED = (0.015, 0.046, 0.14, 0.16)


@dataclass
class Facts:
    """Columns of facts. A fact holds from its `_since` day; -1 or 0: not there. `poverty` is household × year."""

    degree: Array
    degree_since: Array
    degree_before: Array
    degree_before_since: Array
    cared: Array
    cared_since: Array
    pair: Array
    pair_since: Array
    pair_codes: Array
    hiv_since: Array
    marital: Array
    no_supporter: Array
    pension: Array
    insurance: Array
    survivor: Array
    other: Array
    wage: Array
    study: Array
    study_since: Array
    study_until: Array
    poverty: Array

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return _PAIRS


def befall(lives: Lives, seed: int, code: str) -> Facts:
    """Give the people of a commune their circumstances. Orphans lose their parents in `lives`."""
    chance = np.random.default_rng([seed, int(code), 3])
    age = lives.age_on(TODAY)
    degree, since, before, before_since = _disability(chance, lives, age)
    pair, pair_since = _orphans(chance, lives, age)
    cared = np.where((degree == _EXTREME) & (chance.random(lives.size) < 0.9), _OWN, 0)
    foster = (pair >= 0) & (cared == 0)
    raising = _raising(lives)
    marital = _marital(chance, lives, age, raising)
    alone = np.bincount(lives.house)[lives.house] == 1
    study, study_since, study_until = _study(chance, lives, pair, raising)
    pension, insurance, survivor, other = _means(chance, age)
    hiv = chance.random(lives.size) < 0.0011
    hiv_since = np.where(
        hiv, np.maximum(lives.born, day("2012-01-01") + (chance.random(lives.size) * 4800).astype(np.int64)), NEVER
    )
    return Facts(
        degree=degree, degree_since=since, degree_before=before, degree_before_since=before_since,
        cared=np.where(foster, _FOSTER, cared), cared_since=np.where(foster, pair_since, since),
        pair=pair, pair_since=pair_since, pair_codes=np.array([words.pair_code(*p) for p in _PAIRS] + [0]),
        hiv_since=hiv_since, marital=marital, no_supporter=alone & (age >= 60) & (chance.random(lives.size) < 0.35),
        pension=pension, insurance=insurance, survivor=survivor, other=other,
        wage=hiv & (age >= 18) & (age < 60) & (chance.random(lives.size) < 0.4),
        study=study, study_since=study_since, study_until=study_until,
        poverty=_poverty(chance, lives, degree >= _SEVERE, pair >= 0, raising & (lives.spouse < 0), alone),
    )  # fmt: skip


def _disability(chance: np.random.Generator, lives: Lives, age: Array) -> tuple[Array, Array, Array, Array]:
    """Degree of the certificate and its day; for one in sixteen a lighter degree before."""
    size = lives.size
    share = np.array(_CERTIFIED)[np.digitize(age, (16, 60, 80))]
    first = np.maximum(lives.born + 200, day("2013-01-01"))
    certified = (chance.random(size) < share) & (first < np.minimum(lives.died, TODAY) - 60)
    drawn = chance.choice([1, _SEVERE, _EXTREME], size, p=[0.16, 0.66, 0.18])
    last = np.minimum(lives.died, TODAY) - 20
    since = first + (chance.random(size) ** 1.3 * np.maximum(1, last - first)).astype(np.int64)
    worse = certified & (drawn > 1) & (chance.random(size) < 0.06) & (since - first > 400)
    before = np.where(worse, drawn - 1, 0)
    return np.where(certified, drawn, 0), np.where(certified, since, NEVER), before, np.where(worse, first + 100, NEVER)


def _orphans(chance: np.random.Generator, lives: Lives, age: Array) -> tuple[Array, Array]:
    """Children who lost both parents, and the young people among them who still study."""
    lost = (age < 21) & (chance.random(lives.size) < 0.0075)
    first = lives.born + 30
    last = np.minimum(np.minimum(lives.died, TODAY), lives.born + round(15.5 * YEAR)) - 20
    lost &= last > first
    since = first + (chance.random(lives.size) * np.maximum(1, last - first)).astype(np.int64)
    lives.mother[lost] = lives.father[lost] = -1
    pair = np.where(lost, chance.choice(len(_PAIRS), lives.size, p=[0.66, 0.14, 0.1, 0.05, 0.05]), -1)
    return pair, np.where(lost, since, NEVER)


def _raising(lives: Lives) -> Array:
    """Who has a child under 22 in the same household."""
    found = np.zeros(lives.size, bool)
    young = lives.born > TODAY - round(22 * YEAR)
    for parent in (lives.mother, lives.father):
        children = np.flatnonzero(young & (parent >= 0))
        children = children[lives.house[children] == lives.house[parent[children]]]
        found[parent[children]] = True
    return found


def _marital(chance: np.random.Generator, lives: Lives, age: Array, raising: Array) -> Array:
    """Written down for those who raise children without a husband or wife; -1: nothing written."""
    alone = raising & (lives.spouse < 0) & (age >= 18)
    drawn = np.where(age < 30, _UNMARRIED, chance.choice([_WIDOWED, _UNMARRIED, _DIVORCED], lives.size, p=[0.45, 0.35, 0.2]))
    return np.where(alone, drawn, -1)


def _study(chance: np.random.Generator, lives: Lives, pair: Array, raising: Array) -> tuple[Array, Array, Array]:
    """Written down where the law asks: of orphans, and of children one parent raises. School from six to eighteen, then half go on."""
    single = raising & (lives.spouse < 0)
    asked = (pair >= 0) | ((lives.mother >= 0) & single[lives.mother]) | ((lives.father >= 0) & single[lives.father])
    starts = first_days((years_of(lives.born) + 6 - 1970) * 12 + 8) + 4
    ends = first_days((years_of(lives.born) + 18 - 1970) * 12 + 5)
    asked &= (starts < np.minimum(TODAY, lives.died)) & (lives.born > day("2003-01-01"))
    goes_on = asked & (ends < TODAY) & (chance.random(lives.size) < 0.55)
    kind = np.where(goes_on, chance.choice([3, 5, 6], lives.size), 1)
    since = np.where(goes_on, first_days(months_of(ends) + 3) + 4, starts)
    until = np.where(goes_on, first_days(months_of(since) + 46), ends)
    return np.where(asked, kind, 0), since, until


def _means(chance: np.random.Generator, age: Array) -> tuple[Array, Array, Array, Array]:
    """Monthly pension and insurance allowance in đồng, survivor's benefit, another state allowance: one of them at most."""
    draw, amount = chance.random(len(age)), chance.random(len(age))
    old = age >= 60
    pension = np.where(old & (draw < 0.125), (24 + (amount * 56).astype(np.int64)) * 100_000, 0)
    insurance = np.where(old & (draw >= 0.125) & (draw < 0.145), (10 + (amount * 20).astype(np.int64)) * 100_000, 0)
    survivor = (age >= 70) & (draw >= 0.145) & (draw < 0.165)
    return pension, insurance, survivor, old & (draw >= 0.165) & (draw < 0.18)


def _poverty(chance: np.random.Generator, lives: Lives, disabled: Array, orphan: Array, single: Array, alone: Array) -> Array:
    """Class of each household in each year's review: 0 not poor, 1 near-poor, 2 poor. Poverty is left and met again."""
    houses = int(lives.house.max()) + 1
    odds = np.ones(houses)
    old = alone & (lives.age_on(TODAY) >= 60)
    for who, factor in ((disabled, 2.5), (orphan, 8.0), (single, 9.0), (old, 3.0)):
        odds[np.unique(lives.house[who])] *= factor
    poor, near = np.minimum(0.3, 0.011 * odds), np.minimum(0.3, 0.014 * odds)
    draw = chance.random(houses)
    state = np.where(draw < poor, 2, np.where(draw < poor + near, 1, 0))
    found = [state]
    for _ in YEARS[1:]:
        draw = chance.random(houses)
        up = (state > 0) & (draw < 0.2)
        down = (state == 0) & (draw < 0.16 * (poor + near))
        state = np.where(up, state - 1, np.where(down, 1 + (chance.random(houses) < 0.4), state))
        found.append(state)
    return np.stack(found, axis=1)


def law_columns(lives: Lives, facts: Facts, rows: Array, position: Array, on: int) -> dict[str, Array]:
    """The columns the bulk law asks, of `rows`, as they are on a day. `position`: the new place of each person, -1: left out."""
    year = min(max(int(years_of(np.array([on]))[0]), YEARS[0]), YEARS[-1]) - YEARS[0]
    spouse = lives.spouse[rows]
    widowed = (spouse >= 0) & (lives.died[np.maximum(spouse, 0)] < on)
    marital = np.where(spouse >= 0, np.where(widowed, _WIDOWED, 1), np.where(facts.marital[rows] >= 0, facts.marital[rows], 1))
    degree = np.where(facts.degree_since[rows] <= on, facts.degree[rows],
                      np.where(facts.degree_before_since[rows] <= on, facts.degree_before[rows], 0))  # fmt: skip
    orphan = facts.pair_since[rows] <= on
    return {
        "birth": lives.born[rows].astype("datetime64[D]"),
        "parents": np.where(orphan, facts.pair_codes[facts.pair[rows]], 0),
        "ended": lives.died[rows] < on,
        "study": np.where((facts.study_since[rows] <= on) & (on < facts.study_until[rows]), facts.study[rows], 0),
        "hiv": facts.hiv_since[rows] <= on,
        "wage": facts.wage[rows],
        "marital": marital,
        "supporter": np.where(facts.no_supporter[rows], words.SUPPORTER.index("none"), 0),
        "disability": degree,
        "pension_vnd": facts.pension[rows],
        "insurance_allowance_vnd": facts.insurance[rows],
        "survivor_benefit": facts.survivor[rows],
        "other_monthly_allowance": facts.other[rows],
        "cared_by": np.where(facts.cared_since[rows] <= on, facts.cared[rows], 0),
        "poverty": facts.poverty[lives.house[rows], year],
        "raiser": _near(lives, lives.mother, rows, position),
        "raiser_two": _near(lives, lives.father, rows, position),
        "spouse": np.where(spouse >= 0, position[np.maximum(spouse, 0)], -1),
    }


def _near(lives: Lives, parent: Array, rows: Array, position: Array) -> Array:
    mine = parent[rows]
    near = (mine >= 0) & (lives.house[np.maximum(mine, 0)] == lives.house[rows])
    return np.where(near, position[np.maximum(mine, 0)], -1)


def candidates(lives: Lives, facts: Facts) -> Array:
    """Whom the law could give anything since 2021, and the children that count for them. Positions, in order."""
    may = (lives.born < TODAY - round(59.9 * YEAR)) | (facts.degree >= _SEVERE) | (facts.pair >= 0) | (facts.hiv_since < NEVER)
    poor = facts.poverty.max(axis=1)[lives.house] > 0
    may |= poor & ((facts.marital >= 0) | ((lives.spouse >= 0) & _raising(lives)))
    young = lives.born > TODAY - round(28 * YEAR)
    for parent in (lives.mother, lives.father):
        may |= young & (parent >= 0) & may[parent]
    return np.flatnonzero(may)


def rows_of_people(lives: Lives, facts: Facts) -> list[tuple[str, Array, list[str] | str, Array, Array]]:
    """Every fact of a person as (kind, positions, JSON values or one for all, from, to)."""
    everyone = np.arange(lives.size)
    never, always = np.full(lives.size, NEVER), np.full(lives.size, ALWAYS)

    def those(kind: str, which: Array, values: list[str] | str, start: Array = always, end: Array = never) -> tuple:
        mine = everyone[which]
        return kind, mine, values, start[mine], end[mine]

    certified = facts.degree > 0
    worse = facts.degree_before > 0
    money = [("pension_vnd", facts.pension), ("insurance_allowance_vnd", facts.insurance)]
    flags = [("survivor_benefit", facts.survivor), ("other_monthly_allowance", facts.other), ("wage", facts.wage)]
    return [
        those("disability", certified, [f'"{words.DISABILITY[n]}"' for n in facts.degree[certified]], facts.degree_since),
        those("disability", worse, [f'"{words.DISABILITY[n]}"' for n in facts.degree_before[worse]], facts.degree_before_since, facts.degree_since),
        those("cared_by", facts.cared > 0, [f'"{words.CARED_BY[n]}"' for n in facts.cared[facts.cared > 0]], facts.cared_since),
        those("parents", facts.pair >= 0, [f'["{a}", "{b}"]' for a, b in (_PAIRS[n] for n in facts.pair[facts.pair >= 0])], facts.pair_since),
        those("hiv", facts.hiv_since < NEVER, "true", facts.hiv_since),
        those("marital", facts.marital >= 0, [f'"{words.MARITAL[n]}"' for n in facts.marital[facts.marital >= 0]]),
        those("supporter", facts.no_supporter, '"none"'),
        *(those(kind, sums > 0, [str(n) for n in sums[sums > 0]]) for kind, sums in money),
        *(those(kind, which, "true") for kind, which in flags),
        those("study", facts.study > 0, [f'"{words.STUDIES[n]}"' for n in facts.study[facts.study > 0]], facts.study_since, facts.study_until),
    ]  # fmt: skip


def rows_of_houses(facts: Facts) -> tuple[Array, list[str], Array, Array]:
    """Poverty as (household, JSON value, from, to): years of the same class in a row are one fact; the last goes on."""
    jan = np.array([day(f"{year}-01-01") for year in YEARS])
    state = np.pad(facts.poverty, ((0, 0), (1, 1)))
    begins = (state[:, 1:-1] > 0) & (state[:, 1:-1] != state[:, :-2])
    ends = (state[:, 1:-1] > 0) & (state[:, 1:-1] != state[:, 2:])
    house, first = np.nonzero(begins)
    last = np.nonzero(ends)[1]
    end = np.where(last == len(YEARS) - 1, NEVER, jan[np.minimum(last + 1, len(YEARS) - 1)])
    value = [f'"{words.POVERTY[n]}"' for n in facts.poverty[house, first]]
    return house, value, jan[first], end
