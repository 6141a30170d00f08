"""Who receives in a month: one answer for the ledger page and for every figure, so that both count the same."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.entitlements.models import Entitlement, Suspension


def entries_of(month: date) -> QuerySet[Entitlement]:
    """Every entry open in a month, also those suspended and of people who died before it."""
    return Entitlement.objects.filter(months__contains=month)


def running(month: date) -> QuerySet[Entitlement]:
    """Entries in force in a month, not suspended, of people alive at its start."""
    suspended = Suspension.objects.filter(entitlement=OuterRef("pk"), months__contains=month)
    alive = Q(person__died_on__isnull=True) | Q(person__died_on__gte=month)
    return entries_of(month).filter(alive, ~Exists(suspended))
