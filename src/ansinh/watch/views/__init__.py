"""Doors of the watch list and of setting wrong acts right."""

from ansinh.watch.views.acting import dismiss, look_over_now, prepare, reopen
from ansinh.watch.views.choosing import letters, remind, stop_dead
from ansinh.watch.views.correcting import (
    correction,
    corrections,
    wrong_death,
    wrong_decision,
    wrong_import,
    wrong_line,
    wrong_merge,
)
from ansinh.watch.views.listing import items

__all__ = [
    "correction",
    "corrections",
    "dismiss",
    "items",
    "letters",
    "look_over_now",
    "prepare",
    "remind",
    "reopen",
    "stop_dead",
    "wrong_death",
    "wrong_decision",
    "wrong_import",
    "wrong_line",
    "wrong_merge",
]
