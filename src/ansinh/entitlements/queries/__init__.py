"""Questions across people, law and ledger."""

from ansinh.entitlements.queries.asking_the_law import explanation_for, law_for
from ansinh.entitlements.queries.differences import Difference, differences
from ansinh.entitlements.queries.papers import DecidedMoney, Paper, decided_money, with_papers

__all__ = [
    "DecidedMoney",
    "Difference",
    "Paper",
    "decided_money",
    "differences",
    "explanation_for",
    "law_for",
    "with_papers",
]
