"""Acts on lists: take in, correct, set aside, commit, discard."""

from ansinh.imports.operations.commit import commit_batch, discard_batch
from ansinh.imports.operations.correct import bring_back, choose_people, choose_person, correct_row, drop_row, set_aside
from ansinh.imports.operations.describe import describe_paper
from ansinh.imports.operations.examine import recheck_batch, set_month
from ansinh.imports.operations.take import open_list, take_list, take_paste
from ansinh.imports.operations.undo import undo_batch

__all__ = [
    "bring_back",
    "choose_people",
    "choose_person",
    "commit_batch",
    "correct_row",
    "describe_paper",
    "discard_batch",
    "drop_row",
    "open_list",
    "recheck_batch",
    "set_aside",
    "set_month",
    "take_list",
    "take_paste",
    "undo_batch",
]
