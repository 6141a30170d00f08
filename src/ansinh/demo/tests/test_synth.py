"""The invented province: the quick road (COPY) writes what the operations of the office write, for the same invented lives."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from ansinh.access.tests.factories import QUYNH_PHU, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.demo.synth.ground import lay_out
from ansinh.demo.synth.loading import shape
from ansinh.demo.synth.telling import TABLES, Province, tell
from ansinh.demo.tests.by_operations import Office
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import law_for
from ansinh.kernel.folding import fold
from ansinh.payments import operations as payments
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
PEOPLE, SEED, CODES = 1000, 11, (QUYNH_PHU, THAI_BINH)
_REGISTER = (
    "people_household", "people_person", "people_membership", "people_residence", "people_circumstance",
    "people_householdcircumstance", "people_relative", "people_bankaccount", "people_payee",
)  # fmt: skip
_CODED = ("people_household", "people_person")
_LEDGER = """
SELECT e.person_id, e.unit_id, e.benefit, e.category, e.law_code, e.coefficient, e.count, e.standard_vnd, e.amount_vnd, e.months::text,
  i.act, d.number, d.signed_on, x.act, xd.number, xd.signed_on
FROM entitlements_entitlement e JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
  LEFT JOIN entitlements_decisionitem x ON x.id = e.ended_by_id LEFT JOIN entitlements_decision xd ON xd.id = x.decision_id
ORDER BY 1, 3, 4, 10
"""
_ITEMS = """
SELECT i.person_id, i.act, i.benefit, i.category, i.law_code, i.coefficient, i.count, i.standard_vnd, i.amount_vnd, i.from_month, i.to_month,
  i.reason, i.article, i.months, i.law_amount_vnd, i.law, i.number, e.months IS NULL, d.number, d.signed_on, d.title, d.office_id,
  d.unit_id, d.signer_name, d.signer_title, d.kind, d.origin, d.basis, d.state, d.note, d.drafted_at, d.recorded_at
FROM entitlements_decisionitem i JOIN entitlements_decision d ON d.id = i.decision_id LEFT JOIN entitlements_entitlement e
  ON e.id = i.entitlement_id
ORDER BY 1, 10, 2, 3, 4
"""
_LINES = """
SELECT to_jsonb(l) - '{id,code,list_id,handover_id,state,hold_reason,paid_on,return_note}'::text[] FROM payments_paymentline l
  JOIN people_person p ON p.id = l.person_id WHERE p.died_on IS NULL AND l.list_id IN (SELECT id FROM payments_paymentlist
  WHERE run_id = (SELECT id FROM payments_paymentrun WHERE benefit_month = '2026-11-01'))
"""


def quiet(_message):
    """Nobody watches the progress here."""


def told():
    tell(people=PEOPLE, seed=SEED, say=quiet, codes=CODES)


def asked(statement):
    with as_maintenance(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def register():
    """Every row of the register without who wrote it; keys only where a public code is made of them."""
    found = {}
    for table in _REGISTER:
        left_out = "recorded_by" if table in _CODED else "recorded_by,id"
        rows = asked(f"SELECT (to_jsonb(t) - '{{{left_out}}}'::text[])::text FROM {table} t")
        found[table] = sorted(row[0] for row in rows)
    return found


def _count_from_one():
    """Tests that took their rows back have used numbers up; the quick road begins at one."""
    with connections["owner"].cursor() as cursor:
        for table in _CODED:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN id RESTART")


def test_both_roads_write_the_same_register_and_the_same_ledger():
    _count_from_one()
    with as_maintenance():
        province = Province(lay_out(people=PEOPLE, seed=SEED, codes=CODES), SEED, quiet)
        with transaction.atomic():
            office = Office(province)
            lived = [province.live(index) for index in range(len(CODES))]
            for one in lived:
                office.register(one)
            by_hand = register()
            office.decide(lived)
            ledger_by_hand, items_by_hand = asked(_LEDGER), asked(_ITEMS)
            transaction.set_rollback(True)

    told()

    copied = register()
    for table in _REGISTER:
        assert copied[table] == by_hand[table], table
    assert len(copied["people_person"]) >= PEOPLE - 2
    assert asked(_ITEMS) == items_by_hand
    assert asked(_LEDGER) == ledger_by_hand


def test_the_month_proposed_from_the_invented_ledger_is_the_month_that_was_invented():
    """Also what earlier months owe and who did not collect: nothing more, nothing less."""
    told()
    invented = sorted(row[0] for row in asked_json(_LINES))
    _forget_the_last_month()

    units = [commune(code) for code in CODES]
    with as_maintenance():
        payments.prepare_run(benefit_month=date(2026, 11, 1), units=units, by=post(), now=at(2026, 10, 19))

    assert sorted(row[0] for row in asked_json(_LINES)) == invented
    assert any('"arrears"' in line for line in invented)
    assert any('"carried"' in line for line in invented)


def asked_json(statement):
    return asked(f"SELECT t::text FROM ({statement}) AS f(t)")


def _forget_the_last_month():
    """As the owner, behind the triggers that keep closed lists."""
    lists = "SELECT id FROM payments_paymentlist WHERE run_id = (SELECT max(id) FROM payments_paymentrun)"
    tables = ("paymentline", "handover", "listsource", "liststep", "paymentlist")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE payments_{table} DISABLE TRIGGER USER")
            column = "id" if table == "paymentlist" else "list_id"
            cursor.execute(f"DELETE FROM payments_{table} WHERE {column} IN ({lists})")
        cursor.execute("DELETE FROM payments_paymentrun WHERE id = (SELECT max(id) FROM payments_paymentrun)")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE payments_{table} ENABLE TRIGGER USER")


def test_constraints_indexes_triggers_and_the_dictionary_are_as_before():
    def kept():
        with connections["owner"].cursor() as cursor:
            triggers = (
                "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
            )
            cursor.execute(triggers)
            return cursor.fetchall(), shape(cursor, TABLES)

    before = kept()
    told()

    assert kept() == before
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT name_folded, words, persons FROM people_knownname ORDER BY name_folded")
        known = cursor.fetchall()
    spelt = Counter(fold(name) for (name,) in asked("SELECT full_name FROM people_person"))
    assert known == sorted((name, " ".join(sorted(name.split())), number) for name, number in spelt.items())


def test_the_same_seed_gives_the_same_province_and_another_seed_another():
    def lives(seed):
        with as_maintenance():
            province = Province(lay_out(people=PEOPLE, seed=seed, codes=CODES), seed, quiet)
        return list(province.blocks(1, 1))

    assert lives(SEED) == lives(SEED) != lives(SEED + 1)


def test_a_database_with_people_is_left_alone():
    person("Vũ Thị Mơ")

    with pytest.raises(CommandError, match="đã có người"):
        call_command("synth", people=100)

    assert asked("SELECT full_name FROM people_person") == [("Vũ Thị Mơ",)]


def test_most_of_the_ledger_is_what_the_law_gives_today():
    told()
    month = date(2026, 11, 1)
    with as_maintenance():
        entries = list(Entitlement.objects.in_force(month).select_related("person").order_by("id"))
        held = {(entry.person_id, entry.category): entry.amount_vnd for entry in entries}
        given = {(one.person_id, line.category): line.amount_vnd for one in entries for line in law_for(one.person, month)}
    agreed = sum(given.get(key) == amount for key, amount in held.items())
    assert len(held) > 40
    assert agreed > 0.9 * len(held)
