"""Questions across people, law and ledger."""

from ansinh.entitlements.queries.asking_the_law import care_for, explanation_for, law_for, months_to_decide
from ansinh.entitlements.queries.candidates import candidate_ids, filtered_out_but_given, given_to
from ansinh.entitlements.queries.caring import Care, care_of
from ansinh.entitlements.queries.comparing import suspects
from ansinh.entitlements.queries.differences import Difference, differences
from ansinh.entitlements.queries.effect import Effect, effect_of
from ansinh.entitlements.queries.funeral import Funeral, funeral_for
from ansinh.entitlements.queries.naming import Naming, holds_sensitive, is_sensitive, on_paper, on_screen, sensitive_categories
from ansinh.entitlements.queries.papers import DecidedMoney, Paper, decided_money, with_papers
from ansinh.entitlements.queries.what_if import WhatIf, what_if

__all__ = [
    "candidate_ids",
    "care_for",
    "care_of",
    "filtered_out_but_given",
    "given_to",
    "Care",
    "DecidedMoney",
    "Difference",
    "Effect",
    "Funeral",
    "Naming",
    "Paper",
    "WhatIf",
    "decided_money",
    "differences",
    "effect_of",
    "explanation_for",
    "funeral_for",
    "holds_sensitive",
    "is_sensitive",
    "law_for",
    "months_to_decide",
    "on_paper",
    "on_screen",
    "sensitive_categories",
    "suspects",
    "what_if",
    "with_papers",
]
