"""What something is given for: a disaster or want, a round of gifts, a visit of leaders. It names nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database import roles
from ansinh.database.columns import MoneyField, code_field
from ansinh.database.security import reference
from ansinh.localities.models import Unit


class OccasionKind(models.TextChoices):
    RELIEF = "relief", _("Trợ giúp khẩn cấp")
    GIFTS = "gifts", _("Đợt quà")
    VISIT = "visit", _("Lãnh đạo thăm, tặng quà")


class Cause(models.TextChoices):
    """Causes as the law's functions name them."""

    STORM = "storm", _("Bão, áp thấp nhiệt đới")
    FLOOD = "flood", _("Lũ, ngập lụt")
    LANDSLIDE = "landslide", _("Sạt lở đất")
    OTHER_DISASTER = "other_disaster", _("Thiên tai khác")
    FIRE = "fire", _("Hỏa hoạn")
    CROP_FAILURE = "crop_failure", _("Mất mùa")
    BETWEEN_HARVEST = "between_harvest", _("Thiếu đói giáp hạt")
    TET = "tet", _("Thiếu đói dịp Tết âm lịch")
    EPIDEMIC = "epidemic", _("Dịch bệnh")
    TRAFFIC_ACCIDENT = "traffic_accident", _("Tai nạn giao thông")
    WORK_ACCIDENT = "work_accident", _("Tai nạn lao động nghiêm trọng")
    OTHER_FORCE_MAJEURE = "other_force_majeure", _("Lý do bất khả kháng khác")


class GiftGroup(models.TextChoices):
    """Who a round of gifts is for, as the ledger and the register know them. None of these tells an illness."""

    ALLOWANCE = "monthly_allowance", _("Người hưởng trợ cấp xã hội hằng tháng")
    PENSION = "social_pension", _("Người hưởng trợ cấp hưu trí xã hội")
    POOR = "poor", _("Hộ nghèo (mỗi hộ một suất, chủ hộ nhận)")
    NEAR_POOR = "near_poor", _("Hộ cận nghèo (mỗi hộ một suất, chủ hộ nhận)")


class Giver(models.TextChoices):
    """Levels of visiting leaders, as the law's function names them."""

    CENTRAL = "central", _("Lãnh đạo Đảng, Nhà nước, trung ương")
    MINISTRY_OR_PROVINCE = "ministry_or_province", _("Lãnh đạo bộ, ngành, tỉnh")


class Occasion(models.Model):
    """One event or round. `unit` None: every commune of the province makes its list. The law of `first_day` holds.

    For a round of gifts `paper` names the resolution, `level_vnd` and `goods_vnd` what each gets, `cutoff_on` the day on which
    people must be in the ledger or the register, `groups` which of them.
    """

    security = reference(roles.PROVINCE, roles.COMMUNE)

    code = code_field("DG")
    kind = models.TextField(choices=OccasionKind.choices)
    name = models.TextField()
    cause = models.TextField(choices=Cause.choices, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    place = models.TextField(blank=True)
    note = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="occasions")
    paper = models.TextField(blank=True)
    level_vnd = MoneyField(null=True, blank=True)
    goods = models.TextField(blank=True)
    goods_vnd = MoneyField(null=True, blank=True)
    cutoff_on = models.DateField(null=True, blank=True)
    groups = models.JSONField(default=list)
    giver = models.TextField(choices=Giver.choices, blank=True)
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="opened_occasions")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="an_occasion_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["kind", "first_day", "id"], name="occasion_day")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_relief(self) -> bool:
        """Whether the law of emergency support reckons its lines."""
        return self.kind == OccasionKind.RELIEF
