"""Figures of one map on another. Whole successors are exact; parts are estimates and say so."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ansinh.localities.models import Succession, Unit

CENSUS = date(2019, 4, 1)


def restate(figures: dict[int, int], *, from_day: date, to_day: date) -> tuple[dict[int, int], set[int]]:
    """`figures` (unit key → whole number) on the map of `to_day`, and the keys of units whose figure is an estimate.

    Rows keep the unit of their own day, so older units may stand among the figures of `from_day`. Going back, a figure is shared
    out by the census population of 2019, the largest remainders first, so that every total is kept.
    """
    edges, members = _edges()
    forward = _forward(figures, edges, to_day)
    units = Unit.objects.in_bulk(forward[0])
    result: dict[int, int] = defaultdict(int)
    estimated = set(forward[1])
    shares: dict[int, dict[int, int]] | None = None
    for key, value in forward[0].items():
        start = units[key].period.lower
        if start is None or start <= to_day:
            result[key] += value
            continue
        shares = shares or _census_shares(edges, to_day)
        parts = _share_out(value, shares.get(key) or {key: 1})
        estimated |= set(parts) if len(parts) > 1 or key in members["partial"] else set()
        for old, part in parts.items():
            result[old] += part
    return {key: value for key, value in result.items() if value}, estimated & set(result)


def _edges() -> tuple[dict[int, list[Succession]], dict[str, set[int]]]:
    edges: dict[int, list[Succession]] = defaultdict(list)
    partial: set[int] = set()
    for edge in Succession.objects.all():
        edges[edge.old_id].append(edge)
        if edge.extent == "partial":
            partial |= {edge.old_id, edge.new_id}
    return edges, {"partial": partial}


def _forward(figures: dict[int, int], edges: dict[int, list[Succession]], day: date) -> tuple[dict[int, int], set[int]]:
    """Follow default successors up to `day`. Whatever a split unit touches is an estimate."""
    result: dict[int, int] = defaultdict(int)
    estimated: set[int] = set()
    for key, value in figures.items():
        here, guessed = key, set()
        while after := [e for e in edges.get(here, []) if e.event_on <= day]:
            if any(e.extent == "partial" for e in after):
                guessed |= {e.new_id for e in after}
            here = next((e.new_id for e in after if e.is_default), after[0].new_id)
            guessed = guessed | {here} if guessed else guessed
        result[here] += value
        estimated |= guessed
    return result, estimated


def _census_shares(edges: dict[int, list[Succession]], day: date) -> dict[int, dict[int, int]]:
    """For each unit of today: its units on `day` with their census population."""
    weights, _ = _forward(dict(Unit.objects.filter(population_2019__gt=0).values_list("id", "population_2019")), edges, day)
    shares: dict[int, dict[int, int]] = defaultdict(dict)
    for old, weight in weights.items():
        newest = next(iter(_forward({old: 1}, edges, date.max)[0]))
        shares[newest][old] = weight
    return shares


def _share_out(value: int, weights: dict[int, int]) -> dict[int, int]:
    """Whole parts of `value` in proportion to the weights; the parts add up to it."""
    total = sum(weights.values())
    exact = {key: value * weight for key, weight in weights.items()}
    parts = {key: amount // total for key, amount in exact.items()}
    rest = value - sum(parts.values())
    for key in sorted(exact, key=lambda k: (-(exact[k] % total), k))[:rest]:
        parts[key] += 1
    return parts
