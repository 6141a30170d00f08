"""Take back a wrong decision while nothing rests on it; otherwise say what does."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.models import Post
from ansinh.dossiers import operations as dossiers
from ansinh.entitlements.models import Decision, Entitlement, Suspension
from ansinh.entitlements.workflow import DECISION
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput

_PAID = gettext_lazy(
    "Không thu hồi được: đã có dòng chi trả, hoặc quyết định khác dựa vào quyết định này. Hãy ra quyết định thôi hưởng và thu hồi tiền."
)


@transaction.atomic
def revoke_decision(*, decision: Decision, reason: str, by: Post, now: datetime) -> Decision:
    """Undo a signed decision: its entries go, what it ended runs again. The decision stays, as revoked.

    Raises InvalidInput when a later decision changed its entries; the database refuses when money was paid on them.
    """
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do thu hồi quyết định."), field="reason")
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    decision.state = DECISION.find("revoke", decision.state, by.role).target
    entries = Entitlement.objects.filter(granted_by__decision=decision)
    later = entries.exclude(ended_by=None).exclude(ended_by__decision=decision).values_list("ended_by__decision__code", flat=True)
    if codes := sorted(set(later)):
        raise InvalidInput(
            _("Không thu hồi được: quyết định sau đã thay đổi các dòng này (%(codes)s).") % {"codes": ", ".join(codes)}
        )
    decision.note = reason.strip()
    _save(decision)
    _reopen_suspensions(decision)
    _remove(entries)
    for entry in Entitlement.objects.filter(ended_by__decision=decision):
        entry.months, entry.ended_by = DateRange(entry.months.lower, entry.granted_by.to_month), None
        entry.save(update_fields=["months", "ended_by"])
    if decision.dossier:
        dossiers.reopen_dossier(dossier=decision.dossier, note=reason, by=by, now=now)
    journal.record(by=by.actor, act="revoke", noun="decision", key=decision.code, at=now)
    return decision


def _reopen_suspensions(decision: Decision) -> None:
    """Suspensions of the decision go; those it ended run again. One that a later decision ended stays a ground to refuse."""
    mine = Suspension.objects.filter(item__decision=decision)
    later = mine.exclude(resumed_by=None).exclude(resumed_by__decision=decision)
    if codes := sorted(set(later.values_list("resumed_by__decision__code", flat=True))):
        raise InvalidInput(_("Không thu hồi được: đã có quyết định cho hưởng lại (%(codes)s).") % {"codes": ", ".join(codes)})
    mine.delete()
    for suspension in Suspension.objects.filter(resumed_by__decision=decision).select_related("entitlement"):
        lower = suspension.months.lower or max(suspension.item.from_month, suspension.entitlement.months.lower)
        suspension.months, suspension.resumed_by = DateRange(lower, None), None
        suspension.owed = False
        suspension.save(update_fields=["months", "resumed_by", "owed"])


def _save(decision: Decision) -> None:
    """Rooms above may refuse: money of the decision stands on a signed list."""
    try:
        with transaction.atomic():
            decision.save(update_fields=["state", "note"])
    except IntegrityError:
        raise InvalidInput(_PAID) from None


def _remove(entries) -> None:
    """Remove entries nothing rests on, with the suspensions they took over; rooms above point at them with keys that refuse."""
    try:
        with transaction.atomic():
            Suspension.objects.filter(entitlement__in=entries).delete()
            entries.delete()
    except (ProtectedError, RestrictedError):
        raise InvalidInput(_PAID) from None
