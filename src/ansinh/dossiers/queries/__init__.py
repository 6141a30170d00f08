"""Questions about dossiers."""

from ansinh.dossiers.papers.standing import (
    paper_of,
    printable,
    printed,
    printed_signer,
    signed_refusal,
    signers_of_refusal,
    takes_number,
)
from ansinh.dossiers.queries.desk import Tray, desk, trays
from ansinh.dossiers.queries.known import found_person, housemates, known_facts
from ansinh.dossiers.queries.load import Load, Share, StepCount, by_step, loads, shares
from ansinh.dossiers.queries.month import MonthDay, month_days
from ansinh.dossiers.queries.next_acts import NEXT_ACTS, NextAct, may_declare, may_open, may_propose, next_acts
from ansinh.dossiers.queries.posting import postable, posting_step, postings
from ansinh.dossiers.queries.told import told_clock, told_facts

__all__ = [
    "NEXT_ACTS",
    "Load",
    "MonthDay",
    "NextAct",
    "Share",
    "StepCount",
    "Tray",
    "by_step",
    "desk",
    "found_person",
    "housemates",
    "known_facts",
    "loads",
    "may_declare",
    "may_open",
    "may_propose",
    "month_days",
    "next_acts",
    "paper_of",
    "postable",
    "posting_step",
    "postings",
    "printable",
    "printed",
    "printed_signer",
    "shares",
    "signed_refusal",
    "signers_of_refusal",
    "takes_number",
    "told_clock",
    "told_facts",
    "trays",
]
