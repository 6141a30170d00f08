"""Kinds of lists. A room brings its own: how to examine the rows, and what committing them means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ansinh.imports.reading.headings import Layout
from ansinh.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from ansinh.access.models import Post
    from ansinh.imports.models import Batch, Row


class Examine(Protocol):
    def __call__(self, *, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
        """Set problems, candidates and state of the rows (not saved here). A constant number of queries."""


class Commit(Protocol):
    def __call__(self, *, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict[str, Any]:
        """Bring the ready rows into the register, all or nothing. Returns what came of it, for the page."""


@dataclass(frozen=True)
class Resting:
    """Something that rests on a committed list: what it is in words, and where it can be looked at."""

    words: str
    url: str = ""


class RestingOn(Protocol):
    def __call__(self, *, batch: Batch, rows: list[Row]) -> list[Resting]:
        """What rests on what these committed rows wrote, so that it cannot be taken back. A constant number of queries."""


class Undo(Protocol):
    def __call__(self, *, batch: Batch, rows: list[Row], reason: str, by: Post, now: datetime) -> dict[str, int]:
        """Take back what the committed rows wrote, all or nothing. Returns how many of what, in words."""


@dataclass(frozen=True)
class ListKind:
    """One kind of list: its layout and the acts of the room that owns it. Without `undo` it is never taken back."""

    layout: Layout
    examine: Examine
    commit: Commit
    needs_decision: bool = True
    resting_on: RestingOn | None = None
    undo: Undo | None = None

    @property
    def key(self) -> str:
        return self.layout.key

    @property
    def title(self) -> str:
        return self.layout.title


def all_kinds() -> dict[str, ListKind]:
    """Every kind the rooms brought, by key, in the order of the settings."""
    kinds = [import_string(path) for path in settings.ANSINH_LISTS]
    return {kind.key: kind for kind in kinds}


def kind_of(key: str) -> ListKind:
    """Raises InvalidInput for a key nobody brought."""
    try:
        return all_kinds()[key]
    except KeyError:
        raise InvalidInput(f"Không có loại danh sách “{key}”. Các loại: {', '.join(all_kinds())}.") from None
