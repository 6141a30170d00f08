"""Relief funds and donations: received from whom with which receipt, allocated to what, remaining. Corrected by counter-entries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database.columns import MoneyField, code_field
from ansinh.database.security import by_unit, through
from ansinh.emergency.models.aid import AidList
from ansinh.localities.models import Unit


class FundEntryKind(models.TextChoices):
    OPENING = "opening", _("Tồn đầu kỳ")
    RECEIVED = "received", _("Tiếp nhận")
    ALLOCATED = "allocated", _("Phân bổ")


class ReliefFund(models.Model):
    """Money and goods collected for one purpose in one place."""

    security = by_unit()

    code = code_field("QC")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relief_funds")
    name = models.TextField()
    purpose = models.TextField(blank=True)
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="relief_fund_once_a_unit")]

    def __str__(self) -> str:
        return self.name


class FundEntry(models.Model):
    """One receipt or allocation; `is_taken_back` by its counter-entry, which frees the number of its receipt. `party` gave it or got it; `goods` names goods and how many, `goods_vnd` what they are worth."""

    security = through("fund", "emergency_relieffund")

    code = code_field("BQ")
    fund = models.ForeignKey(ReliefFund, models.PROTECT, related_name="entries")
    kind = models.TextField(choices=FundEntryKind.choices)
    on = models.DateField()
    party = models.TextField(blank=True)
    receipt = models.TextField(blank=True)
    amount_vnd = MoneyField(default=0)
    goods = models.TextField(blank=True)
    goods_vnd = MoneyField(default=0)
    list = models.ForeignKey(AidList, models.PROTECT, null=True, blank=True, related_name="fund_entries")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    reason = models.TextField(blank=True)
    is_taken_back = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "kind", "receipt"],
                condition=~Q(receipt="") & Q(corrects__isnull=True, is_taken_back=False),
                name="fund_receipt_once",
            ),
            models.CheckConstraint(
                condition=(Q(corrects__isnull=True) & Q(amount_vnd__gte=0) & Q(goods_vnd__gte=0))
                | (Q(corrects__isnull=False) & Q(amount_vnd__lte=0) & Q(goods_vnd__lte=0)),
                name="only_a_counter_entry_of_a_fund_is_negative",
            ),
        ]
        indexes = [models.Index(fields=["fund", "on", "id"], name="fund_entry_day")]
