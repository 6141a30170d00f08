"""The list of one commune for an occasion, its lines, and what happened to both."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database.columns import MoneyField, code_field, folded_field
from ansinh.database.security import by_unit, through
from ansinh.emergency.models.occasion import Occasion
from ansinh.emergency.workflow import GIFT_LIST, LINE, RELIEF_LIST
from ansinh.files.models import StoredFile
from ansinh.kernel.workflow import Workflow
from ansinh.localities.models import Unit, Village
from ansinh.people.models import Household, Person

STATE_LOOKS = {
    "listing": "now", "reviewed": "now", "submitted": "due", "decided": "done", "accounted": "done",
    "listed": "plain", "left_out": "unsure", "to_give": "now", "given": "done", "absent": "due", "handed_back": "unsure",
}  # fmt: skip


class AidKind(models.TextChoices):
    RICE = "rice", _("Gạo cứu đói")
    GOODS = "essential_goods", _("Nhu yếu phẩm thiết yếu")
    INJURY = "injury", _("Người bị thương nặng")
    BURIAL = "burial", _("Người chết, mất tích")
    BURIAL_BY_OTHERS = "burial_by_others", _("Mai táng khi không có người nhận trách nhiệm")
    HOUSE_LOST = "housing_total", _("Nhà đổ, sập, trôi, cháy hoàn toàn")
    RELOCATION = "housing_relocation", _("Di dời nhà ở khẩn cấp")
    HOUSE_HEAVY = "housing_heavy", _("Nhà hư hỏng nặng")
    GIFT = "gift", _("Quà")
    LEADER_GIFT = "leader_gift", _("Quà của đoàn lãnh đạo")


# Kinds that are one thing: who gets the one does not get the other. For a household, not for a person: HOUSEHOLD_THINGS.
THINGS = {
    AidKind.HOUSE_LOST: "housing", AidKind.RELOCATION: "housing", AidKind.HOUSE_HEAVY: "housing", AidKind.BURIAL: "burial",
    AidKind.BURIAL_BY_OTHERS: "burial",
}  # fmt: skip
HOUSEHOLD_THINGS = frozenset({"rice", "essential_goods", "housing"})
HOUSES = (AidKind.HOUSE_LOST, AidKind.RELOCATION, AidKind.HOUSE_HEAVY)
RELIEF_KINDS = tuple(kind for kind in AidKind if kind not in (AidKind.GIFT, AidKind.LEADER_GIFT))


class Hardship(models.TextChoices):
    POOR = "poor", _("Hộ nghèo")
    NEAR_POOR = "near_poor", _("Hộ cận nghèo")
    DIFFICULT = "difficult", _("Hộ có hoàn cảnh khó khăn")
    NONE = "not_poor", _("Không thuộc diện trên")


class Resources(models.TextChoices):
    """Whose resources pay: the commune's own first, then the province's, then the central ones."""

    COMMUNE = "commune", _("Ngân sách xã")
    PROVINCE = "province", _("Ngân sách tỉnh, dự trữ của tỉnh")
    CENTRAL = "central", _("Trung ương, dự trữ quốc gia")
    FUND = "fund", _("Quỹ cứu trợ, ủng hộ")


class AidList(models.Model):
    """What one commune asks for and gives for an occasion. Late additions are a further list with the next `number`."""

    security = by_unit()

    code = code_field("TG")
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aid_lists")
    office = models.ForeignKey(Office, models.PROTECT, related_name="aid_lists")
    number = models.PositiveIntegerField(default=1)
    state = models.TextField(choices=RELIEF_LIST.choices, default=RELIEF_LIST.start)
    reviewed_on = models.DateField(null=True, blank=True)
    skipped_review = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decision_number = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    signer = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.TextField(blank=True)
    signer_title = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion", "unit", "number"], name="one_aid_list_of_a_number"),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "accounted")) | (~Q(decision_number="") & Q(decided_on__isnull=False)),
                name="a_decided_aid_list_has_number_and_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="aid_list_place")]

    def __str__(self) -> str:
        return self.code

    @property
    def workflow(self) -> Workflow:
        """The table of its moves: a list of gifts needs no review by the village."""
        return RELIEF_LIST if self.occasion.is_relief else GIFT_LIST

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return STATE_LOOKS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether lines may be added and left out."""
        return self.state == "listing"


class AidLineQuerySet(models.QuerySet):
    """Lines by what they still are."""

    def counted(self) -> Self:
        """Without those left out."""
        return self.exclude(state="left_out")


class AidLine(models.Model):
    """One thing for one household or person. `subject` says who in one word, so that nobody stands twice for the same `thing`.

    `law_*`, `article`, `open_points` keep what the law said when it was written down; `amount_vnd` and `rice_kg` what is asked,
    and once decided, what is given. From the decision on these are never edited. `away`: hurt away from home with no relative to care;
    `without_home`: nowhere to live; `unable`: cannot provide for itself (each None where it was not asked).
    """

    security = by_unit()

    code = code_field("DT")
    open_points = models.JSONField(default=list)  # above `list`, which would stand for the column
    list = models.ForeignKey(AidList, models.PROTECT, related_name="lines")
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.TextField(choices=AidKind.choices)
    thing = models.TextField()
    subject = models.TextField()
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="aid_lines")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="aid_lines")
    recipient = models.TextField()
    recipient_folded = folded_field("recipient")
    sort_key = models.TextField(blank=True)
    born_text = models.TextField(blank=True)
    personal_number = models.TextField(blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    village_name = models.TextField(blank=True)
    hardship = models.TextField(choices=Hardship.choices, blank=True)
    persons = models.PositiveIntegerField(null=True, blank=True)
    months = models.PositiveIntegerField(null=True, blank=True)
    treatment_days = models.PositiveIntegerField(null=True, blank=True)
    away = models.BooleanField(null=True, blank=True)
    without_home = models.BooleanField(null=True, blank=True)
    unable = models.BooleanField(null=True, blank=True)
    cost_vnd = MoneyField(null=True, blank=True)
    happened_on = models.DateField()
    rice_kg = models.PositiveIntegerField(default=0)
    amount_vnd = MoneyField(default=0)
    goods = models.TextField(blank=True)
    goods_vnd = MoneyField(default=0)
    law_vnd = MoneyField(null=True, blank=True)
    is_minimum = models.BooleanField(default=False)
    article = models.TextField(blank=True)
    resources = models.TextField(choices=Resources.choices, default=Resources.COMMUNE)
    state = models.TextField(choices=LINE.choices, default=LINE.start)
    marked_on = models.DateField(null=True, blank=True)
    fetched_by = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = AidLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "thing", "subject"], condition=~Q(state="left_out"), name="nobody_twice_for_the_same_thing"
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gte=0) & Q(goods_vnd__gte=0), name="aid_is_not_negative"),
        ]
        indexes = [
            models.Index(fields=["list", "village_name", "sort_key", "id"], name="aid_line_village"),
            models.Index(fields=["list", "state"], include=["amount_vnd", "rice_kg"], name="aid_line_state"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="aid_line_person"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return STATE_LOOKS[self.state]


class AidListStep(models.Model):
    """One act on a list: who, when, from, to, note. Written once."""

    security = through("list", "emergency_aidlist")

    list = models.ForeignKey(AidList, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()


class AidLineStep(models.Model):
    """One mark on a line: who said when that it was received, by whom, or not. Written once; a wrong one is followed by another."""

    security = through("line", "emergency_aidline")

    line = models.ForeignKey(AidLine, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField()
    actor = models.TextField()
    on = models.DateField()
    fetched_by = models.TextField(blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
