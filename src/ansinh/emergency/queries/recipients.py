"""Who a round of gifts is for: the ledger and the register on its cut-off day, each person once."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from ansinh.emergency.models import GiftGroup, Occasion
from ansinh.entitlements.models import Entitlement
from ansinh.kernel.periods import month_of
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.models import HouseholdCircumstance, Membership, Person

LEDGER = (GiftGroup.ALLOWANCE, GiftGroup.PENSION)
HOUSEHOLDS = (GiftGroup.POOR, GiftGroup.NEAR_POOR)


def recipients(occasion: Occasion, unit: Unit) -> list[Person]:
    """People of a commune in one of the groups of the round, each once though in several. Three queries.

    Of the ledger: in force in the month of the cut-off day. Of poor households: the head, or the oldest living member. Who died
    before the cut-off day gets none.
    """
    day = occasion.cutoff_on
    assert day is not None
    places = scope_ids(unit, on=day)
    wanted = Q(pk__in=[])
    if benefits := [group for group in occasion.groups if group in LEDGER]:
        drawing = Entitlement.objects.in_force(month_of(day)).filter(person=OuterRef("pk"), benefit__in=benefits)
        wanted |= Q(Exists(drawing))
    if classes := [group for group in occasion.groups if group in HOUSEHOLDS]:
        wanted |= Q(pk__in=_heads(places, classes, day))
    living = Person.objects.filter(unit__in=places, same_as=None).exclude(died_on__lt=day)
    return list(living.filter(wanted).select_related("village").order_by("village__name_folded", "sort_key", "id"))


def _heads(places: tuple[int, ...], classes: list[str], day: date) -> list[int]:
    """One person of each household of these classes on the day: the head, else the oldest who lives."""
    poor = HouseholdCircumstance.objects.filter(
        household=OuterRef("household"), kind="poverty", value__in=classes, period__contains=day
    )
    members = Membership.objects.filter(Exists(poor), household__unit__in=places, period__contains=day)
    rows = members.exclude(person__died_on__lt=day).order_by("household", "-is_head", "person__born_on", "person")
    first: dict[int, int] = {}
    for household, person in rows.values_list("household", "person"):
        first.setdefault(household, person)
    return list(first.values())
