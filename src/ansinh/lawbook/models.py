"""What officers add to the law: confirmations of uncertain points, and the resolutions of the province, each with its source."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database import roles
from ansinh.database.columns import CoefficientField, MoneyField, MonthField, code_field, first_day
from ansinh.database.security import ALL_RIGHTS, Security, reference
from ansinh.files.models import StoredFile
from ansinh.lawbook.workflow import RESOLUTION
from ansinh.localities.models import Unit


class Confirmation(models.Model):
    """An officer's answer to an uncertain point of law. The newest holds; older ones stay."""

    security = reference(roles.PROVINCE)

    parameter = models.TextField()
    value = models.TextField()
    source = models.TextField()
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(Post, models.PROTECT)
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["parameter", "-confirmed_at"])]


class HolidayList(models.Model):
    """The holidays of a year as an officer confirmed them: ISO days off besides weekends, and weekend days worked. The newest holds."""

    security = reference(roles.PROVINCE)

    year = models.IntegerField()
    days_off = models.JSONField(default=list)
    worked = models.JSONField(default=list)
    source = models.TextField()
    confirmed_by = models.ForeignKey(Post, models.PROTECT)
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["year", "-id"], name="holidays_of_a_year")]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2000) & Q(year__lte=2100), name="holidays_of_our_time"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Resolution(models.Model):
    """A resolution of the People's Council laid over the decree. Once confirmed the database lets nobody edit it.

    It counts for benefit months from `applies_to_months_from` up to but without `until`, in the area of `territory` (a
    province of its day). What ends it early is a later one that names it in `replaces`.
    """

    security = reference(roles.PROVINCE)

    code = code_field("NQ")
    number = models.TextField()
    title = models.TextField()
    issued_on = models.DateField()
    in_force_from = models.DateField()
    applies_to_months_from = MonthField()
    until = MonthField(null=True, blank=True)
    territory = models.ForeignKey(Unit, models.PROTECT, related_name="resolutions")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    state = models.TextField(choices=RESOLUTION.choices, default=RESOLUTION.start)
    written_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            first_day("resolution", "applies_to_months_from"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("applies_to_months_from")),
                name="a_resolution_ends_after_it_began",
            ),
            models.UniqueConstraint(fields=["number", "issued_on"], condition=~Q(state="withdrawn"), name="a_resolution_once"),
        ]

    def __str__(self) -> str:
        return f"Nghị quyết số {self.number}"


class LineKind(models.TextChoices):
    LEVEL = "level", _("Mức chuẩn")
    AMOUNT = "amount", _("Mức tiền của một khoản")
    GROUP = "group", _("Nhóm đối tượng thêm")


class ResolutionLine(models.Model):
    """One thing a resolution sets: a level for some scopes, an amount for a category or item, or an extra group.

    A group has a condition in the language of the law files and a coefficient (hundredths) or an amount. An amount may be
    narrowed to those of its category whose national coefficient is this one.
    """

    security = reference(roles.PROVINCE)

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="lines")
    kind = models.TextField(choices=LineKind.choices)
    scopes = models.JSONField(default=list)
    of = models.TextField(blank=True)
    title = models.TextField(blank=True)
    condition = models.TextField(blank=True)
    coefficient = CoefficientField(null=True, blank=True)
    amount_vnd = MoneyField(null=True, blank=True)
    brings = models.JSONField(default=list)
    basis = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gt=0), name="a_level_is_money")
        ]


class ResolutionStep(models.Model):
    """One move of a resolution: who, when, from, to, note."""

    security = reference(roles.PROVINCE)

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField()
    target = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT)
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    @property
    def label(self) -> str:
        """The words of the move."""
        return str(next(move.label for move in RESOLUTION.moves if move.act == self.act))


class ResolutionEffect(models.Model):
    """What a resolution would change in one month, counted over the ledger and the register. Counts and keys alone.

    `by_category`: category → [people, before, after]; `by_commune`: key of the unit → the same; `examples`: keys of people.
    """

    security = Security(
        tuple((role, ALL_RIGHTS) for role in (roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)) + ((roles.AUDITOR, "SELECT"),)
    )

    resolution = models.OneToOneField(Resolution, models.CASCADE, related_name="effect")
    month = MonthField()
    asked = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    newcomers = models.IntegerField(default=0)
    before_vnd = MoneyField(default=0)
    after_vnd = MoneyField(default=0)
    by_category = models.JSONField(default=dict)
    by_commune = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    computed_at = models.DateTimeField()

    @property
    def change_vnd(self) -> int:
        return self.after_vnd - self.before_vnd
