"""Writing into the journal, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from psycopg.types.json import Jsonb

from ansinh.kernel.actor import Actor

_kept: ContextVar[list[list] | None] = ContextVar("kept", default=None)


def record(*, by: Actor, act: str, noun: str, key: str, detail: dict | None = None, at: datetime) -> int | None:
    """Append one act to the chain. Call it last in the transaction: appenders wait for each other until commit.

    Returns its number, or None where `appended_last` keeps it.
    """
    entry = [at, by.name, by.post, by.place, act, noun, key, Jsonb(detail or {})]
    kept = _kept.get()
    if kept is None:
        return _append(entry)
    kept.append(entry)
    return None


@contextmanager
def appended_last() -> Iterator[None]:
    """Acts of the block are appended when it ends, in their order: long work of many acts keeps the others waiting a moment only.

    Open it within the transaction of the work; where it breaks off nothing is appended.
    """
    entries: list[list] = []
    token = _kept.set(entries)
    try:
        yield
    finally:
        _kept.reset(token)
    for entry in entries:
        _append(entry)


def _append(entry: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_append(%s, %s, %s, %s, %s, %s, %s, %s)", entry)
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
