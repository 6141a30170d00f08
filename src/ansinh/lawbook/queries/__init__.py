"""Questions about the law book: what officers confirmed, what waits, which resolutions of the province count."""

from ansinh.lawbook.queries.points import Point, confirmations, newest, points, waiting

__all__ = ["Point", "confirmations", "newest", "points", "waiting"]
