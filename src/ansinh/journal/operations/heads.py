"""Heads of the chain are kept outside the database: without them nobody would see that its newest entries were removed."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.journal.models import Entry
from ansinh.journal.queries.heads import Head, cut_torn_line, last_head


def keep_head(*, path: Path, at: datetime) -> Head | None:
    """Write the newest entry into the file of heads, unless it stands there. None when there is nothing new to keep.

    A chain that became shorter than a head keeps nothing: the file goes on telling what was there.
    """
    with acting_as(roles.SYSTEM):
        newest = Entry.objects.order_by("-id").values_list("id", "hash").first()
    if newest is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # one writer at a time
        kept = last_head(path)
        if kept and newest[0] <= kept.entry:
            return None
        # A power cut or a full disk may have left half a line. It never was a head, and must not spoil the next.
        cut_torn_line(path)
        file.write(f"{newest[0]} {newest[1]} {at.isoformat(timespec='seconds')}\n")
        file.flush()
        os.fsync(file.fileno())
    return Head(*newest)
