"""Settlement: opening + drawn − paid − returned = remaining, by budget source and month. What was paid is derived, never kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery, Sum

from ansinh.entitlements.models import Benefit
from ansinh.localities.models import Unit
from ansinh.payments.models import BudgetEntry, BudgetSource, LineKind, ListSource, PaymentLine, PaymentList


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


@dataclass(frozen=True)
class Share:
    """What a list pays of one benefit, and from which source."""

    benefit: str
    label: str
    source: BudgetSource | None
    money_vnd: int


def shares(payment_list: PaymentList) -> list[Share]:
    """The money of a list by benefit, with its source. Two queries."""
    chosen = {row.benefit: row.source for row in payment_list.sources.select_related("source")}
    money = payment_list.lines.exclude(state="held").values_list("benefit").annotate(total=Sum("amount_vnd"))
    return [Share(key, str(Benefit(key).label), chosen.get(key), total) for key, total in money.order_by("benefit")]


def settlement(unit: Unit, month: date) -> list[Balance]:
    """Balances of a commune's month by source. The opening is what remained before, plus openings recorded by hand. Three queries."""
    sources = list(BudgetSource.objects.order_by("id"))
    sums: dict[tuple[int, str, bool], int] = defaultdict(int)
    entries = BudgetEntry.objects.filter(unit=unit, month__lte=month).values("source", "kind", "month")
    for row in entries.annotate(total=Sum("amount_vnd")).order_by():
        sums[row["source"], row["kind"], row["month"] == month] += row["total"]
    paid = _paid(unit, month, sources[0].id if sources else 0)
    return [_balance(source, sums, paid) for source in sources]


def _paid(unit: Unit, month: date, first: int) -> dict[tuple[int, bool], int]:
    """Money received by source, in the month and before it. A line pays from the source its list chose for the benefit."""
    chosen = ListSource.objects.filter(list=OuterRef("list"), benefit=OuterRef("benefit")).values("source")
    lines = PaymentLine.objects.filter(unit=unit, state="paid", list__run__benefit_month__lte=month)
    # What was paid before this system was drawn and settled elsewhere.
    lines = lines.exclude(list__in=PaymentList.objects.filter(unit=unit, lines__kind=LineKind.PAST))
    paid: dict[tuple[int, bool], int] = defaultdict(int)
    rows = lines.annotate(source=Subquery(chosen)).values("source", "list__run__benefit_month")
    for row in rows.annotate(total=Sum("amount_vnd")).order_by():
        paid[row["source"] or first, row["list__run__benefit_month"] == month] += row["total"]
    return paid


def _balance(source: BudgetSource, sums: dict[tuple[int, str, bool], int], paid: dict[tuple[int, bool], int]) -> Balance:
    def of(kind: str, this_month: bool) -> int:
        return sums[source.id, kind, this_month]

    before = of("opening", False) + of("drawn", False) - of("returned", False) - paid[source.id, False]
    return Balance(
        source=source,
        estimate_vnd=of("estimate", True),
        opening_vnd=before + of("opening", True),
        drawn_vnd=of("drawn", True),
        paid_vnd=paid[source.id, True],
        returned_vnd=of("returned", True),
    )
