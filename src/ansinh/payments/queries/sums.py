"""What stands at the foot of a list on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from ansinh.payments.models import PaymentList


@dataclass(frozen=True)
class PaperSums:
    """People and đồng of the lines to be paid; held lines stand on no paper."""

    people: int
    total_vnd: int


def sums_on_paper(payment_list: PaymentList) -> PaperSums:
    """The sums of a list as its paper says them. One query."""
    due = payment_list.lines.exclude(state="held").aggregate(people=Count("person", distinct=True), money=Sum("amount_vnd"))
    return PaperSums(due["people"], due["money"] or 0)
