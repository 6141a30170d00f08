"""Questions about petitions."""

from ansinh.petitions.queries.about import About, about_of, find_about, told_about
from ansinh.petitions.queries.acts import NEXT_ACTS, NextAct, next_acts, possible_handlers
from ansinh.petitions.queries.register import handled_by, handles, may_open_papers, may_register, petitions_about, register

__all__ = [
    "NEXT_ACTS",
    "About",
    "NextAct",
    "about_of",
    "find_about",
    "handled_by",
    "handles",
    "may_open_papers",
    "may_register",
    "next_acts",
    "petitions_about",
    "possible_handlers",
    "register",
    "told_about",
]
