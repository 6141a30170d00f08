"""Acts on the watch list, and wrong acts set right."""

from ansinh.watch.operations.answering import dismiss, prepare, reopen
from ansinh.watch.operations.look_over import look_over
from ansinh.watch.operations.together import draft_stops, mark_reminded
from ansinh.watch.operations.undoing import correct_death, correct_merge
from ansinh.watch.operations.undoing_papers import correct_decision, correct_import, correct_line

__all__ = [
    "correct_death",
    "correct_decision",
    "correct_import",
    "correct_line",
    "correct_merge",
    "dismiss",
    "draft_stops",
    "look_over",
    "mark_reminded",
    "prepare",
    "reopen",
]
