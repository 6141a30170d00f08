"""One time axis for a person: a lane per kind of fact, dashed lines where the law changed, a red line today.

Pure: dates in, numbers for an SVG out. The same facts stand in words below it, which is all a phone shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

LEFT, RIGHT, WIDTH = 160.0, 956.0, 960
LANE_TOP, LANE_STEP, BAR_HEIGHT = 44, 36, 24
GAP = 1.0
NARROW = ".,:;iIljtf \u00a0"  # letters of 13 px: near enough to know whether words fit


@dataclass(frozen=True)
class Bar:
    """A fact in time; `end` is excluded and None means still. weight 0 (bare) to 3 (strongest)."""

    label: str
    start: date
    end: date | None = None
    weight: int = 0


@dataclass(frozen=True)
class Lane:
    """One kind of fact."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class LawLine:
    """A day on which the law changed."""

    label: str
    on: date


@dataclass
class Drawing:
    """Numbers for the template `pages/_axis.html`."""

    title: str
    key: str
    width: int
    height: int
    floor: int
    foot: int
    years: list[dict[str, Any]] = field(default_factory=list)
    laws: list[dict[str, Any]] = field(default_factory=list)
    lanes: list[dict[str, Any]] = field(default_factory=list)
    today: dict[str, Any] | None = None


def draw(
    lanes: Sequence[Lane],
    *,
    on: date,
    laws: Sequence[LawLine] = (),
    start: date | None = None,
    title: str = "",
    key: str = "axis",
) -> Drawing:
    """The axis from the earliest fact (or `start`) to some weeks after `on`."""
    lanes = [lane for lane in lanes if lane.bars]
    first = start or min((bar.start for lane in lanes for bar in lane.bars), default=on - timedelta(days=365))
    first = min(first, on - timedelta(days=180))
    scale = _Scale(first, on + max(timedelta(days=45), (on - first) // 30))
    laws_drawn, law_rows = _law_lines(scale, laws)
    shift = max(0, law_rows - 2) * 16
    floor = LANE_TOP + shift + LANE_STEP * max(1, len(lanes)) + 2
    drawing = Drawing(title, key, WIDTH, floor + 22, floor, floor + 16, laws=laws_drawn)
    drawing.years = _years(scale)
    drawing.lanes = [_lane(scale, lane, LANE_TOP + shift + LANE_STEP * i) for i, lane in enumerate(lanes)]
    drawing.today = _today(scale, on, floor)
    return drawing


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def __call__(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share)), 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def _years(scale: _Scale) -> list[dict[str, Any]]:
    """A line each first of January; in long lives only each second, fifth or tenth year is named."""
    span = scale.last.year - scale.first.year + 1
    step = next(s for s in (1, 2, 5, 10, 20, 200) if span / s <= 14)
    found = []
    for year in range(scale.first.year, scale.last.year + 1):
        day = date(year, 1, 1)
        if year % step == 0 and scale.holds(day):
            x = scale(day)
            found.append({"x": x, "text_x": round(x + 5, 1), "label": str(year) if x < RIGHT - 95 else ""})
    return found


def _law_lines(scale: _Scale, laws: Sequence[LawLine]) -> tuple[list[dict[str, Any]], int]:
    """Names stand in the first row where they do not meet a neighbour."""
    ends: list[float] = []
    found = []
    for law in sorted((law for law in laws if scale.holds(law.on)), key=lambda law: law.on):
        x, width = scale(law.on), text_width(law.label)
        left = min(max(x - width / 2, LEFT), RIGHT - width)
        row = next((i for i, end in enumerate(ends) if left > end + 8), len(ends))
        ends[row : row + 1] = [left + width]
        found.append({"x": x, "text_x": round(left, 1), "anchor": "start", "label": law.label, "row": row})
    rows = len(ends)
    for line in found:
        line["text_y"] = 14 + 16 * line["row"]
        line["top"] = line["text_y"] + 6
    return found, rows


def _lane(scale: _Scale, lane: Lane, y: int) -> dict[str, Any]:
    bars = [_bar(scale, bar) for bar in sorted(lane.bars, key=lambda b: b.start) if bar.start < scale.last]
    return {"label": lane.label, "y": y, "text_y": y + 17, "bars": [b for b in bars if b]}


def _bar(scale: _Scale, bar: Bar) -> dict[str, Any] | None:
    if bar.end is not None and bar.end <= scale.first:
        return None
    x, end = scale(bar.start), scale(bar.end) if bar.end else RIGHT
    width = round(max(3.0, end - x - (GAP if bar.end else 0)), 1)
    return {
        "title": f"{bar.label}, {_span(bar)}",
        "label": _fitting(bar.label, width - 12),
        "weight": bar.weight,
        "ink": "on" if bar.weight >= 3 else "in",
        "x": x,
        "width": width,
        "text_x": round(x + 8, 1),
    }


def text_width(text: str) -> float:
    """About how wide a text of 13 px is in the widest of our faces."""
    return sum(4.0 if letter in NARROW else 7.5 for letter in text)


def _span(bar: Bar) -> str:
    if bar.end is None:
        return _("từ %(d)s") % {"d": f"{bar.start:%d/%m/%Y}"}
    return f"{bar.start:%d/%m/%Y} – {bar.end - timedelta(days=1):%d/%m/%Y}"


def _fitting(label: str, width: float) -> str:
    """The label when it fits; else nothing: the title of the bar and the words below the axis have it whole."""
    return label if text_width(label) <= width else ""


def _today(scale: _Scale, on: date, floor: int) -> dict[str, Any]:
    x = scale(on)
    at_edge = x > RIGHT - 40
    text_x = RIGHT + 2 if at_edge else x
    return {"x": x, "bottom": floor + 6, "anchor": "end" if at_edge else "middle", "text_x": text_x}
