"""The law of social assistance as dated, cited, testable rules.

Words owned: regime, parameter, rule, benefit, coefficient, procedure, glossary. Asks: kernel. Knows no Django, no clock,
no database: facts and dates come in, amounts with their reasons go out.
"""

from ansinh.law.asking import (
    arrears,
    article_of,
    categories,
    citation_of,
    coefficient_options,
    deadline,
    explain,
    first_benefit_month,
    first_payment,
    instruments,
    kinds,
    law_hash,
    monthly,
    one_off,
    parameters,
    pays_suspended_months,
    pension_level_on,
    questions,
    regime_on,
    regimes,
    rules,
    sentence_of,
    standard_on,
    unconfirmed,
    unread,
    with_confirmations,
)
from ansinh.law.category_words import category_from_text
from ansinh.law.floors import check_resolution
from ansinh.law.provisions import provisions

__all__ = [
    "arrears",
    "article_of",
    "categories",
    "category_from_text",
    "check_resolution",
    "citation_of",
    "coefficient_options",
    "deadline",
    "explain",
    "first_benefit_month",
    "first_payment",
    "instruments",
    "kinds",
    "law_hash",
    "monthly",
    "one_off",
    "parameters",
    "pays_suspended_months",
    "pension_level_on",
    "provisions",
    "questions",
    "regime_on",
    "regimes",
    "rules",
    "sentence_of",
    "standard_on",
    "unconfirmed",
    "unread",
    "with_confirmations",
]
