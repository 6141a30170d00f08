"""How many items wait, kept in the session where it was last counted: the menu of every page shows it without asking again."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from ansinh.watch.models import WatchItem

_KEY = "watch_waiting"


def open_count() -> int:
    """How many items wait that this post sees."""
    return WatchItem.objects.filter(state="open").count()


def keep_count(session: MutableMapping[str, Any], count: int) -> None:
    """Remember the number for the menu."""
    session[_KEY] = count


def menu_count(request) -> tuple[int | None, bool]:
    """(how many waited when last counted, whether some are late: never) for the entry of the menu."""
    return getattr(request, "session", {}).get(_KEY), False
