"""The month's run, its lists and lines; the payer, hand-over and return; the budget they are settled against."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database import roles
from ansinh.database.columns import (
    CoefficientField,
    MoneyField,
    MonthField,
    PeriodField,
    code_field,
    first_day,
    no_overlap,
)
from ansinh.database.security import OFFICE, by_unit, reference, through
from ansinh.entitlements.models import Benefit, DecisionItem, Entitlement
from ansinh.files.models import StoredFile
from ansinh.jobs.models import Job
from ansinh.localities.models import Unit, Village
from ansinh.payments.workflow import LINE, LIST
from ansinh.people.models import Person

_GIVEN = f"payer_id IN (SELECT mine.id FROM payments_payer mine WHERE mine.office_id = {OFFICE})"
_LIST_GIVEN = f"EXISTS (SELECT 1 FROM payments_handover given WHERE given.list_id = payments_paymentlist.id AND given.{_GIVEN})"
_LINE_GIVEN = "handover_id IN (SELECT given.id FROM payments_handover given)"


class Method(models.TextChoices):
    CASH = "cash", _("Tiền mặt")
    BANK = "bank", _("Tài khoản")


class Payer(models.Model):
    """Tổ chức dịch vụ chi trả."""

    security = reference(roles.PROVINCE, roles.COMMUNE)

    office = models.OneToOneField(Office, models.PROTECT, related_name="payer")
    code = models.TextField(unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class PayerContract(models.Model):
    """Who pays in a commune by which method, from when."""

    security = reference(roles.PROVINCE, roles.COMMUNE)

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="contracts")
    unit = models.ForeignKey(Unit, models.PROTECT)
    method = models.TextField(choices=Method.choices)
    period = PeriodField()
    basis = models.TextField(blank=True)

    class Meta:
        constraints = [no_overlap("one_payer_of_a_method", "unit", "method")]


class CutOff(models.Model):
    """Day of the month up to which changes enter the next list. A row without unit is the default."""

    security = reference(roles.PROVINCE, roles.COMMUNE)

    unit = models.OneToOneField(Unit, models.PROTECT, null=True, blank=True)
    day = models.PositiveSmallIntegerField()


class PaymentRun(models.Model):
    """One benefit month. It holds one list per commune, each approved and closed alone."""

    security = reference(roles.PROVINCE, roles.COMMUNE, roles.SYSTEM)

    code = code_field("DC")
    benefit_month = MonthField(unique=True)
    payment_month = MonthField()
    law_hash = models.TextField(blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            first_day("payment_run", "benefit_month"),
            first_day("payment_run", "payment_month"),
        ]


class PaymentList(models.Model):
    """The month's list of one commune."""

    security = by_unit(payer_using=_LIST_GIVEN)

    code = code_field("DS")
    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="payment_lists")
    state = models.TextField(choices=LIST.choices, default=LIST.start)
    cutoff_on = models.DateField()
    law_hash = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField()
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    approved_number = models.TextField(blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by_name = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_count = models.IntegerField(null=True, blank=True)
    closed_total_vnd = MoneyField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="one_list_a_commune_a_run")]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.code


class ListStep(models.Model):
    """One move of a list: who, when, from, to, note. The only history of its status."""

    security = through("list", "payments_paymentlist")

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField()
    target = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()


class Handover(models.Model):
    """One file given to one payer for one method of a closed list."""

    security = by_unit(payer_using=_GIVEN, payer_rights="SELECT, UPDATE")

    code = code_field("BG")
    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="handovers")
    unit = models.ForeignKey(Unit, models.PROTECT)
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="handovers")
    method = models.TextField(choices=Method.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    count = models.IntegerField()
    total_vnd = MoneyField()
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "payer", "method"], name="one_file_a_payer_and_method")]


class LineKind(models.TextChoices):
    REGULAR = "regular", _("Tháng này")
    ARREARS = "arrears", _("Truy lĩnh")
    RECOVERY = "recovery", _("Thu hồi")
    CARRIED = "carried", _("Tháng trước chưa nhận")
    PAST = "past", _("Đã chi trước khi có hệ thống")
    ONCE = "once", _("Hỗ trợ một lần")


class PaymentLine(models.Model):
    """One amount for one person and benefit month. Everything on it is as it was; a closed line is never edited.

    `amount_vnd` is negative for a recovery. `corrects` names the closed line that a correction is about; `carried_from` the
    unpaid line whose money this is, under its own month.

    A month writes hundreds of thousands of lines: an index or a foreign key here is paid for each of them. That a line lies in
    the commune of its list, and that list, person, entry and village are there, is asked once a statement, by a trigger; others
    keep what a line names from going away.
    """

    security = by_unit(payer_using=_LINE_GIVEN, payer_rights="SELECT, UPDATE")

    # A line of a list that nobody signed yet is a draft: it goes when what it stands on is taken back.
    stands_when = ~models.Q(list__state__in=("proposed", "checking"))

    code = code_field("CT")
    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="payment_lines", db_index=False, db_constraint=False)
    # Revoking a decision takes its lines out of lists still open; the database refuses it for lines that were signed.
    entitlement = models.ForeignKey(Entitlement, models.CASCADE, null=True, blank=True, related_name="lines", db_constraint=False)
    item = models.ForeignKey(DecisionItem, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False)
    kind = models.TextField(choices=LineKind.choices)
    benefit_month = MonthField()
    benefit = models.TextField(choices=Benefit.choices)
    category = models.TextField()
    law_code = models.TextField(blank=True)
    coefficient = CoefficientField()
    count = models.IntegerField(default=1)
    standard_vnd = MoneyField()
    amount_vnd = MoneyField()
    person_name = models.TextField()
    sort_key = models.TextField(blank=True)
    book = models.TextField(blank=True)
    born_text = models.TextField(blank=True)
    payee_name = models.TextField(blank=True)
    payee_relation = models.TextField(blank=True)
    payee_number = models.TextField(blank=True)
    method = models.TextField(choices=Method.choices)
    account_number = models.TextField(blank=True)
    bank = models.TextField(blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, db_index=False, db_constraint=False)
    village_name = models.TextField(blank=True)
    household_code = models.TextField(blank=True)
    address = models.TextField(blank=True)
    decision_number = models.TextField(blank=True)
    law_hash = models.TextField(blank=True)
    state = models.TextField(choices=LINE.choices, default=LINE.start)
    hold_reason = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections", db_index=False)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to", db_index=False)
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False)
    paid_on = models.DateField(null=True, blank=True)
    return_note = models.TextField(blank=True)
    received_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            first_day("payment_line", "benefit_month"),
            models.CheckConstraint(
                condition=(models.Q(kind="recovery") & models.Q(amount_vnd__lt=0))
                | (~models.Q(kind="recovery") & models.Q(amount_vnd__gt=0)),
                name="only_a_recovery_is_negative",
            ),
            models.UniqueConstraint(
                fields=["list", "entitlement", "benefit_month"],
                condition=models.Q(kind="regular"),
                name="one_regular_line_an_entry_a_list",
            ),
            models.UniqueConstraint(fields=["carried_from"], condition=models.Q(carried_from__isnull=False), name="carried_once"),
        ]
        indexes = [
            # People and money of a month, of a list or of a whole province, are counted from the index alone.
            models.Index(fields=["list", "person"], include=["state", "amount_vnd"], name="line_people_of_list"),
            models.Index(fields=["unit", "benefit_month"]),
            # What a person was given month by month is read from the index alone.
            models.Index(
                fields=["person", "benefit_month"], include=["amount_vnd", "state", "kind", "item"], name="line_given_by_month"
            ),
            *(
                models.Index(fields=[name], condition=models.Q(**{f"{name}__isnull": False}), name=f"line_{name}")
                for name in ("item", "corrects", "handover")
            ),
            models.Index(fields=["list"], condition=models.Q(kind="past"), name="line_past"),
            models.Index(
                fields=["person"],
                include=["id", "benefit_month"],
                condition=models.Q(state="unpaid") & ~models.Q(kind="recovery"),
                name="line_unpaid",
            ),
        ]


class StopRequest(models.Model):
    """Yêu cầu dừng chi for a line already handed over, and the payer's acknowledgement."""

    security = by_unit(
        payer_using="EXISTS (SELECT 1 FROM payments_paymentline seen WHERE seen.id = line_id)", payer_rights="SELECT, UPDATE"
    )

    line = models.OneToOneField(PaymentLine, models.PROTECT, related_name="stop_request")
    unit = models.ForeignKey(Unit, models.PROTECT)
    reason = models.TextField()
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.TextField(blank=True)
    outcome = models.TextField(blank=True)


class PayerReturn(models.Model):
    """A returned file: what it said per line, and which of its lines could not be taken."""

    security = by_unit(
        payer_using="EXISTS (SELECT 1 FROM payments_handover given WHERE given.id = handover_id)", payer_rights="SELECT, INSERT"
    )

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    answer = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    taken = models.IntegerField(default=0)
    problems = models.JSONField(default=list)


class BudgetSource(models.Model):
    """Nguồn kinh phí."""

    security = reference(roles.PROVINCE)

    code = models.TextField(unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class ListSource(models.Model):
    """From which source a list pays a benefit. Chosen before the list is signed; its lines are settled against it."""

    security = through("list", "payments_paymentlist")

    list = models.ForeignKey(PaymentList, models.CASCADE, related_name="sources")
    benefit = models.TextField(choices=Benefit.choices)
    source = models.ForeignKey(BudgetSource, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "benefit"], name="one_source_of_a_benefit_a_list")]


class BudgetEntry(models.Model):
    """Money of a source for a commune and month: estimate, opening, drawn, returned. What was paid is derived from lines."""

    security = by_unit()

    unit = models.ForeignKey(Unit, models.PROTECT)
    source = models.ForeignKey(BudgetSource, models.PROTECT)
    month = MonthField()
    kind = models.TextField(
        choices=[
            ("estimate", _("Dự toán tháng")),
            ("opening", _("Tồn đầu kỳ")),
            ("drawn", _("Rút về")),
            ("returned", _("Nộp trả")),
        ]
    )
    amount_vnd = MoneyField()
    paper = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    recorded_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [first_day("budget_entry", "month")]
        indexes = [models.Index(fields=["unit", "month"])]


class RecoveryPlan(models.Model):
    """How a signed recovery is paid back: so much of each month's money of whom, from which month, by which consent.

    The newest plan of a recovery holds. `per_month_vnd` 0: nothing is taken from payments, it is paid back in cash.
    """

    security = by_unit()

    item = models.ForeignKey(DecisionItem, models.PROTECT, related_name="recovery_plans")
    unit = models.ForeignKey(Unit, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="recovery_plans")
    per_month_vnd = MoneyField()
    from_month = MonthField()
    consent_on = models.DateField()
    consent_paper = models.TextField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            first_day("recovery_plan", "from_month"),
            models.CheckConstraint(condition=models.Q(per_month_vnd__gte=0), name="a_plan_takes_nothing_or_some"),
        ]


class Repayment(models.Model):
    """Money of a recovery paid back in cash, with its receipt. Never edited: a correction takes the old one back and names it."""

    security = by_unit()

    item = models.ForeignKey(DecisionItem, models.PROTECT, related_name="repayments")
    unit = models.ForeignKey(Unit, models.PROTECT)
    amount_vnd = MoneyField()
    paid_on = models.DateField()
    receipt = models.TextField()
    payer_name = models.TextField()
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_vnd__gt=0, corrects__isnull=True) | models.Q(amount_vnd__lt=0, corrects__isnull=False),
                name="only_a_correction_takes_back",
            ),
        ]
