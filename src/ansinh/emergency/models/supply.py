"""What a list is paid from: asked for upwards, received, given back. Never edited: a wrong entry has its counter-entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database.columns import MoneyField, code_field
from ansinh.database.security import by_unit
from ansinh.emergency.models.aid import AidList, Resources
from ansinh.localities.models import Unit


class SupplyKind(models.TextChoices):
    ASKED = "asked", _("Đề nghị cấp trên")
    RECEIVED = "received", _("Được cấp")
    RETURNED = "returned", _("Nộp trả")


class SupplyEntry(models.Model):
    """Money and rice of one level for one list. A counter-entry names what it takes back and has its sums with a minus."""

    security = by_unit()

    code = code_field("NL")
    list = models.ForeignKey(AidList, models.PROTECT, related_name="supplies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.TextField(choices=SupplyKind.choices)
    resources = models.TextField(choices=Resources.choices)
    amount_vnd = MoneyField(default=0)
    rice_kg = models.IntegerField(default=0)
    paper = models.TextField(blank=True)
    on = models.DateField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(corrects__isnull=True) & Q(amount_vnd__gte=0) & Q(rice_kg__gte=0))
                | (Q(corrects__isnull=False) & Q(amount_vnd__lte=0) & Q(rice_kg__lte=0)),
                name="only_a_counter_entry_of_supply_is_negative",
            ),
        ]
