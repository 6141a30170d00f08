"""What an emergency protection costs by the law: food for each day, bringing home, treatment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.emergency.models import Protection
from ansinh.law.benefits.one_off.relief import (
    protection,
    protection_ends,
    protection_transport,
    protection_treatment,
)
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.supports import value_on
from ansinh.lawbook.queries import provincial_at


@dataclass(frozen=True)
class Stay:
    """The money of one stay up to a day. `open_points`: what nobody settled about it; `changed`: the food level changed during it."""

    days: int
    latest_on: date
    food_vnd: int
    food_day_vnd: int
    transport_vnd: int
    treatment_vnd: int
    article: str
    open_points: tuple[str, ...]
    changed: bool

    @property
    def total_vnd(self) -> int:
        return self.food_vnd + self.transport_vnd + self.treatment_vnd

    def is_late(self, on: date) -> bool:
        """Whether the three months are over."""
        return on > self.latest_on


def beyond_three_months(*, on: date) -> list[int]:
    """Keys of stays that still run though the law's three months are over: the person has to be moved on. One query."""
    running = Protection.objects.exclude(state="left").values_list("pk", "taken_in_on")
    return [key for key, start in running if _ends(start) < on]


def _ends(start: date) -> date:
    """The last day the law gives; of a stay from before the law that is known here, its first."""
    try:
        return protection_ends(start)
    except NotAnswerable:
        return start


def stay_of(row: Protection, *, on: date) -> Stay:
    """The money of a stay that ended, or of one that runs, up to `on`. Days are counted with the first and the last.

    The level of food is that of the day of taking in; where it changed during the stay this is said, and left to an officer.
    """
    start, latest = row.taken_in_on, protection_ends(row.taken_in_on)
    end = min(row.ended_on or on, latest)
    days = max((end - start).days + 1, 0)
    food = protection(start, row.ground, days, provincial_at(row.unit_id))
    transport_vnd, open_points = 0, ()
    if row.transport:
        fare = protection_transport(start, row.transport, fare_vnd=row.fare_vnd, km=row.km, fuel_vnd_per_litre=row.fuel_vnd)
        transport_vnd, open_points = fare.amount_vnd or 0, fare.unconfirmed
    treatment = protection_treatment(start, insured=row.is_insured, fund_would_pay_vnd=row.treatment_vnd)
    changed = value_on("protection_food_vnd", start).value != value_on("protection_food_vnd", max(start, end)).value
    food_vnd = food.amount_vnd or 0
    return Stay(
        days, latest, food_vnd, food_vnd // days if days else 0, transport_vnd, treatment.amount_vnd or 0, food.basis,
        open_points, changed,
    )  # fmt: skip
