"""From which budget source a list pays each benefit: as the list before did, unless somebody chooses another before it is signed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed
from ansinh.payments.models import BudgetSource, LineKind, ListSource, PaymentList
from ansinh.payments.operations.move import lock

OPEN = ("proposed", "checking")


def set_default_sources(payment_list: PaymentList) -> None:
    """Give each benefit of a proposed list its source: that of the commune's last list with the benefit, else the first one.

    What was chosen already stays. For use inside an operation.
    """
    chosen = set(payment_list.sources.values_list("benefit", flat=True))
    lacking = set(payment_list.lines.values_list("benefit", flat=True).distinct().order_by()) - chosen
    first = BudgetSource.objects.order_by("id").first() if lacking else None
    if first is None:
        return
    earlier = ListSource.objects.filter(list__unit=payment_list.unit, benefit__in=lacking)
    earlier = earlier.filter(list__run__benefit_month__lt=payment_list.run.benefit_month).order_by("list__run__benefit_month")
    usual = dict(earlier.values_list("benefit", "source"))
    ListSource.objects.bulk_create(
        [ListSource(list=payment_list, benefit=benefit, source_id=usual.get(benefit, first.id)) for benefit in sorted(lacking)]
    )


@transaction.atomic
def choose_source(*, payment_list: PaymentList, benefit: str, source: BudgetSource, by: Post, now: datetime) -> ListSource:
    """Say from which source the list pays a benefit. Raises MoveNotAllowed once the list is signed."""
    payment_list = lock(payment_list)
    if payment_list.state not in OPEN:
        raise MoveNotAllowed(_("Danh sách đã duyệt; không đổi nguồn kinh phí được nữa."))
    if not payment_list.lines.filter(benefit=benefit).exclude(kind=LineKind.PAST).exists():
        raise InvalidInput(_("Danh sách không có dòng nào của chế độ này."), field="benefit")
    chosen, _made = ListSource.objects.update_or_create(list=payment_list, benefit=benefit, defaults={"source": source})
    journal.record(
        by=by.actor, act="choose_source", noun="payment_list", key=payment_list.code,
        detail={"benefit": benefit, "source": source.code}, at=now,
    )  # fmt: skip
    return chosen
