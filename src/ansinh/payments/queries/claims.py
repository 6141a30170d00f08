"""What people have to pay back: every signed recovery with what was taken, repaid, written off, and what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, F, Func, IntegerField, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from ansinh.entitlements.models import Act, DecisionItem
from ansinh.kernel.periods import parse_month
from ansinh.payments.models import PaymentLine, RecoveryPlan, Repayment

_MONTHS = Func(F("months"), function="jsonb_array_length", output_field=IntegerField())


def _settled(how: str) -> Func:
    """Asked of the database across communes: a person who moved pays back where they live now."""
    return Func(F("id"), Value(how), function="payments_settled", output_field=BigIntegerField())


def claims() -> QuerySet[DecisionItem]:
    """Signed recoveries that the viewer may see, with `total`, `taken`, `repaid`, `written` and `left` in đồng."""
    signed = DecisionItem.objects.filter(act=Act.RECOVERY, decision__state="signed")
    counted = signed.annotate(
        total=F("amount_vnd") * _MONTHS, taken=_settled("taken"), repaid=_settled("repaid"), written=_settled("written")
    )
    return counted.annotate(
        left=Greatest(F("total") - F("taken") - F("repaid") - F("written"), Value(0), output_field=BigIntegerField())
    )


@dataclass(frozen=True)
class ClaimSum:
    """All claims of one commune."""

    unit_id: int
    unit_name: str
    count: int
    total_vnd: int
    left_vnd: int


def claim_sums(found: QuerySet[DecisionItem]) -> list[ClaimSum]:
    """Sums by the commune that decided, in the order of names. One query."""
    rows = found.values_list("decision__unit", "decision__unit__name").annotate(
        n=Count("id"), whole=Sum("total"), rest=Sum("left")
    )
    return [ClaimSum(*row) for row in rows.order_by("decision__unit__name")]


def plan_of(item: DecisionItem) -> RecoveryPlan | None:
    """The plan that holds: the newest."""
    return item.recovery_plans.select_related("person", "made_by__user", "scan").order_by("-id").first()


def left_by_month(item: DecisionItem) -> dict[date, int]:
    """What is left of each month, what was settled otherwise set against the oldest months first. `item` comes from `claims`."""
    taken = dict(
        PaymentLine.objects.filter(item=item, kind="recovery").exclude(state__in=("unpaid", "held"))
        .values_list("benefit_month").annotate(vnd=Sum("amount_vnd")).order_by()
    )  # fmt: skip
    settled = item.repaid + item.written + item.taken + sum(taken.values())  # lines of another commune have no month here
    found = {}
    for month in map(parse_month, item.months):
        left = item.amount_vnd + taken.get(month, 0)
        used = min(left, settled)
        settled -= used
        if left > used:
            found[month] = left - used
    return found


def movements(item: DecisionItem) -> Iterable[PaymentLine | Repayment]:
    """Lines of lists and receipts of a claim, oldest first. Two queries."""
    lines = PaymentLine.objects.filter(item=item).select_related("list__run", "person").order_by("id")
    receipts = item.repayments.select_related("recorded_by__user", "corrects", "correction").order_by("id")
    return [*lines, *receipts]
