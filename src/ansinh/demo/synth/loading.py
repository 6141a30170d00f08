"""The database around a bulk load: indexes and constraints set aside, rows by COPY, everything built again. All in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread

from django.db.backends.utils import CursorWrapper
from psycopg import sql

Block = tuple[str, tuple[str, ...], bytes]
_AHEAD = 12  # blocks made while the database still reads
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('p', 'u', 'x', 'f') AND (conrelid = ANY (%(tables)s::regclass[]) OR confrelid = ANY (%(tables)s::regclass[]))
ORDER BY array_position(ARRAY['f', 'x', 'u', 'p'], contype::text), conrelid::regclass::text, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY (%(tables)s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
ORDER BY indrelid::regclass::text, indexrelid::regclass::text
"""


def shape(cursor: CursorWrapper, tables: Iterable[str]) -> tuple[list[tuple], list[tuple]]:
    """The keys, foreign keys, exclusions and other indexes of tables, foreign keys that point at them included."""
    asked = {"tables": list(tables)}
    cursor.execute(_CONSTRAINTS, asked)
    constraints = cursor.fetchall()
    cursor.execute(_INDEXES, asked)
    return constraints, cursor.fetchall()


@contextmanager
def set_aside(cursor: CursorWrapper, tables: Iterable[str], say: Callable[[str], None]) -> Iterator[None]:
    """Empty `tables` and load them without indexes, constraints and triggers, then build, count and check all. Needs a transaction."""
    tables = list(tables)
    constraints, indexes = shape(cursor, tables)
    for table, name, _kind, _text in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _text in indexes:
        cursor.execute(f"DROP INDEX {name}")
    # Emptied in this transaction, so that COPY may write rows that need no later visit.
    cursor.execute(f"TRUNCATE {', '.join(tables)}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    cursor.execute("SET LOCAL work_mem = '128MB'")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    ordered = [row for row in constraints if row[2] != "f"][::-1]
    say(f"Dựng {len(ordered) + len(indexes)} chỉ mục")
    for table, name, _kind, text in ordered:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}')
    for _name, text in indexes:
        cursor.execute(text)
    # Foreign keys are checked by joins, which want to know how many there are.
    cursor.execute(f"ANALYZE {', '.join(tables)}")
    foreign = [row for row in constraints if row[2] == "f"]
    say(f"Kiểm tra {len(foreign)} khóa ngoại")
    for table, name, _kind, text in foreign:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}')


def copy_all(cursor: CursorWrapper, blocks: Iterable[Block]) -> None:
    """Write blocks (table, columns, rows) in their order; the next ones are made while the database reads."""
    waiting: Queue = Queue(_AHEAD)
    failed: list[BaseException] = []

    def write() -> None:
        while (block := waiting.get()) is not None:
            if not failed:
                try:
                    _copy(cursor, *block)
                except BaseException as error:  # told to whoever asked for the load
                    failed.append(error)

    writer = Thread(target=write, name="copy")
    writer.start()
    try:
        for block in blocks:
            if failed:
                break
            if block[2]:
                waiting.put(block)
    finally:
        waiting.put(None)
        writer.join()
    if failed:
        raise failed[0]


def _copy(cursor: CursorWrapper, table: str, columns: tuple[str, ...], rows: bytes) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FREEZE)").format(sql.Identifier(table), names)
    with cursor.copy(statement) as stream:
        stream.write(rows)
