"""Take back a decision that came in with a list, as if the list had not been taken in. The paper itself is untouched by this."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.database.dependents import drop_drafts
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement, Suspension
from ansinh.entitlements.queries.resting import resting_on_decision
from ansinh.entitlements.workflow import DECISION
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput


@transaction.atomic
def take_back_decision(*, decision: Decision, reason: str, by: Post, now: datetime) -> None:
    """Remove an imported decision with its lines and entries; what it ended runs again. The journal keeps what it was.

    Lines of lists that nobody signed go too. Raises InvalidInput for a decision made here, or while something rests on it.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    DECISION.find("revoke", decision.state, by.role)
    if decision.origin != "imported":
        raise InvalidInput(_("Chỉ hoàn tác được quyết định nạp từ danh sách."))
    if resting_on_decision(decision):
        raise InvalidInput(_("Không hoàn tác được: đã có quyết định hoặc dòng chi trả dựa vào quyết định này."))
    items = list(decision.items.values_list("pk", flat=True))
    entries = list(Entitlement.objects.filter(granted_by__decision=decision).values_list("pk", flat=True))
    total = decision.items.filter(act__in=["grant", "adjust"]).aggregate(total=models.Sum("amount_vnd"))["total"] or 0
    drop_drafts(Entitlement, entries)
    drop_drafts(DecisionItem, items)
    Suspension.objects.filter(entitlement__in=entries).delete()  # taken over from the entry before
    Entitlement.objects.filter(granted_by__decision=decision)._raw_delete("default")
    _run_again(decision)
    decision.items.all()._raw_delete("default")
    detail = {"number": decision.number, "signed_on": f"{decision.signed_on}", "items": len(items), "total_vnd": total}
    code = decision.code
    Decision.objects.filter(pk=decision.pk)._raw_delete("default")
    journal.record(by=by.actor, act="take_back", noun="decision", key=code, detail={**detail, "reason": reason}, at=now)


def _run_again(decision: Decision) -> None:
    ended = list(Entitlement.objects.filter(ended_by__decision=decision).select_related("granted_by"))
    for entry in ended:
        entry.months, entry.ended_by = DateRange(entry.months.lower, entry.granted_by.to_month), None
    update_rows(ended, ["months", "ended_by"])
