"""The law: one household at a time, the tree of reasons, a whole month in columns, two years of arrears."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.database.acting import as_maintenance
from ansinh.demo.eligible import situation
from ansinh.demo.population import communes
from ansinh.demo.synth.circumstances import Facts, befall, candidates, law_columns
from ansinh.demo.synth.columns import as_date, first_days
from ansinh.demo.synth.ground import lay_out
from ansinh.demo.synth.ledger import ANSWERS, FIRST_LIST, LAST, decide
from ansinh.demo.synth.ledger import RuleBook as Rules
from ansinh.demo.synth.people import Lives, draw
from ansinh.entitlements.queries import explanation_for, law_for
from ansinh.law import bulk
from ansinh.people.models import Person
from ansinh.project.bench.figures import Figure, clocked
from ansinh.project.bench.province import DAY, LAST_PAID, SEED, Province

_HOUSES, _TREES, _ASKED = 1500, 300, 60
_DRAWN = 60_000


def measure(province: Province) -> list[Figure]:
    commune = next(islice(communes(people=_DRAWN, seed=SEED, on=DAY), 1))
    houses = commune.households[:_HOUSES]
    asked = _through_the_register(province.officer, law_for)
    with clocked() as scalar:
        for house in houses:
            law.monthly(situation(commune.humans, house, LAST_PAID), LAST_PAID)
    each = scalar.seconds / sum(len(house.members) for house in houses)
    with clocked() as tree:
        for house in houses[:_TREES]:
            law.explain(situation(commune.humans, house, LAST_PAID), LAST_PAID, f"p{house.members[0]}")
    told = _through_the_register(province.officer, explanation_for)
    return [
        Figure("law_scalar", "Luật, từng hộ (trên mỗi người)", "ms", each * 1000, "hỏi từng người từ sổ (ORM)", asked * 1000,
               f"{_ASKED} người", *scalar.memory),
        Figure("law_tree", "Luật, cây giải thích một người", "ms", tree.seconds / min(_TREES, len(houses)) * 1000,
               "từ sổ (ORM) đến bảng “Vì sao?”", told * 1000, f"{_ASKED} người", *tree.memory),
        *_in_columns(province, each, asked),
    ]  # fmt: skip


def _through_the_register(officer: Post, question) -> float:
    """Seconds a person when facts are gathered row by row from the database."""
    with as_post(officer, on=DAY):
        persons = list(Person.objects.filter(unit=officer.office.unit).order_by("id")[:_ASKED])
        with clocked() as clock:
            for person in persons:
                question(person, LAST_PAID)
    return clock.seconds / len(persons)


def _in_columns(province: Province, each: float, asked: float) -> list[Figure]:
    """The law of a month for everybody, and of two years for those in the ledger less what was decided: what each is owed."""
    month = owed = 0.0
    beneficiaries, memory, server = 0, 0.0, 0.0
    for lives, facts, code in _communes(province):
        everyone = np.arange(lives.size)
        with clocked() as clock:
            bulk.month(law_columns(lives, facts, everyone, everyone, int(first_days(np.array([LAST]))[0])), LAST_PAID, ANSWERS)
        month += clock.seconds
        people, decided = _decided(lives, facts, code)
        beneficiaries += len(people)
        with clocked() as second:
            owed_to(lives, facts, people, decided)
        owed += second.seconds
        memory, server = max(memory, clock.peak_mb, second.peak_mb), max(server, clock.server_mb, second.server_mb)
    months = LAST + 1 - FIRST_LIST
    return [
        Figure("law_month", f"Luật, cả tháng cho {province.size} người theo cột", "giây", month, "từng hộ một bằng Python",
               each * province.size, f"{_HOUSES} hộ", memory, server),
        Figure("arrears", f"Truy lĩnh {months} tháng cho {beneficiaries} người: luật trừ đã quyết định", "giây", owed,
               "hỏi luật từng người từng tháng từ sổ (ORM)", asked * months * beneficiaries, f"{_ASKED} người", memory, server),
    ]  # fmt: skip


def _communes(province: Province) -> Iterator[tuple[Lives, Facts, str]]:
    with as_maintenance():
        grounds = lay_out(people=province.size, seed=SEED, codes=province.codes).grounds
    for index, ground in enumerate(grounds):
        lives = draw(ground, index, len(grounds), SEED)
        yield lives, befall(lives, SEED, ground.code), ground.code


def _decided(lives: Lives, facts: Facts, code: str) -> tuple[np.ndarray, np.ndarray]:
    """Who is in the ledger within the last two years, and what was decided for each month: people × months, đồng."""
    entries = decide(lives, facts, Rules(), SEED, code)
    mine = (entries.end > FIRST_LIST) & (entries.start <= LAST)
    people, row = np.unique(entries.person[mine], return_inverse=True)
    months = np.arange(FIRST_LIST, LAST + 1)
    decided = np.zeros((len(people), len(months)), np.int64)
    runs = (entries.start[mine][:, None] <= months) & (months < entries.end[mine][:, None])
    np.add.at(decided, row, runs * entries.amount[mine][:, None])
    return people, decided


def owed_to(lives: Lives, facts: Facts, people: np.ndarray, decided: np.ndarray) -> np.ndarray:
    """What the law gives each of these people in each of the last months beyond what was decided: people × months, đồng."""
    rows = np.union1d(people, candidates(lives, facts))
    place = np.full(lives.size, -1)
    place[rows] = np.arange(len(rows))
    owed = np.empty_like(decided)
    for column, at in enumerate(range(FIRST_LIST, LAST + 1)):
        first = first_days(np.array([at]))[0]
        given = bulk.month(law_columns(lives, facts, rows, place, int(first)), as_date(first), ANSWERS).own_vnd
        owed[:, column] = np.maximum(given[place[people]] - decided[:, column], 0)
    return owed
