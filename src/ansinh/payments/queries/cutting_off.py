"""The cut-off day: up to when a change enters the next list, and which list a later one reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from ansinh.entitlements.models import Entitlement
from ansinh.kernel.periods import add_months, month_of
from ansinh.localities.models import Unit
from ansinh.payments.models import CutOff, PaymentList

DEFAULT_CUTOFF = 18


@dataclass(frozen=True)
class CutOffDay:
    """The day of one commune, and whether it is its own or the province's."""

    unit: Unit
    day: int
    is_own: bool


def default_day() -> int:
    """The day of every commune without one of its own."""
    found = CutOff.objects.filter(unit=None).first()
    return found.day if found else DEFAULT_CUTOFF


def cut_off_days(units: Sequence[Unit] | QuerySet[Unit]) -> list[CutOffDay]:
    """The day of each commune. Two queries."""
    own = dict(CutOff.objects.filter(unit__in=units).values_list("unit_id", "day"))
    default = default_day()
    return [CutOffDay(unit, own.get(unit.id, default), unit.id in own) for unit in units]


def cutoff_on(unit: Unit, payment_month: date) -> date:
    """The last day whose changes enter a list: the commune's own day, else the default, of the month before the payout."""
    return add_months(payment_month, -1).replace(day=cut_off_days([unit])[0].day)


def changes_after_cutoff(payment_list: PaymentList) -> QuerySet[Entitlement]:
    """Grants and adjustments recorded after the list's cut-off: they wait for a later list."""
    cutoff = timezone.make_aware(datetime.combine(payment_list.cutoff_on, time.max))
    late = Entitlement.objects.filter(unit=payment_list.unit, granted_by__decision__recorded_at__gt=cutoff)
    late = late.filter(months__startswith__lte=payment_list.run.benefit_month)
    return late.select_related("person", "granted_by__decision").order_by("person__sort_key", "id")


def waiting(payment_list: PaymentList, *, limit: int = 50) -> list[tuple[Entitlement, date]]:
    """Who was decided after the list's cut-off, with the month of the list they will stand on. Three queries."""
    entries = changes_after_cutoff(payment_list)[:limit]
    reached = _Reached(payment_list.unit)
    return [(entry, reached(entry)) for entry in entries]


def list_reached(entry: Entitlement) -> date:
    """The benefit month of the first list a recorded grant will stand on."""
    return _Reached(entry.unit)(entry)


def owed_since(entry: Entitlement) -> date:
    """The first benefit month of a grant that lists here pay. A decision of the time before them was paid by the lists of that time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month FROM payments_first_months() WHERE unit_id = %s", [entry.unit_id])
        row = cursor.fetchone()
    begun, first, signed_on = entry.months.lower, row[0] if row else None, entry.granted_by.decision.signed_on
    is_late = first and signed_on and signed_on > cutoff_on(entry.unit, add_months(first, -1))
    return begun if first is None or is_late else max(begun, first)


class _Reached:
    """Which list a change of one commune reaches. A list sent for signature already takes nothing more, whatever its cut-off."""

    def __init__(self, unit: Unit) -> None:
        self.day = cut_off_days([unit])[0].day
        begun = PaymentList.objects.filter(unit=unit).exclude(state="proposed").order_by("-run__benefit_month")
        self.begun = set(begun.values_list("run__benefit_month", flat=True)[:24])

    def __call__(self, entry: Entitlement) -> date:
        recorded = timezone.localdate(entry.granted_by.decision.recorded_at)
        month = add_months(month_of(recorded), 1 if recorded.day <= self.day else 2)
        month = max(month, entry.months.lower)
        while month in self.begun:
            month = add_months(month, 1)
        return month
