"""Doors to decisions and the ledger."""

from ansinh.entitlements.views.decisions import decision, decisions, discard, record, revoke
from ansinh.entitlements.views.effect import resolution_examples
from ansinh.entitlements.views.insurance import insurance
from ansinh.entitlements.views.ledger import ledger, why
from ansinh.entitlements.views.one_person import decide, propose
from ansinh.entitlements.views.paper import number, paper, print_out
from ansinh.entitlements.views.transitions import reckon_transitions, transitions

__all__ = [
    "decide",
    "decision",
    "decisions",
    "discard",
    "insurance",
    "ledger",
    "number",
    "paper",
    "print_out",
    "propose",
    "reckon_transitions",
    "record",
    "resolution_examples",
    "revoke",
    "transitions",
    "why",
]
