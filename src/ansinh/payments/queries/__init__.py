"""Questions about the month."""

from ansinh.payments.queries.claims import claim_sums, claims, left_by_month, movements, plan_of
from ansinh.payments.queries.comparing import comparison
from ansinh.payments.queries.cutting_off import (
    changes_after_cutoff,
    cut_off_days,
    cutoff_on,
    default_day,
    list_reached,
    owed_since,
    waiting,
)
from ansinh.payments.queries.overview import (
    died_since_closing,
    latest_month,
    month_fault,
    overview,
    runs,
    totals,
    unfinished_run,
    unpaid_three_months,
)
from ansinh.payments.queries.owed_by_law import owed_by_law
from ansinh.payments.queries.settling import settlement, shares

__all__ = [
    "changes_after_cutoff",
    "claim_sums",
    "claims",
    "comparison",
    "cut_off_days",
    "cutoff_on",
    "default_day",
    "died_since_closing",
    "latest_month",
    "left_by_month",
    "owed_since",
    "list_reached",
    "month_fault",
    "movements",
    "overview",
    "owed_by_law",
    "plan_of",
    "runs",
    "settlement",
    "shares",
    "totals",
    "unfinished_run",
    "unpaid_three_months",
    "waiting",
]
