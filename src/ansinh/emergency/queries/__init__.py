"""Questions about occasions, lists, balances, gifts and stays."""

from ansinh.emergency.queries.balance import Balance, balances
from ansinh.emergency.queries.burials import burial_of
from ansinh.emergency.queries.funds import fund_sums
from ansinh.emergency.queries.recipients import LeftOut, Recipient, left_out, recipients
from ansinh.emergency.queries.stays import Stay, beyond_three_months, stay_of
from ansinh.emergency.queries.totals import KindTotal, PlaceRow, VillageTotal, by_kind, by_village, list_totals, places

__all__ = [
    "Balance",
    "KindTotal",
    "LeftOut",
    "PlaceRow",
    "Recipient",
    "Stay",
    "VillageTotal",
    "balances",
    "beyond_three_months",
    "burial_of",
    "by_kind",
    "by_village",
    "left_out",
    "fund_sums",
    "list_totals",
    "places",
    "recipients",
    "stay_of",
]
