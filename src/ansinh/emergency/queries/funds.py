"""What a fund had, received, gave and still has."""

from __future__ import annotations

from django.db.models import Sum

from ansinh.emergency.models import ReliefFund


def fund_sums(fund: ReliefFund) -> dict[str, int]:
    """Opening, received, allocated and what remains, in đồng; goods by their worth. One query."""
    rows = list(fund.entries.values("kind").annotate(vnd=Sum("amount_vnd"), goods=Sum("goods_vnd")).order_by())
    sums = {"opening": 0, "received": 0, "allocated": 0} | {row["kind"]: row["vnd"] for row in rows}
    goods = sum((-1 if row["kind"] == "allocated" else 1) * row["goods"] for row in rows)
    return sums | {"left": sums["opening"] + sums["received"] - sums["allocated"], "goods": goods}
