"""Settlement: opening + drawn − paid − returned = remaining, by budget source and month. What was paid is derived, never kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from ansinh.localities.models import Unit
from ansinh.payments.models import BudgetEntry, BudgetSource, LineKind, PaymentLine, PaymentList


@dataclass(frozen=True)
class Balance:
    """One source in one month."""

    source: BudgetSource
    estimate_vnd: int
    opening_vnd: int
    drawn_vnd: int
    paid_vnd: int
    returned_vnd: int

    @property
    def remaining_vnd(self) -> int:
        return self.opening_vnd + self.drawn_vnd - self.paid_vnd - self.returned_vnd


def settlement(unit: Unit, month: date) -> list[Balance]:
    """Balances of a commune's month. The opening is what remained before, plus openings recorded by hand. Three queries.

    Lines carry no source of their own yet: with one source everything is paid from it; with several the first pays.
    """
    sources = list(BudgetSource.objects.order_by("id"))
    sums: dict[tuple[int, str, bool], int] = defaultdict(int)
    entries = BudgetEntry.objects.filter(unit=unit, month__lte=month).values("source", "kind", "month")
    for row in entries.annotate(total=Sum("amount_vnd")).order_by():
        sums[row["source"], row["kind"], row["month"] == month] += row["total"]
    paid: dict[bool, int] = {True: 0, False: 0}
    lines = PaymentLine.objects.filter(unit=unit, state="paid", list__run__benefit_month__lte=month)
    # What was paid before this system was drawn and settled elsewhere.
    lines = lines.exclude(list__in=PaymentList.objects.filter(unit=unit, lines__kind=LineKind.PAST))
    for row in lines.values("list__run__benefit_month").annotate(total=Sum("amount_vnd")).order_by():
        paid[row["list__run__benefit_month"] == month] += row["total"]
    return [_balance(source, sums, paid if number == 0 else {True: 0, False: 0}) for number, source in enumerate(sources)]


def _balance(source: BudgetSource, sums: dict[tuple[int, str, bool], int], paid: dict[bool, int]) -> Balance:
    def of(kind: str, this_month: bool) -> int:
        return sums[source.id, kind, this_month]

    before = of("opening", False) + of("drawn", False) - of("returned", False) - paid[False]
    return Balance(
        source=source,
        estimate_vnd=of("estimate", True),
        opening_vnd=before + of("opening", True),
        drawn_vnd=of("drawn", True),
        paid_vnd=paid[True],
        returned_vnd=of("returned", True),
    )
