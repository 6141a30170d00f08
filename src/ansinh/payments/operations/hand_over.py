"""Hand a closed list over: one file for each payer and method."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansinh.access.models import Post
from ansinh.database.columns import on_day
from ansinh.files import operations as files
from ansinh.files.kinds import XLSX
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.folding import slug
from ansinh.payments.exports import payer_workbook
from ansinh.payments.models import Handover, Method, PayerContract, PaymentLine, PaymentList
from ansinh.payments.operations.move import lock, move


@transaction.atomic
def hand_over(*, payment_list: PaymentList, by: Post, now: datetime) -> list[Handover]:
    """Give each payer its file. Raises InvalidInput when a method has no payer in this commune."""
    payment_list = lock(payment_list)
    move(payment_list, "hand_over", by=by, now=now)
    contracts = PayerContract.objects.filter(on_day(now.date()), unit=payment_list.unit).select_related("payer__office")
    payers = {contract.method: contract.payer for contract in contracts}
    lines = payment_list.lines.filter(state="due").order_by("village_name", "sort_key", "person_id", "id")
    made = []
    for method in Method.values:
        mine = [line for line in lines if line.method == method]
        if not mine:
            continue
        if method not in payers:
            raise InvalidInput(
                _("%(unit)s chưa có tổ chức chi trả cho hình thức “%(method)s”.")
                % {"unit": payment_list.unit.name, "method": Method(method).label}
            )
        made.append(_give(payment_list, payers[method], method, mine, by, now))
    return made


def _give(payment_list: PaymentList, payer, method: str, lines: list[PaymentLine], by: Post, now: datetime) -> Handover:
    with override("vi"):
        label = str(Method(method).label)
    stored = files.store(
        name=f"{slug(payment_list.unit.name)}-{payment_list.run.benefit_month:%Y-%m}-{method}.xlsx",
        data=payer_workbook(payment_list, lines, method=label),
        media_type=XLSX,
        purpose="handover",
        unit=payment_list.unit,
        given_to=payer.office,
        by=by,
        now=now,
    )
    handover = Handover.objects.create(
        list=payment_list, unit=payment_list.unit, payer=payer, method=method, file=stored, count=len(lines),
        total_vnd=sum(line.amount_vnd for line in lines), made_by=by, made_at=now,
    )  # fmt: skip
    PaymentLine.objects.filter(id__in=[line.id for line in lines]).update(handover=handover)
    return handover
