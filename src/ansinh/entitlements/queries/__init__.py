"""Questions across people, law and ledger."""

from ansinh.entitlements.queries.asking_the_law import (
    MonthOfLaw,
    care_for,
    explanation_for,
    given_by_law,
    law_by_month,
    law_for,
    months_to_decide,
)
from ansinh.entitlements.queries.beginning import month_of_change, month_of_move, month_of_stop
from ansinh.entitlements.queries.candidates import candidate_ids, filtered_out_but_given, given_in, given_to
from ansinh.entitlements.queries.caring import Care, care_of
from ansinh.entitlements.queries.comparing import suspects, suspects_by_month
from ansinh.entitlements.queries.differences import Difference, care_decided_elsewhere, differences, lines_of, taken_over
from ansinh.entitlements.queries.effect import Effect, effect_of
from ansinh.entitlements.queries.funeral import Funeral, funeral_for
from ansinh.entitlements.queries.listed_transitions import (
    points_in_words,
    points_of,
    tells_illness,
    transition_papers,
    transition_sums,
)
from ansinh.entitlements.queries.naming import (
    Naming,
    holds_sensitive,
    is_sensitive,
    on_paper,
    on_papers_of_their_own,
    on_screen,
    sensitive_categories,
)
from ansinh.entitlements.queries.papers import DecidedMoney, Paper, begun_too_early, decided_money, with_papers
from ansinh.entitlements.queries.transitions import change_of_law, transition_months
from ansinh.entitlements.queries.what_if import WhatIf, what_if

__all__ = [
    "Care",
    "DecidedMoney",
    "Difference",
    "Effect",
    "Funeral",
    "MonthOfLaw",
    "Naming",
    "Paper",
    "WhatIf",
    "begun_too_early",
    "candidate_ids",
    "care_decided_elsewhere",
    "care_for",
    "care_of",
    "change_of_law",
    "decided_money",
    "differences",
    "effect_of",
    "explanation_for",
    "filtered_out_but_given",
    "funeral_for",
    "given_by_law",
    "given_in",
    "given_to",
    "holds_sensitive",
    "is_sensitive",
    "law_by_month",
    "law_for",
    "lines_of",
    "month_of_change",
    "month_of_move",
    "month_of_stop",
    "months_to_decide",
    "on_paper",
    "on_papers_of_their_own",
    "on_screen",
    "points_in_words",
    "points_of",
    "sensitive_categories",
    "suspects",
    "suspects_by_month",
    "taken_over",
    "tells_illness",
    "transition_months",
    "transition_papers",
    "transition_sums",
    "what_if",
    "with_papers",
]
