"""Acts on petitions. Each takes `seen`, the last step its page showed, so that two people acting at once are told."""

from ansinh.petitions.operations.answering import Answer, answer_petition, extend_petition
from ansinh.petitions.operations.calendar import reckon_days
from ansinh.petitions.operations.printing import number_answer, print_petition_paper
from ansinh.petitions.operations.receiving import Sender, assign_petition, classify_petition, decide_petition, register_petition

__all__ = [
    "Answer",
    "Sender",
    "answer_petition",
    "assign_petition",
    "classify_petition",
    "decide_petition",
    "extend_petition",
    "reckon_days",
    "number_answer",
    "print_petition_paper",
    "register_petition",
]
