"""Users, offices over time, posts, who stands in for whom, and who is competent for what."""

from copy import copy
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.database import roles
from ansinh.database.columns import PeriodField, code_field, no_overlap, on_day
from ansinh.database.security import accounts, log_in_only, reference
from ansinh.kernel.actor import Actor
from ansinh.localities.models import Unit


class Role(models.TextChoices):
    COMMUNE_OFFICER = "commune_officer", _("Chuyên viên VH-XH")
    COMMUNE_HEAD = "commune_head", _("Trưởng phòng VH-XH")
    COMMUNE_CHAIRMAN = "commune_chairman", _("Chủ tịch UBND xã")
    ACCOUNTANT = "accountant", _("Kế toán")
    CLERK = "clerk", _("Văn thư")
    ONE_STOP = "one_stop", _("Một cửa")
    PAYER = "payer", _("Tổ chức dịch vụ chi trả")
    FACILITY_STAFF = "facility_staff", _("Nhân viên cơ sở")
    FACILITY_HEAD = "facility_head", _("Giám đốc cơ sở")
    DIVISION_OFFICER = "division_officer", _("Chuyên viên")
    DIVISION_HEAD = "division_head", _("Trưởng phòng")
    DEPARTMENT_LEADER = "department_leader", _("Lãnh đạo Sở")
    INSPECTOR = "inspector", _("Người kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")
    SYSTEM = "system", _("Hệ thống")


class OfficeKind(models.TextChoices):
    COMMUNE = "commune", _("Ủy ban nhân dân xã, phường")
    DISTRICT = "district", _("Ủy ban nhân dân huyện")
    DIVISION = "division", _("Phòng chuyên môn của Sở")
    DEPARTMENT = "department", _("Sở")
    FACILITY = "facility", _("Cơ sở trợ giúp xã hội")
    PAYER = "payer", _("Tổ chức dịch vụ chi trả")
    MINISTRY = "ministry", _("Bộ")


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who logs in. What they may do comes from their posts, never from the user."""

    security = accounts()

    username = models.TextField(unique=True)
    full_name = models.TextField()
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.full_name


class Session(AbstractBaseSession):
    """One browser that is logged in, and whose it is: so that sessions can be listed and ended without opening each."""

    security = log_in_only()

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls):
        from ansinh.access.session_store import SessionStore

        return SessionStore


class Office(models.Model):
    """A body with the days it existed. `field` tells which of its predecessors' fields it took over."""

    security = accounts()

    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField(choices=OfficeKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="offices")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    symbol = models.TextField(blank=True)
    period = PeriodField()
    basis = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class OfficeSuccession(models.Model):
    """On `event_on` the duties of `old` in `field` went to `new`; one body may have two successors by field."""

    security = accounts()

    event_on = models.DateField()
    old = models.ForeignKey(Office, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Office, models.PROTECT, related_name="predecessions")
    field = models.TextField(blank=True)
    basis = models.TextField(blank=True)


class PostQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(on_day(day))


class Post(models.Model):
    """A chair in an office and who sits in it. Acts are done by posts.

    `absence`, never kept: whoever sits here acts in place of the one who is away (see `standing_in`).
    """

    security = accounts()
    absence = None

    code = models.TextField(unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.TextField(choices=Role.choices)
    title = models.TextField()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="posts")
    is_deputy = models.BooleanField(default=False)
    period = PeriodField()

    objects = PostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.title}, {self.office}"

    def save(self, *args, **kwargs) -> None:
        if self.absence is not None:
            raise ValueError("a post that stands in for another is never saved")
        super().save(*args, **kwargs)

    @property
    def role_label(self) -> str:
        return self.get_role_display()

    @property
    def office_name(self) -> str:
        return self.office.name

    @property
    def place_name(self) -> str:
        return self.office.unit.name if self.office.unit else self.office.name

    @property
    def actor(self) -> Actor:
        """How the journal and the facts name whoever sits in this post. Needs `user` and `office` loaded."""
        return Actor(self.holder_name, self.title, self.office.name)

    @property
    def holder_name(self) -> str:
        """Who sits here; the title of an empty chair. Needs `user` loaded."""
        return self.user.full_name if self.user else self.title

    def actor_for(self, away: "Post") -> Actor:
        """The same under its own name, saying for whom: 'Trần Thị B, Chuyên viên (thay Đỗ Thị A), UBND xã …'."""
        return Actor(self.holder_name, f"{self.title} (thay {away.holder_name})", self.office.name)

    def standing_in(self, absence: "Absence") -> "Post":
        """This post doing the work of the one that is away: its own key and name, the other's role. For one request, never saved."""
        made = copy(self)
        made.absence, made.role, made.is_deputy = absence, absence.post.role, True
        made.title = f"{absence.post.title} (thay {absence.post.holder_name})"
        return made


class Absence(models.Model):
    """The holder of a post is away, and which post of the same office does the work meanwhile. It ends by itself; ended early, the period is cut."""

    security = reference(roles.COMMUNE, roles.PROVINCE, roles.FACILITY)

    code = code_field("VM")
    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="stands_in")
    period = PeriodField()
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            no_overlap("one_absence_at_a_time", "post", condition=models.Q(period__isempty=False)),
            models.CheckConstraint(condition=~models.Q(post=models.F("deputy")), name="nobody_stands_in_for_themselves"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def last(self):
        """The last day away; None while nobody knows it."""
        return self.period.upper and self.period.upper - timedelta(days=1)

    def is_over(self, on) -> bool:
        """Whether the holder is back on a day."""
        return bool(self.period.isempty or (self.period.upper and self.period.upper <= on))


class Mandate(models.Model):
    """A written mandate: the head of a body lets the head of a unit within it sign some papers TUQ., on these days alone.

    `acts` are keys of `Competence`. Ended early, the period is cut; what was signed by it stands.
    """

    security = reference(roles.COMMUNE, roles.PROVINCE)

    code = code_field("UQ")
    giver = models.ForeignKey(Post, models.PROTECT, related_name="given_mandates")
    post = models.ForeignKey(Post, models.PROTECT, related_name="mandates")
    acts = models.JSONField()
    number = models.TextField()
    signed_on = models.DateField()
    content = models.TextField(blank=True)
    period = PeriodField()
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period__isempty=True) | models.Q(period__upper_inf=False), name="a_mandate_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last(self):
        """The last day it may be signed by."""
        return self.period.upper and self.period.upper - timedelta(days=1)

    def is_over(self, on) -> bool:
        """Whether it holds no more on a day."""
        return bool(self.period.isempty or self.period.upper <= on)


class Competence(models.Model):
    """Who decides an act: the role in a kind of office, from when, on what basis. Data, never program text."""

    security = reference(roles.ADMIN)

    act = models.TextField()
    office_kind = models.TextField(choices=OfficeKind.choices)
    role = models.TextField(choices=Role.choices)
    period = PeriodField()
    basis = models.TextField()
    mark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "office_kind", "role", "period"], name="competence_once"),
        ]
