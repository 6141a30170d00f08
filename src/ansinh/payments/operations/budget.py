"""Money of a budget source for a commune and month: estimate, opening, drawn, returned."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit
from ansinh.payments.models import BudgetEntry, BudgetSource


@transaction.atomic
def record_budget(
    *,
    unit: Unit,
    source: BudgetSource,
    month: date,
    kind: str,
    amount_vnd: int,
    paper: str,
    by: Post,
    now: datetime,
    corrects: BudgetEntry | None = None,
) -> BudgetEntry:
    """Write one entry. Nothing is edited: a correction is a new entry, of any sign, that names the old one."""
    if kind not in dict(BudgetEntry._meta.get_field("kind").choices):
        raise InvalidInput(_("Loại bút toán không hợp lệ."), field="kind")
    if amount_vnd == 0 or (amount_vnd < 0 and corrects is None):
        raise InvalidInput(_("Số tiền phải lớn hơn 0; chỉ bút toán sửa mới ghi số âm."), field="amount_vnd")
    entry = BudgetEntry.objects.create(
        unit=unit, source=source, month=month, kind=kind, amount_vnd=amount_vnd, paper=paper, recorded_by=by, recorded_at=now,
        corrects=corrects,
    )  # fmt: skip
    journal.record(
        by=by.actor,
        act="record_budget",
        noun="budget_entry",
        key=str(entry.id),
        detail={"kind": kind, "amount": amount_vnd},
        at=now,
    )
    return entry
