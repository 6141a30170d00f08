"""Where a unit of one day is on another, and which units a place covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from ansinh.database.columns import on_day
from ansinh.localities.models import Level, Succession, Unit


@dataclass(frozen=True)
class Successor:
    """A unit that has the area, or a part of it. `is_default`: the one to take when a place cannot be told."""

    unit: Unit
    is_whole: bool
    is_default: bool


def unit_on(code: str, day: date) -> Unit | None:
    """The unit that had this code on a day. A code is not an identity: it may have been another unit before."""
    return Unit.objects.filter(on_day(day), code=code).first()


def tree(on: date, *, province_code: str) -> QuerySet[Unit]:
    """Every unit of a province on a day, parents before children."""
    return Unit.objects.filter(on_day(on), province_code=province_code).select_related("parent").order_by("level", "code")


def where_today(unit: Unit, *, on: date) -> list[Successor]:
    """The units that hold the area of `unit` on a later day; the unit itself while its row goes on."""
    edges: dict[int, list[Succession]] = {}
    for edge in Succession.objects.filter(event_on__lte=on, old__province_code__in=_related(unit)).select_related("new"):
        edges.setdefault(edge.old_id, []).append(edge)
    return _follow(unit, edges, on)


def _related(unit: Unit) -> list[str]:
    """Provinces whose successions may matter: the unit's own and those it merged with."""
    found = Succession.objects.filter(old__province_code=unit.province_code).values_list("new__province_code", flat=True)
    return list({unit.province_code, *found.distinct()})


def _follow(unit: Unit, edges: dict[int, list[Succession]], on: date) -> list[Successor]:
    found: dict[int, Successor] = {}
    waiting = [Successor(unit, True, True)]
    while waiting:
        here = waiting.pop()
        after = edges.get(here.unit.id, [])
        if not after:
            known = found.get(here.unit.id)
            is_default = here.is_default or bool(known and known.is_default)
            found[here.unit.id] = Successor(here.unit, here.is_whole, is_default)
        for edge in after:
            is_whole = here.is_whole and edge.extent == "whole"
            waiting.append(Successor(edge.new, is_whole, here.is_default and edge.is_default))
    return [s for s in found.values() if s.unit.level == unit.level or unit.level != Level.COMMUNE]


def predecessors(unit: Unit) -> set[int]:
    """Keys of every unit whose area, wholly or by default, came into this one, over all events; itself included."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE before(id) AS (
              SELECT %s::bigint
              UNION
              SELECT s.old_id FROM localities_succession s JOIN before b ON s.new_id = b.id WHERE s.is_default
            ) SELECT id FROM before
            """,
            [unit.id],
        )
        return {row[0] for row in cursor.fetchall()}


def scope_ids(unit: Unit, *, on: date) -> tuple[int, ...]:
    """Keys a post of this unit's office covers: the unit, what came into it, and, if its row ended, what it became."""
    upper = unit.period.upper
    if upper is None or on < upper:
        return tuple(sorted(predecessors(unit)))
    covered = {unit.id}
    for successor in where_today(unit, on=on):
        if successor.is_default:
            covered |= predecessors(successor.unit)
    return tuple(sorted(covered))
