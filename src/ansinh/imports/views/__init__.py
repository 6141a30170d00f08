"""Pages of lists, by what is done on them."""

from ansinh.imports.views.lists import (
    choose,
    commit,
    detail,
    discard,
    home,
    month,
    paper,
    problem_file,
    recheck,
    row,
    set_aside_all,
    waiting,
)
from ansinh.imports.views.opening import open_list
from ansinh.imports.views.undoing import undo

__all__ = [
    "choose",
    "commit",
    "detail",
    "discard",
    "home",
    "month",
    "open_list",
    "paper",
    "problem_file",
    "recheck",
    "row",
    "set_aside_all",
    "undo",
    "waiting",
]
