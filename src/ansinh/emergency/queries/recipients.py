"""Who a round of gifts is for: the ledger and the register on its cut-off day, each person once, where they lived that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from ansinh.emergency.models import GiftGroup, Occasion
from ansinh.entitlements.models import Entitlement
from ansinh.kernel.periods import month_of
from ansinh.localities.models import Unit, Village
from ansinh.localities.queries import scope_ids
from ansinh.people.models import Person, Residence

LEDGER = (GiftGroup.ALLOWANCE, GiftGroup.PENSION)
HOUSEHOLDS = (GiftGroup.POOR, GiftGroup.NEAR_POOR)


@dataclass(frozen=True)
class Recipient:
    """One person of a round. Of who has moved since only the name and the birth are known here; `now_in` says where to."""

    person_id: int
    full_name: str
    sort_key: str
    born_text: str
    personal_number: str = ""
    village: Village | None = None
    now_in: str = ""

    @property
    def subject(self) -> str:
        """Who it is in one word, on whichever list."""
        return f"P{self.person_id}"


@dataclass(frozen=True)
class LeftOut:
    """Somebody in one of the groups who is on no list of the commune, and why."""

    recipient: Recipient
    reason: str


def recipients(occasion: Occasion, unit: Unit) -> list[Recipient]:
    """People who lived in a commune on the cut-off day, in one of the groups of the round, each once though in several.

    Of the ledger: in force in the month of the cut-off day. Of poor households: the head, or the oldest living member. Who died
    before the cut-off day gets none. A constant number of queries.
    """
    asked = _Asked.of(occasion, unit)
    here = asked.living_here().exclude(Exists(asked.lived_elsewhere().filter(person=OuterRef("pk"))))
    found = [_known(one) for one in here.select_related("village")] + asked.moved_since()
    return sorted(found, key=lambda one: (one.village.name_folded if one.village else "", one.sort_key, one.person_id))


def left_out(occasion: Occasion, unit: Unit) -> list[LeftOut]:
    """Who seems to belong on the list and is not: lived elsewhere on the cut-off day, or has the gift on another commune's list."""
    asked = _Asked.of(occasion, unit)
    found = []
    elsewhere = asked.lived_elsewhere().select_related("unit")
    homes = {row.person_id: row.unit.name for row in elsewhere.filter(person__in=asked.living_here())}
    for one in asked.living_here().filter(pk__in=homes).select_related("village"):
        told = {"day": f"{occasion.cutoff_on:%d/%m/%Y}", "unit": homes[one.pk]}
        found.append(LeftOut(_known(one), _("Ngày chốt %(day)s cư trú tại %(unit)s: nhận quà ở đó.") % told))
    mine = {one.subject: one for one in recipients(occasion, unit)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject, unit FROM emergency_listed_elsewhere(%s, %s, %s::text[])", [occasion.pk, unit.pk, list(mine)]
        )
        found += [
            LeftOut(mine[key], _("Đã có quà của đợt này tại %(unit)s.") % {"unit": name}) for key, name in cursor.fetchall()
        ]
    return sorted(found, key=lambda one: (one.recipient.sort_key, one.recipient.person_id))


@dataclass(frozen=True)
class _Asked:
    """The groups of a round in the places of a commune on the cut-off day."""

    places: tuple[int, ...]
    day: date
    benefits: Sequence[str]
    heads: Sequence[int]

    @classmethod
    def of(cls, occasion: Occasion, unit: Unit) -> _Asked:
        day = occasion.cutoff_on
        assert day is not None
        places = scope_ids(unit, on=day)
        classes = [str(group) for group in occasion.groups if group in HOUSEHOLDS]
        heads: list[int] = []
        if classes:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT person_id FROM emergency_heads(%s::bigint[], %s::text[], %s)", [list(places), classes, day]
                )
                heads = [key for (key,) in cursor.fetchall()]
        return cls(places, day, [str(group) for group in occasion.groups if group in LEDGER], heads)

    def living_here(self) -> QuerySet[Person]:
        """Those in a group who live here by now."""
        drawing = Entitlement.objects.in_force(month_of(self.day)).filter(person=OuterRef("pk"), benefit__in=self.benefits)
        wanted = Q(pk__in=self.heads) | (Q(Exists(drawing)) if self.benefits else Q(pk__in=[]))
        living = Person.objects.filter(unit__in=self.places, same_as=None).exclude(died_on__lt=self.day)
        return living.filter(wanted).order_by("sort_key", "id")

    def lived_elsewhere(self) -> QuerySet[Residence]:
        """Residences of the day outside these places."""
        return Residence.objects.filter(period__contains=self.day).exclude(unit__in=self.places)

    def moved_since(self) -> list[Recipient]:
        """Those in a group who lived here that day and live elsewhere by now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT person_id, full_name, sort_key, born_on, birth_precision, now_in, draws "
                "FROM emergency_moved_since(%s::bigint[], %s::text[], %s)",
                [list(self.places), list(self.benefits), self.day],
            )
            rows = cursor.fetchall()
        heads = set(self.heads)
        return [
            Recipient(key, name, sort_key, told_birth(born, precision), now_in=now_in)
            for key, name, sort_key, born, precision, now_in, draws in rows
            if draws or key in heads
        ]


def _known(person: Person) -> Recipient:
    born = told_birth(person.born_on, person.birth_precision)
    return Recipient(person.pk, person.full_name, person.sort_key, born, person.personal_number or "", person.village)


def told_birth(born_on: date | None, precision: str) -> str:
    """A birth as far as it is known, as it is printed."""
    if not born_on:
        return ""
    return {"year": f"{born_on:%Y}", "month": f"{born_on:%m/%Y}"}.get(precision, f"{born_on:%d/%m/%Y}")
