"""Questions about occasions, lists, balances, gifts and stays."""

from ansinh.emergency.queries.balance import Balance, balances
from ansinh.emergency.queries.burials import burial_of
from ansinh.emergency.queries.recipients import recipients
from ansinh.emergency.queries.stays import Stay, stay_of
from ansinh.emergency.queries.totals import KindTotal, PlaceRow, VillageTotal, by_kind, by_village, list_totals, places

__all__ = [
    "Balance",
    "KindTotal",
    "PlaceRow",
    "Stay",
    "VillageTotal",
    "balances",
    "burial_of",
    "by_kind",
    "by_village",
    "list_totals",
    "places",
    "recipients",
    "stay_of",
]
