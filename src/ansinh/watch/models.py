"""What must be looked at: one row for one person, kind and cause, so that the same thing is never shown twice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database.columns import MonthField, code_field
from ansinh.database.security import by_unit
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.imports.models import Batch
from ansinh.localities.models import Unit
from ansinh.people.models import Person
from ansinh.watch.workflow import WATCH_ITEM


class WatchKind(models.TextChoices):
    DEATH = "death", _("Đã từ trần, sổ hưởng còn chạy")
    OVER = "over", _("Không còn thuộc diện")
    EXPIRING = "expiring", _("Giấy xác nhận sắp hết hạn")
    FACILITY = "facility", _("Đang ở cơ sở, còn chi tại nhà")
    CHANGE = "change", _("Mức hưởng khác luật")
    MOVE = "move", _("Chuyển đến, quyết định ở nơi khác")
    RESUME = "resume", _("Đã sửa sai, chưa cho hưởng lại")
    UNCOLLECTED = "uncollected", _("Ba tháng liền chưa nhận")
    UNASKED = "unasked", _("Đủ điều kiện, chưa đề nghị")


# What an officer is advised to do, and the procedure and case of the dossier that would be opened for it.
PROPOSED = {
    WatchKind.DEATH: _("Thôi hưởng"),
    WatchKind.OVER: _("Thôi hưởng"),
    WatchKind.EXPIRING: _("Nhắc làm lại giấy xác nhận"),
    WatchKind.FACILITY: _("Thôi hưởng tại nhà"),
    WatchKind.CHANGE: _("Điều chỉnh"),
    WatchKind.MOVE: _("Chi trả ở nơi ở mới"),
    WatchKind.RESUME: _("Quyết định hưởng lại"),
    WatchKind.UNCOLLECTED: _("Xác minh, tạm dừng"),
    WatchKind.UNASKED: _("Nhắc, hướng dẫn làm đơn"),
}
PROCEDURES = {
    WatchKind.DEATH: ("allowance_stop", "death"),
    WatchKind.OVER: ("allowance_stop", "not_eligible"),
    WatchKind.EXPIRING: ("allowance_change", ""),
    WatchKind.FACILITY: ("allowance_stop", "not_eligible"),
    WatchKind.CHANGE: ("allowance_change", ""),
    WatchKind.MOVE: ("move", "arrives"),
    WatchKind.UNASKED: ("social_pension", ""),
}
# What somebody may ask for on an age or a paper the register holds already, with the procedure and the case they ask by.
ASKED_BY = {
    "SOCIAL_PENSION_75": ("social_pension", "from_75"),
    "SOCIAL_PENSION_70_POOR": ("social_pension", "poor_70"),
    "DISABLED_SEVERE": ("allowance_grant", "disabled"),
    "DISABLED_EXTREME": ("allowance_grant", "disabled"),
    "CHILD_NO_SUPPORT": ("allowance_grant", "child"),
}
# Kinds that a letter to the person helps; of the others the office itself has to do something.
REMINDED = (WatchKind.UNASKED, WatchKind.EXPIRING, WatchKind.UNCOLLECTED)


class WatchItem(models.Model):
    """One thing to look at. `month` is the first month that should be otherwise, by the month rule of its regime.

    `cause` names the entry and what the law says of it: while both stay, it is the same item. `article` is empty where it would
    tell an illness. `note`, `moved_by` and `moved_at` are about the last move; `reminded_on` is the day the person was last reminded.
    """

    security = by_unit()

    # An item nobody did anything about stands in nobody's way: it goes when its person or entry is taken back.
    stands_when = Q(moved_by__isnull=False) | Q(dossier__isnull=False) | Q(reminded_on__isnull=False)

    code = code_field("RS")
    person = models.ForeignKey(Person, models.PROTECT, related_name="watch_items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="watch_items")
    kind = models.TextField(choices=WatchKind.choices)
    cause = models.TextField()
    entitlement = models.ForeignKey(Entitlement, models.SET_NULL, null=True, blank=True, related_name="watch_items")
    reason = models.TextField()
    article = models.TextField(blank=True)
    month = MonthField()
    state = models.TextField(choices=WATCH_ITEM.choices, default=WATCH_ITEM.start)
    first_seen_at = models.DateTimeField()
    note = models.TextField(blank=True)
    moved_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="moved_watch_items")
    moved_at = models.DateTimeField(null=True, blank=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="watch_items")
    reminded_on = models.DateField(null=True, blank=True)
    reminded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="reminded_watch_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "cause"], name="a_cause_is_shown_once"),
            models.CheckConstraint(condition=~Q(state="dismissed") | ~Q(note=""), name="a_dismissal_has_a_reason"),
            models.CheckConstraint(condition=Q(state="open") | Q(moved_at__isnull=False), name="a_closed_item_has_its_moment"),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "month"], name="watch_place"),
            models.Index(fields=["state", "month", "id"], name="watch_month"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def proposed(self):
        """What an officer is advised to do."""
        return PROPOSED[WatchKind(self.kind)]

    @property
    def asked_by(self) -> tuple[str, str]:
        """Procedure and case of the dossier that would be opened for it; empty where none is."""
        known = PROCEDURES.get(WatchKind(self.kind), ("", ""))
        return ASKED_BY.get(self.cause, known) if self.kind == WatchKind.UNASKED else known

    @property
    def may_remind(self) -> bool:
        """Whether a letter to the person helps."""
        return self.kind in REMINDED


class CorrectionKind(models.TextChoices):
    DEATH = "death", _("Ghi mất nhầm")
    MERGE = "merge", _("Ghi trùng nhầm")
    DECISION = "decision", _("Quyết định sai")
    IMPORT = "import", _("Nạp danh sách sai")


class Correction(models.Model):
    """One wrong act set right: what stood before (`was`), why, what was undone with it, which drafts wait for a signature.

    What somebody must still decide is asked of the register each time the page is opened; nothing of it is kept here.
    """

    security = by_unit()

    code = code_field("SS")
    kind = models.TextField(choices=CorrectionKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="corrections")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="corrections")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="corrections")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="corrections")
    was = models.JSONField(default=dict)
    reason = models.TextField()
    undone = models.JSONField(default=list)
    drafts = models.JSONField(default=list)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="corrections")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_a_reason")]
        indexes = [models.Index(fields=["unit", "made_at"], name="correction_place")]

    def __str__(self) -> str:
        return self.code
