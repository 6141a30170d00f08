"""Questions about the month."""

from ansinh.payments.queries.comparing import comparison
from ansinh.payments.queries.overview import overview, totals, unpaid_three_months
from ansinh.payments.queries.settling import settlement

__all__ = ["comparison", "overview", "settlement", "totals", "unpaid_three_months"]
