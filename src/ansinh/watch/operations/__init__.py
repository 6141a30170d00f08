"""Acts on the watch list."""

from ansinh.watch.operations.answering import dismiss, prepare, reopen
from ansinh.watch.operations.look_over import look_over

__all__ = ["dismiss", "look_over", "prepare", "reopen"]
