"""What the law asks about a person or household, true in time. Kinds and values are those of the law's facts."""

from django.db import models

from ansinh.database.columns import PeriodField, no_overlap
from ansinh.database.security import through
from ansinh.people.models.household import Household
from ansinh.people.models.identity import Person
from ansinh.people.models.recorded import Recorded


class Circumstance(Recorded):
    """One fact of a person in a period, e.g. kind 'disability', value 'severe'. HIV is `is_sensitive`."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="circumstances")
    kind = models.TextField()
    value = models.JSONField()
    period = PeriodField()
    is_sensitive = models.BooleanField(default=False)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = [no_overlap("one_value_of_a_circumstance", "person", "kind")]


class HouseholdCircumstance(Recorded):
    """One fact of a household in a period: poverty class, hard area."""

    security = through("household", "people_household")

    household = models.ForeignKey(Household, models.PROTECT, related_name="circumstances")
    kind = models.TextField()
    value = models.JSONField()
    period = PeriodField()
    detail = models.TextField(blank=True)

    class Meta:
        constraints = [no_overlap("one_value_of_a_household_fact", "household", "kind")]
