"""Who acts and receives for a person, and into which account."""

from django.db import models

from ansinh.database.columns import PeriodField, no_overlap
from ansinh.database.security import through
from ansinh.people.models.identity import Person
from ansinh.people.models.recorded import Recorded


class Guardian(Recorded):
    """Người giám hộ of a person, by name and by row when known."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="guardians")
    name = models.TextField()
    relation = models.TextField(blank=True)
    number = models.TextField(blank=True)
    known = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="guardian_of")
    period = PeriodField()

    class Meta:
        constraints = [no_overlap("one_guardian_at_a_time", "person")]


class Payee(Recorded):
    """Người nhận thay: who receives the money for a person."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="payees")
    name = models.TextField()
    relation = models.TextField(blank=True)
    number = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    period = PeriodField()

    class Meta:
        constraints = [no_overlap("one_payee_at_a_time", "person")]


class BankAccount(Recorded):
    """The account money goes to. Two people may lawfully share one (guardian): information, not an alarm."""

    security = through("person", "people_person")

    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    holder = models.TextField()
    bank = models.TextField()
    number = models.TextField(db_index=True)
    period = PeriodField()

    class Meta:
        constraints = [no_overlap("one_account_at_a_time", "person")]
