"""Close a list: from now on the database itself refuses every change of its lines."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Sum

from ansinh.access.models import Post
from ansinh.payments.models import PaymentList
from ansinh.payments.operations.move import lock, move


@transaction.atomic
def close_list(*, payment_list: PaymentList, by: Post, now: datetime) -> PaymentList:
    """Freeze lines, sum and count. Mistakes found later become lines of a later list that name the old."""
    payment_list = lock(payment_list)
    move(payment_list, "close", by=by, now=now)
    due = payment_list.lines.filter(state="due").aggregate(count=Count("id"), total=Sum("amount_vnd"))
    payment_list.closed_at, payment_list.closed_count = now, due["count"]
    payment_list.closed_total_vnd = due["total"] or 0
    payment_list.save(update_fields=["closed_at", "closed_count", "closed_total_vnd"])
    return payment_list
