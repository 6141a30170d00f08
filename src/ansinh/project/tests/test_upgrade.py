"""An upgrade keeps the data: rows written under each room's first migration are there, unchanged, after all the later ones.

Until a version has been released, "the state landed before" is the first migration of every room. From the first release on,
the migrations of that release take their place here. A room opened later, on others' later migrations, had no rows then.
"""

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

# What a column of a type may hold. Every row gets key 1 and every foreign key 1, so all rows belong together.
_VALUES = {
    "boolean": "false", "date": "2026-05-01", "timestamp with time zone": "2026-05-12 09:00+07", "daterange": "[2026-05-01,)",
    "jsonb": "{}", "text": "thử", "character varying": "thu", "uuid": "00000000-0000-0000-0000-000000000001",
    "ARRAY": "{}",
}  # fmt: skip
_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO' AND is_generated = 'NEVER'
"""
_MATTER = {"localities_unit", "people_person", "people_circumstance", "entitlements_decision", "entitlements_entitlement",
           "payments_paymentlist", "payments_paymentline", "journal_entry", "imports_row"}  # fmt: skip


@pytest.fixture
def old(scratch, django_db_setup, django_db_blocker):
    """A database without a table, with the owner's log-in of Django pointed at it; what was before is restored."""
    from ansinh.project.settings import database

    before = dict(connections["owner"].settings_dict)
    variables = scratch.empty("old")
    connections["owner"].close()
    connections["owner"].settings_dict.update(database(variables["OWNER_DATABASE_URL"]))
    with django_db_blocker.unblock():
        yield variables["OWNER_DATABASE_URL"].replace("ansinh_owner@", "postgres@")
    connections["owner"].close()
    connections["owner"].settings_dict.update(before)


def _to_the_first_migrations() -> None:
    executor = MigrationExecutor(connections["owner"])
    rooms: dict[str, str] = {}
    for app, name in executor.loader.disk_migrations:
        if app in settings.ROOMS:
            rooms[app] = min(name, rooms.get(app, name))
    plans = {room: executor.loader.graph.forwards_plan(room) for room in rooms.items()}
    executor.migrate([room for room in sorted(plans) if all(rooms.get(app, name) == name for app, name in plans[room])])


def _fill(connection: psycopg.Connection) -> dict[str, dict]:
    """One row in every table of the rooms that takes plain values; what was written, by table."""
    connection.execute("SET session_replication_role = replica")  # rows come in any order
    tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
    written = {}
    for table in sorted(name for name in tables if name.split("_")[0] in settings.ROOMS):
        columns = connection.execute(_COLUMNS, [table]).fetchall()
        row = {name: _VALUES.get(kind, "1") for name, kind in columns}
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(sql.Placeholder() * len(row))
        )
        try:
            with connection.transaction():
                connection.execute(statement, list(row.values()))
        except psycopg.errors.CheckViolation:
            continue  # wants values that only its room knows
        written[table] = _row(connection, table)
    return written


def _row(connection: psycopg.Connection, table: str) -> dict:
    query = sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier(table))
    (found,) = connection.execute(query).fetchall()
    return found[0]


def test_rows_of_the_first_migrations_survive_all_later_ones(old):
    _to_the_first_migrations()
    with psycopg.connect(old, autocommit=True) as connection:
        written = _fill(connection)
        assert written.keys() >= _MATTER

        call_command("migrate", database="owner", verbosity=0, interactive=False)

        for table, before in written.items():
            after = _row(connection, table)
            assert {name: after[name] for name in before.keys() & after.keys()} == {
                name: before[name] for name in before.keys() & after.keys()
            }, table
            assert not before.keys() - after.keys(), f"{table} lost a column"
