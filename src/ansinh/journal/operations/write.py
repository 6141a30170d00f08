"""Writing into the journal, in the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from psycopg.types.json import Jsonb

from ansinh.kernel.actor import Actor


def record(*, by: Actor, act: str, noun: str, key: str, detail: dict | None = None, at: datetime) -> int:
    """Append one act to the chain. Call it last in the transaction: appenders wait for each other until commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_append(%s, %s, %s, %s, %s, %s, %s, %s)",
            [at, by.name, by.post, by.place, act, noun, key, Jsonb(detail or {})],
        )
        return cursor.fetchone()[0]


def note_read(*, by: Actor, act: str, noun: str, key: str, detail: dict | None = None, at: datetime) -> None:
    """Note a read or export of sensitive data; it is sealed into the chain within a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_read(%s, %s, %s, %s, %s, %s, %s)",
            [at, by.name, by.post, act, noun, key, Jsonb(detail or {})],
        )


def seal_reads(*, at: datetime) -> int | None:
    """Seal the waiting reads into one entry. Returns its number, or None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_seal(%s)", [at])
        return cursor.fetchone()[0]
