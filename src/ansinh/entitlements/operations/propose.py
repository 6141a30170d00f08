"""Draft what the law sees differently: one bulk decision a commune, replaced each time it is asked for, signed apart."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations.draft import draft_decision
from ansinh.entitlements.queries.differences import differences
from ansinh.kernel.periods import month_text
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids


@transaction.atomic
def draft_differences(*, unit: Unit, month: date, by: Post | None, now: datetime) -> Decision | None:
    """Replace the commune's unsigned draft of the month by what the law says now. None when nothing differs.

    A line that rests on an unconfirmed point is left out: it waits for the point to be confirmed.
    """
    old = Decision.objects.select_for_update(of=("self",)).filter(unit=unit, month=month, origin="proposed", state="draft")
    for decision in old:
        decision.items.all().delete()
        decision.delete()
    found = [d for d in differences(unit_ids=scope_ids(unit, on=now.date()), month=month) if not d.held]
    # An entry ends where its successor begins: a change that reaches back to its first month needs the old decision revoked.
    items = [d.item for d in found if d.since > d.entry.months.lower]
    if not items:
        return None
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return draft_decision(
        office=office, unit=unit, kind="mixed", origin="proposed", items=items, by=by, now=now, month=month,
        title=_("Điều chỉnh, thôi hưởng theo rà soát tháng %(month)s") % {"month": month_text(month)},
    )  # fmt: skip
