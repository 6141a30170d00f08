"""Households, who belongs to them, and where people live, in time."""

from django.db import models

from ansinh.database.columns import PeriodField, code_field, no_overlap
from ansinh.database.security import by_unit, through
from ansinh.localities.models import Unit, Village
from ansinh.people.models.identity import Person
from ansinh.people.models.recorded import Recorded


class Household(Recorded):
    """People who live and keep house together."""

    security = by_unit()

    code = code_field("HO")
    local_code = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="households")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code


class Membership(Recorded):
    """A person belongs to one household at a time."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    relation = models.TextField(blank=True)
    is_head = models.BooleanField(default=False)
    period = PeriodField()

    class Meta:
        constraints = [
            no_overlap("one_household_at_a_time", "person"),
            no_overlap("one_head_at_a_time", "household", condition=models.Q(is_head=True)),
        ]


class Residence(Recorded):
    """Where a person lives. The unit is the one of its day."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    unit = models.ForeignKey(Unit, models.PROTECT)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True)
    period = PeriodField()

    class Meta:
        constraints = [no_overlap("one_residence_at_a_time", "person")]
