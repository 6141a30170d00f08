"""Questions about the month."""

from ansinh.payments.queries.comparing import comparison
from ansinh.payments.queries.overview import (
    changes_after_cutoff,
    died_since_closing,
    overview,
    totals,
    unpaid_three_months,
)
from ansinh.payments.queries.settling import settlement, shares

__all__ = [
    "changes_after_cutoff",
    "comparison",
    "died_since_closing",
    "overview",
    "settlement",
    "shares",
    "totals",
    "unpaid_three_months",
]
