"""Heads of the chain are kept outside the database: without them nobody would see that its newest entries were removed."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.journal.models import Entry
from ansinh.journal.queries.heads import Head, kept_heads


def keep_head(*, path: Path, at: datetime) -> Head | None:
    """Write the newest entry into the file of heads, unless it stands there. None when there is nothing new to keep.

    A chain that became shorter than a head keeps nothing: the file goes on telling what was there.
    """
    with acting_as(roles.SYSTEM):
        newest = Entry.objects.order_by("-id").values_list("id", "hash").first()
    kept = _last(path)
    if newest is None or (kept is not None and newest[0] <= kept.entry):
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{newest[0]} {newest[1]} {at.isoformat(timespec='seconds')}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return Head(*newest)


def _last(path: Path) -> Head | None:
    heads = kept_heads(path)
    return heads[-1] if heads else None
