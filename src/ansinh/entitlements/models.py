"""Decisions, their items, and the ledger they alone feed."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database.columns import (
    CoefficientField,
    MoneyField,
    MonthField,
    PeriodField,
    code_field,
    first_day,
    no_overlap,
)
from ansinh.database.security import by_unit, through
from ansinh.documents.models import Paper
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.workflow import DECISION
from ansinh.files.models import StoredFile
from ansinh.localities.models import Unit
from ansinh.people.models import Person


class Benefit(models.TextChoices):
    MONTHLY_ALLOWANCE = "monthly_allowance", _("Trợ cấp xã hội hằng tháng")
    SOCIAL_PENSION = "social_pension", _("Trợ cấp hưu trí xã hội")
    CARER_MONEY = "carer_money", _("Kinh phí chăm sóc, nuôi dưỡng")
    DISABLED_PARENT = "disabled_parent_support", _("Hỗ trợ khi mang thai, nuôi con nhỏ")
    FUNERAL = "funeral", _("Hỗ trợ chi phí mai táng")


# What a person draws to live on: one takes the place of the other, and money of one counts for the other.
PERSONAL = (Benefit.MONTHLY_ALLOWANCE, Benefit.SOCIAL_PENSION)
# Paid beside it for care, each by itself.
FOR_CARE = (Benefit.CARER_MONEY, Benefit.DISABLED_PARENT)


def pot_of(benefit: str) -> str:
    """Benefits of one pot are set against each other; money of one pot is never taken for that of another."""
    return "" if benefit in PERSONAL else benefit


class Act(models.TextChoices):
    GRANT = "grant", _("Hưởng mới")
    ADJUST = "adjust", _("Điều chỉnh")
    STOP = "stop", _("Thôi hưởng")
    SUSPEND = "suspend", _("Tạm dừng")
    RESUME = "resume", _("Hưởng lại")
    ARREARS = "arrears", _("Truy lĩnh")
    RECOVERY = "recovery", _("Thu hồi")
    WRITE_OFF = "write_off", _("Xóa nợ")


class Decision(models.Model):
    """A paper of a competent person. Fed to the ledger only once it is signed; never edited afterwards."""

    security = by_unit()

    code = code_field("QD")
    number = models.TextField(blank=True)
    signed_on = models.DateField(null=True, blank=True)
    title = models.TextField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    signer_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="signed_decisions")
    signer_name = models.TextField(blank=True)
    signer_title = models.TextField(blank=True)
    kind = models.TextField(choices=[*Act.choices, ("mixed", _("Nhiều loại"))])
    origin = models.TextField(
        choices=[
            ("imported", _("Từ danh sách")),
            ("recorded", _("Ghi nhận")),
            ("proposed", _("Hệ thống dự thảo")),
            ("dossier", _("Từ hồ sơ")),
        ]
    )
    basis = models.TextField(blank=True)
    state = models.TextField(choices=DECISION.choices, default=DECISION.start)
    note = models.TextField(blank=True)
    drafted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="drafted_decisions")
    drafted_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="recorded_decisions")
    recorded_at = models.DateTimeField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, blank=True, related_name="decision")
    batch_key = models.BigIntegerField(null=True, blank=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="decisions")
    month = MonthField(null=True, blank=True)
    # Key of the change of law (`law.changes_of_law`) whose transition list this decides; empty for every other decision.
    transition = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="signed") | (models.Q(signed_on__isnull=False) & ~models.Q(number="")),
                name="a_signed_decision_has_number_and_date",
            ),
            models.UniqueConstraint(
                fields=["office", "number", "signed_on"],
                condition=models.Q(state="signed"),
                name="decision_number_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(state__in=["draft", "signed"]), name="one_standing_decision_of_a_dossier"
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"]), models.Index(fields=["signed_on"])]

    def __str__(self) -> str:
        return f"Quyết định số {self.number}" if self.number else f"Dự thảo {self.code}"


class EntitlementQuerySet(models.QuerySet):
    """Entries of the ledger on a month. A page, a figure and an export that say "hưởng" all mean `in_force`."""

    def running(self, month: date) -> Self:
        """Decided for this month, whatever happened since."""
        return self.filter(months__contains=month)

    def in_force(self, month: date) -> Self:
        """Running, not suspended, of people alive at the start of the month."""
        return self.running(month).filter(~models.Exists(_suspended(month)), ~_died_before(month))

    def suspended(self, month: date) -> Self:
        """Running, of people alive, and suspended for the month."""
        return self.running(month).filter(models.Exists(_suspended(month)), ~_died_before(month))

    def left_by_death(self, month: date) -> Self:
        """Running still, of people who died before the month: a decision has to stop them."""
        return self.running(month).filter(_died_before(month)).exclude(benefit=Benefit.FUNERAL)


def _suspended(month: date) -> models.QuerySet:
    return Suspension.objects.filter(entitlement=models.OuterRef("pk"), months__contains=month)


def _died_before(month: date) -> models.Exists:
    """Asked of the dead alone, who are few, and not of everybody in the register."""
    return models.Exists(Person.objects.filter(pk=models.OuterRef("person"), died_on__lt=month))


class Entitlement(models.Model):
    """One line of the ledger: this person receives this amount for these months. Ended by a later item, never edited.

    `months` holds first days of months, half-open. `amount_vnd` is what was decided; what the law says now is asked again.
    """

    security = through("person", "people_person")

    code = code_field("SH")
    person = models.ForeignKey(Person, models.PROTECT, related_name="entitlements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="entitlements")
    benefit = models.TextField(choices=Benefit.choices)
    category = models.TextField()
    law_code = models.TextField()
    coefficient = CoefficientField()
    count = models.IntegerField(default=1)
    standard_vnd = MoneyField()
    amount_vnd = MoneyField()
    months = PeriodField()
    # Another person's care that this money is for: a carer's line ends with what that person's facts give.
    cared_for = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="care_entries", db_index=False)
    # Who receives money of somebody dead: name, relation, number, telephone, account, bank.
    payee = models.JSONField(null=True, blank=True)
    granted_by = models.ForeignKey("DecisionItem", models.PROTECT, related_name="grants")
    ended_by = models.ForeignKey("DecisionItem", models.PROTECT, null=True, blank=True, related_name="ends")

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        constraints = [
            no_overlap(
                "one_entry_of_a_category_a_month",
                "person",
                "benefit",
                "category",
                period="months",
                condition=models.Q(cared_for=None),
            ),
            no_overlap(
                "one_care_entry_a_month", "cared_for", "benefit", period="months", condition=models.Q(cared_for__isnull=False)
            ),
            # A funeral that was none is ended by the decision that takes its money back.
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(benefit="funeral", ended_by=None), name="one_funeral_of_a_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(benefit="funeral") | models.Q(payee__isnull=False), name="a_funeral_names_its_payee"
            ),
            models.CheckConstraint(
                condition=~models.Q(benefit="carer_money") | models.Q(cared_for__isnull=False),
                name="carer_money_names_the_cared_for",
            ),
            models.CheckConstraint(condition=models.Q(amount_vnd__gt=0), name="entitlement_is_money"),
            models.CheckConstraint(condition=models.Q(months__isempty=False), name="entitlement_has_months"),
        ]
        indexes = [
            models.Index(fields=["unit", "benefit"]),
            models.Index(fields=["category"]),
            models.Index(fields=["cared_for"], condition=models.Q(cared_for__isnull=False), name="entry_cared_for"),
        ]

    def __str__(self) -> str:
        return self.code


class DecisionItem(models.Model):
    """One person's line in a decision. `law_*` keeps what the law said when it was written: rule, hash, facts used."""

    security = through("decision", "entitlements_decision")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    number = models.IntegerField(default=1)
    person = models.ForeignKey(Person, models.PROTECT, related_name="decision_items")
    act = models.TextField(choices=Act.choices)
    benefit = models.TextField(choices=Benefit.choices)
    category = models.TextField()
    law_code = models.TextField(blank=True)
    coefficient = CoefficientField(default=0)
    count = models.IntegerField(default=1)
    standard_vnd = MoneyField(default=0)
    amount_vnd = MoneyField(default=0)
    from_month = MonthField()
    to_month = MonthField(null=True, blank=True)
    reason = models.TextField(blank=True)
    article = models.TextField(blank=True)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, null=True, blank=True, related_name="changes")
    # The recovery whose rest a write-off lets go.
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="write_offs", db_index=False)
    cared_for = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="care_items", db_index=False)
    payee = models.JSONField(null=True, blank=True)
    months = models.JSONField(default=list)
    law_amount_vnd = MoneyField(null=True, blank=True)
    law = models.JSONField(default=dict)

    class Meta:
        constraints = [first_day("decision_item", "from_month")]
        indexes = [
            models.Index(fields=["person", "from_month"]),
            # Money of past months is looked for with every list; there is little of it among the grants.
            models.Index(fields=["person"], condition=models.Q(act__in=["arrears", "recovery"]), name="item_of_past_months"),
            models.Index(fields=["about"], condition=models.Q(about__isnull=False), name="item_about"),
            # A month asks of every entry which decision granted it and which ended it: answered from the index alone.
            models.Index(fields=["id"], include=["decision", "act", "to_month"], name="item_paper"),
            models.Index(fields=["cared_for"], condition=models.Q(cared_for__isnull=False), name="item_cared_for"),
        ]


class Suspension(models.Model):
    """Months of a ledger line not paid for now. Ended by a resume item or by the end of the entitlement.

    `since`: the first month the person has gone without for this ground, though another line or another commune began it.
    `owed`: the resumption brings these months after all, by the law of its own month; None: once that point is confirmed.
    """

    security = through("entitlement", "entitlements_entitlement")

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="suspensions")
    months = PeriodField()
    since = models.DateField()
    ground = models.TextField(blank=True)
    item = models.ForeignKey(DecisionItem, models.PROTECT, related_name="suspensions")
    resumed_by = models.ForeignKey(DecisionItem, models.PROTECT, null=True, blank=True, related_name="resumptions")
    owed = models.BooleanField(null=True, default=False)

    class Meta:
        constraints = [no_overlap("one_suspension_at_a_time", "entitlement", period="months")]


class TransitionKind(models.TextChoices):
    RATE = "rate", _("Mức chuẩn mới")
    COEFFICIENT = "coefficient", _("Hệ số mới")
    CATEGORY = "category", _("Đổi loại đối tượng")
    COUNT = "count", _("Đổi số con")
    STOP = "stop", _("Không còn được hưởng")
    PAST = "past", _("Đã thôi hưởng, còn truy lĩnh")


class TransitionLine(models.Model):
    """One entry of the ledger across a change of law, as reckoned last: decided before, given now, owed month by month since.

    `owed` says đồng by month ("2026-07"), up to the month of reckoning. A line that is `held` rests on points nobody confirmed
    (`unconfirmed`) or on something an officer has to decide alone (`reason`): it stands in no draft.
    """

    security = by_unit()

    # A reckoning nobody signed is a draft: it goes when what it was reckoned from is taken back.
    stands_when = models.Q(decision__state="signed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="transition_lines", db_index=False)
    change = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="transition_lines")
    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="transition_lines")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="transition_lines")
    kind = models.TextField(choices=TransitionKind.choices)
    benefit = models.TextField(choices=Benefit.choices)
    category = models.TextField()
    law_code = models.TextField(blank=True)
    coefficient = CoefficientField(default=0)
    before_vnd = MoneyField()
    amount_vnd = MoneyField()
    change_vnd = MoneyField()
    from_month = MonthField()
    owed = models.JSONField(default=dict)
    owed_vnd = MoneyField(default=0)
    reason = models.TextField(blank=True)
    article = models.TextField(blank=True)
    held = models.BooleanField(default=False)
    unconfirmed = models.JSONField(default=list)
    reckoned_at = models.DateTimeField()

    class Meta:
        constraints = [first_day("transition_line", "from_month")]
        indexes = [
            models.Index(fields=["change", "unit", "kind"], include=["change_vnd", "owed_vnd", "held"], name="transition_sums"),
            models.Index(fields=["decision"], condition=models.Q(decision__isnull=False), name="transition_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.person}"
