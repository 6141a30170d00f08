"""Write the invented province into an empty database: one transaction, communes one after another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh import law
from ansinh.database.acting import as_maintenance
from ansinh.demo.posts import open_posts
from ansinh.demo.synth import rows_of_lists, rows_of_money
from ansinh.demo.synth.circumstances import befall
from ansinh.demo.synth.ground import Calendar, Map, calendar, lay_out
from ansinh.demo.synth.ledger import LAST, Entries, RuleBook, decide
from ansinh.demo.synth.loading import Block, copy_all, set_aside
from ansinh.demo.synth.months import Lines, lines_of
from ansinh.demo.synth.people import draw
from ansinh.demo.synth.rows_of_money import Keys, Lists, Papers, Receivers
from ansinh.demo.synth.rows_of_people import Chains, Settled, register, settle
from ansinh.kernel.errors import AlreadyDone
from ansinh.payments.models import BudgetSource, Payer, PayerContract
from ansinh.people.models import Person

TABLES = (
    "people_household", "people_person", "people_membership", "people_residence", "people_circumstance",
    "people_householdcircumstance", "people_relative", "people_bankaccount", "people_payee", "people_knownname",
    "entitlements_decision", "entitlements_decisionitem", "entitlements_entitlement", "payments_paymentrun",
    "payments_paymentlist", "payments_liststep", "payments_handover", "payments_listsource", "payments_paymentline",
    "payments_budgetentry",
)  # fmt: skip
# What the register's own trigger does row by row, for everybody at once.
_LEARN_NAMES = """
INSERT INTO people_knownname (name_folded, words, persons)
SELECT name_folded, name_words(name_folded), count(*) FROM people_person GROUP BY name_folded ORDER BY name_folded
"""


def refuse_inhabited() -> None:
    """Raises AlreadyDone when somebody stands in the register: an invented province never mixes with real people."""
    with as_maintenance():
        if Person.objects.exists():
            raise AlreadyDone(
                "Cơ sở dữ liệu này đã có người trong sổ. Tỉnh giả định chỉ được tạo trong cơ sở dữ liệu trống; không có gì bị thay đổi."
            )


def tell(*, people: int, seed: int, say: Callable[[str], None], codes: Collection[str] = ()) -> None:
    """Invent about `people` people, of the communes `codes` (default: all), and write them with everything that happened to them.

    Raises AlreadyDone for a database in use.
    """
    refuse_inhabited()
    with as_maintenance():
        open_posts()
        ground = lay_out(people=people, seed=seed, codes=codes)
        payer, source = _payer(ground), BudgetSource.objects.get(code="NSNN").id
    province = Province(ground, seed, say)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        with set_aside(cursor, TABLES, say):
            copy_all(cursor, province.blocks(payer, source))
            cursor.execute(_LEARN_NAMES)
        _follow(cursor)


def _payer(ground: Map) -> int:
    """The payer of the demonstration pays in every commune."""
    payer = Payer.objects.get(code="BD")
    known = set(PayerContract.objects.values_list("unit", "method"))
    PayerContract.objects.bulk_create(
        PayerContract(payer=payer, unit=one.unit, method=method, period=DateRange(None, None), basis="Trình diễn")
        for one in ground.grounds
        for method in rows_of_money.METHODS
        if (one.unit.id, method) not in known
    )
    return payer.id


@dataclass
class Lived:
    """One commune: its people, its ledger, its lines, and how they are paid."""

    settled: Settled
    entries: Entries
    lines: Lines
    receivers: Receivers


class Province:
    """The whole province, made commune by commune."""

    def __init__(self, ground: Map, seed: int, say: Callable[[str], None]) -> None:
        self.map, self.seed, self.say = ground, seed, say
        self.calendar: Calendar = calendar(ground.grounds, LAST + 1)
        self.chains = Chains.of(ground.grounds)
        self.book, self.keys = RuleBook(), Keys()
        self.papers = Papers(ground.offices)
        self.lists: Lists = rows_of_lists.new_lists(self.calendar, law.law_hash())

    def blocks(self, payer: int, source: int) -> Iterator[Block]:
        """Every row of every table."""
        for index in range(len(self.map.grounds)):
            yield from self._rows(self.live(index))
        yield from rows_of_lists.decisions(self.papers)
        yield from rows_of_lists.months(self.lists, payer=payer, source=source)

    def live(self, index: int) -> Lived:
        """The people of one commune with everything that happened to them. Communes come in their order."""
        ground = self.map.grounds[index]
        lives = draw(ground, index, len(self.map.grounds), self.seed)
        facts = befall(lives, self.seed, ground.code)
        settled = settle(
            ground, lives, facts, self.calendar, index=index, first=self.keys.person, first_house=self.keys.household
        )
        self.keys.person += lives.size
        self.keys.household += len(lives.village_of_house)
        entries = decide(lives, facts, self.book, self.seed, ground.code)
        lines = lines_of(entries, lives.died[entries.person], np.random.default_rng([self.seed, int(ground.code), 6]))
        self.say(f"  {index + 1}/{len(self.map.grounds)} {ground.unit.name}: {lives.size} người, {lines.size} dòng chi")
        return Lived(settled, entries, lines, Receivers.of(settled, entries, self.seed))

    def _rows(self, lived: Lived) -> Iterator[Block]:
        settled, entries = lived.settled, lived.entries
        yield from register(settled, self.chains)
        yield from rows_of_money.receiving(settled, lived.receivers)
        blocks, written = rows_of_money.ledger(settled, entries, self.book, self.calendar, self.papers, self.keys)
        yield from blocks
        rows = rows_of_money.lines_rows(
            settled,
            entries,
            lived.lines,
            lived.receivers,
            written,
            self.book,
            self.calendar,
            self.lists,
            self.map.names,
            self.keys,
        )
        yield "payments_paymentline", rows_of_money.LINE, rows


def _follow(cursor) -> None:
    """Let the sequences follow the keys written."""
    for table in TABLES:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT coalesce(max(id), 0) FROM {table}), 1))"
        )
