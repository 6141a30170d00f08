"""What a coefficient is worth in a month: the national level, the province's level or its amount, whichever is highest."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ansinh.kernel.money import amount_of
from ansinh.law.engine.rules import Rule
from ansinh.law.reckoning import Candidate, Reckoning
from ansinh.law.resolutions import highest_amount, highest_level

SCOPES = {
    "monthly_allowance": "monthly",
    "social_pension": "social_pension",
    "carer_money": "carers",
    "disabled_parent_support": "carers",
    "residential_upbringing": "residential",
}


class Worth(NamedTuple):
    """coefficient (hundredths) x standard, and what set the standard. An amount is 1 x itself."""

    coefficient: int
    standard_vnd: int
    basis: str


def standard_of(reckoning: Reckoning, kind: str, month: date) -> tuple[int, str]:
    """The level a kind is counted from: the higher of the national and the provincial one, with what set it.

    Basis: khoản 3 Điều 4 NĐ 20/2021/NĐ-CP; khoản 3 Điều 4 NĐ 335/2026/NĐ-CP (never lower).
    """
    key = "social_pension_level" if kind == "social_pension" else "standard"
    source = reckoning.law(month).sources[key]
    return highest_level(reckoning.resolutions(month), SCOPES[kind], month, (source.value, source.basis))


def worth(reckoning: Reckoning, rule: Rule, coefficient: int, month: date) -> Worth:
    """What one share of a rule is counted from in a month; an amount table is compared category by category.

    Basis: khoản 3 Điều 4 NĐ 20/2021/NĐ-CP; khoản 3 Điều 4 NĐ 335/2026/NĐ-CP.
    """
    if rule.amount_vnd:
        return Worth(100, rule.amount_vnd, rule.basis)
    standard, basis = standard_of(reckoning, rule.kind, month)
    national = amount_of(coefficient, standard), basis
    amount, named = highest_amount(reckoning.resolutions(month), rule.category, month, national, coefficient)
    return Worth(coefficient, standard, basis) if amount == national[0] else Worth(100, amount, named)


def level_vnd(reckoning: Reckoning, candidate: Candidate, month: date) -> int:
    """Đồng a month of a candidate, before any deduction."""
    coefficient, standard, _ = worth(reckoning, candidate.rule, candidate.coefficient, month)
    return amount_of(coefficient, standard, candidate.count)
