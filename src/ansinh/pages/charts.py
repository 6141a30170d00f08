"""Bars with their table, and circles for places. Pure: values in, numbers for an SVG out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Amount:
    """One bar: what it counts, how many, the list behind it. weight 0 is the usual, 1 the one to look at."""

    label: str
    value: int
    url: str = ""
    weight: int = 0


@dataclass(frozen=True)
class BarDrawing:
    """Rows for the template `pages/_bars.html`: each number stands beside its bar, so the table is the chart."""

    title: str
    noun: str
    unit: str
    bars: list[dict[str, Any]]


def bars(amounts: Sequence[Amount], *, title: str, noun: str, unit: str) -> BarDrawing:
    """Horizontal bars from nought, in the order given. `noun` heads the names, `unit` the values."""
    most = max((abs(a.value) for a in amounts), default=0) or 1
    drawn = [
        {
            "label": amount.label,
            "value": amount.value,
            "url": amount.url,
            "kind": "look" if amount.weight else "usual",
            "share": round(100 * abs(amount.value) / most, 1),
        }
        for amount in amounts
    ]
    return BarDrawing(title, noun, unit, drawn)


@dataclass(frozen=True)
class Place:
    """A place of the map: its centre (longitude, latitude), its value, its page."""

    name: str
    x: float
    y: float
    value: int
    url: str = ""


@dataclass(frozen=True)
class CircleDrawing:
    """Numbers for the template `pages/_circles.html`."""

    title: str
    width: int
    height: int
    circles: list[dict[str, Any]]


def circles(places: Sequence[Place], *, title: str, width: int = 560, rounds: int = 120) -> CircleDrawing:
    """A Dorling cartogram: area says how many, neighbours push each other until none covers another."""
    if not places:
        return CircleDrawing(title, width, 0, [])
    spots = _laid_out(places, width)
    for _ in range(rounds):
        if not _pushed_apart(spots):
            break
    left = min(s[0] - s[2] for s in spots) - 2
    top = min(s[1] - s[2] for s in spots) - 2
    right = max(s[0] + s[2] for s in spots) + 2
    bottom = max(s[1] + s[2] for s in spots) + 2
    most = max(p.value for p in places) or 1
    drawn = [
        {
            "name": p.name,
            "value": p.value,
            "url": p.url,
            "x": round(x - left, 1),
            "y": round(y - top, 1),
            "r": round(r, 1),
            "step": _step(p.value, most),
            "label": p.name if r > 4.2 * len(p.name) else "",
        }
        for p, (x, y, r) in zip(places, spots, strict=True)
    ]
    return CircleDrawing(title, math.ceil(right - left), math.ceil(bottom - top), drawn)


def _laid_out(places: Sequence[Place], width: int) -> list[list[float]]:
    west, east = min(p.x for p in places), max(p.x for p in places)
    north = max(p.y for p in places)
    squeeze = math.cos(math.radians(north))
    scale = width / ((east - west) * squeeze or 1)
    total = sum(max(p.value, 0) for p in places) or 1
    area = 0.45 * width * width
    return [
        [(p.x - west) * squeeze * scale, (north - p.y) * scale, max(3.0, math.sqrt(area * max(p.value, 0) / total / math.pi))]
        for p in places
    ]


def _pushed_apart(spots: list[list[float]]) -> bool:
    moved = False
    for i, one in enumerate(spots):
        for two in spots[i + 1 :]:
            dx, dy = two[0] - one[0], two[1] - one[1]
            apart = math.hypot(dx, dy) or 0.01
            lack = one[2] + two[2] + 1 - apart
            if lack > 0.05:
                moved = True
                ux, uy = (dx / apart, dy / apart) if apart > 0.01 else (1.0, 0.0)
                for spot, sign in ((one, -1), (two, 1)):
                    spot[0] += sign * ux * lack / 2
                    spot[1] += sign * uy * lack / 2
    return moved


def _step(value: int, most: int) -> int:
    return max(1, min(5, math.ceil(5 * value / most))) if value > 0 else 1
