"""Doors of the watch list."""

from ansinh.watch.views.acting import dismiss, look_over_now, prepare, reopen
from ansinh.watch.views.listing import items

__all__ = ["dismiss", "items", "look_over_now", "prepare", "reopen"]
