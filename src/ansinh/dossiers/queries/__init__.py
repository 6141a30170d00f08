"""Questions about dossiers."""

from ansinh.dossiers.papers.standing import paper_of, printable, printed
from ansinh.dossiers.queries.desk import Tray, desk, trays
from ansinh.dossiers.queries.known import found_person, housemates, known_facts
from ansinh.dossiers.queries.load import Load, Share, loads, shares
from ansinh.dossiers.queries.next_acts import NEXT_ACTS, NextAct, may_declare, may_open, may_propose, next_acts
from ansinh.dossiers.queries.told import told_clock, told_facts

__all__ = [
    "NEXT_ACTS",
    "Load",
    "NextAct",
    "Share",
    "Tray",
    "desk",
    "found_person",
    "housemates",
    "known_facts",
    "loads",
    "may_declare",
    "may_open",
    "may_propose",
    "next_acts",
    "paper_of",
    "printable",
    "printed",
    "shares",
    "told_clock",
    "told_facts",
    "trays",
]
