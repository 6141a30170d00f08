"""Doors to the month."""

from ansinh.payments.views.claims import claim, claims, correct_repayment, plan, repayment, review_past, write_off
from ansinh.payments.views.cutting_off import cut_off
from ansinh.payments.views.lines import approval_sheet, changes, line, lines
from ansinh.payments.views.lists import approve, overview, payment_list, propose, step
from ansinh.payments.views.money import budget, source
from ansinh.payments.views.payer import answer_stop, handover, minutes, signing_sheet

__all__ = [
    "answer_stop",
    "approval_sheet",
    "approve",
    "budget",
    "changes",
    "claim",
    "claims",
    "correct_repayment",
    "cut_off",
    "handover",
    "line",
    "lines",
    "minutes",
    "overview",
    "payment_list",
    "plan",
    "propose",
    "repayment",
    "review_past",
    "signing_sheet",
    "source",
    "step",
    "write_off",
]
