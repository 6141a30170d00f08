"""Questions about the law book: what officers confirmed, what waits, which resolutions of the province count."""

from ansinh.lawbook.queries.holidays import calendar
from ansinh.lawbook.queries.points import Point, confirmations, newest, points, waiting, with_answers
from ansinh.lawbook.queries.resolutions import (
    before_and_after,
    beside,
    faults,
    overlay_of,
    overlay_with,
    provincial,
    provincial_at,
    worked_on,
)

__all__ = [
    "Point",
    "before_and_after",
    "beside",
    "calendar",
    "confirmations",
    "faults",
    "newest",
    "overlay_of",
    "overlay_with",
    "points",
    "provincial",
    "provincial_at",
    "waiting",
    "with_answers",
    "worked_on",
]
