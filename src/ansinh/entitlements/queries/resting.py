"""What rests on a decision, so that it cannot be taken back."""

from __future__ import annotations

from django.db import models

from ansinh.database.dependents import resting_on
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement, Suspension


def resting_on_decision(decision: Decision) -> list[models.Model]:
    """Rows of any room that would lose what they stand on: signed payment lines, later decisions. A constant number of queries."""
    of_mine = models.Q(decision=decision)
    mine = {
        DecisionItem: of_mine,
        Entitlement: models.Q(granted_by__decision=decision) | models.Q(ended_by__decision=decision),
        Suspension: models.Q(entitlement__granted_by__decision=decision),  # taken over; one decided by itself has its own line
    }
    items = list(decision.items.values_list("pk", flat=True))
    entries = list(Entitlement.objects.filter(granted_by__decision=decision).values_list("pk", flat=True))
    later = DecisionItem.objects.filter(entitlement__ended_by__decision=decision, pk__gt=max(items, default=0)).exclude(of_mine)
    return [
        *resting_on(Decision, [decision.pk], mine=mine),
        *resting_on(DecisionItem, items, mine=mine),
        *resting_on(Entitlement, entries, mine=mine),
        *later.order_by("pk")[:10],
    ]
