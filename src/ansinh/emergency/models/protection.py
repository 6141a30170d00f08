"""Emergency protection: somebody in danger taken in at once, cared for three months at most."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database.columns import MoneyField, code_field, folded_field
from ansinh.database.security import by_unit
from ansinh.emergency.workflow import PROTECTION
from ansinh.files.models import StoredFile
from ansinh.localities.models import Unit
from ansinh.people.models import Person

_LOOKS = {"taken_in": "due", "sheltered": "now", "left": "done"}


class Ground(models.TextChoices):
    """Groups of the law. Whose ground it is, is told to those who decide alone; no list and no sheet names it."""

    ORPHANED = "orphaned_by_disaster", _("Trẻ em có cả cha và mẹ chết, mất tích mà không có người thân chăm sóc")
    VIOLENCE = "violence_or_abuse", _("Nạn nhân bạo lực gia đình, bị xâm hại")
    TRAFFICKING = "trafficking_or_forced_labour", _("Nạn nhân bị buôn bán, bị cưỡng bức lao động")
    WANDERING = "wandering_or_begging", _("Trẻ em, người lang thang xin ăn chờ đưa về nơi cư trú")
    CHAIRMAN = "decided_by_chairman", _("Đối tượng khác do Chủ tịch UBND tỉnh quyết định")


class CareKind(models.TextChoices):
    HOUSEHOLD = "household", _("Cá nhân, hộ gia đình")
    FACILITY = "facility", _("Cơ sở trợ giúp xã hội, nhà xã hội")


class Transport(models.TextChoices):
    NONE = "", _("Không")
    PUBLIC = "public", _("Phương tiện công cộng")
    AGENCY = "agency_car", _("Xe của cơ quan")
    HIRED = "hired", _("Thuê xe")


class Protection(models.Model):
    """One stay. `ended_on` is the last day of care; the money of the stay is reckoned by the law whenever it is asked."""

    security = by_unit()

    code = code_field("BV")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="protections")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="protections")
    name = models.TextField()
    name_folded = folded_field("name")
    born_text = models.TextField(blank=True)
    ground = models.TextField(choices=Ground.choices)
    taken_in_on = models.DateField()
    care_kind = models.TextField(choices=CareKind.choices)
    carer = models.TextField()
    care_place = models.TextField(blank=True)
    state = models.TextField(choices=PROTECTION.choices, default=PROTECTION.start)
    taken_in_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField()
    decision_number = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    signer = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    transport = models.TextField(choices=Transport.choices, blank=True)
    fare_vnd = MoneyField(default=0)
    km = models.PositiveIntegerField(default=0)
    fuel_vnd = MoneyField(default=0)
    treatment_vnd = MoneyField(default=0)
    is_insured = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("taken_in_on")), name="a_stay_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(state="left") | Q(ended_on__isnull=False), name="an_ended_stay_has_its_last_day"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False) & ~Q(state="left"), name="one_running_protection_of_a_person"
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "taken_in_on"], name="protection_place")]

    def __str__(self) -> str:
        return self.code

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return _LOOKS[self.state]
