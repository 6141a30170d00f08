"""Tasks with their steps, notices, and who is on duty or away on business when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.database.columns import code_field, folded_field
from ansinh.database.security import by_unit, through
from ansinh.localities.models import Unit
from ansinh.work.workflow import OPEN, TASK, UNDONE


class Priority(models.IntegerChoices):
    USUAL = 0, _("Thường")
    URGENT = 1, _("Khẩn")
    AT_ONCE = 2, _("Hỏa tốc")


LOOKS = {
    "assigned": "plain",
    "accepted": "now",
    "reported": "due",
    "returned": "unsure",
    "finished": "done",
    "called_off": "plain",
}


class TaskQuerySet(models.QuerySet):
    """Tasks by what they still need."""

    def open(self) -> Self:
        """Given and neither finished nor called off."""
        return self.filter(state__in=OPEN)

    def undone(self) -> Self:
        """Still with whoever does them."""
        return self.filter(state__in=UNDONE)

    def overdue(self, on: date) -> Self:
        """Not reported, and the last day lies behind."""
        return self.undone().filter(due_on__lt=on)


class Task(models.Model):
    """Something a leader asks of somebody: what, what comes out of it, until when, from which paper. `unit`: the place of whoever does it."""

    security = by_unit()

    code = code_field("CV")
    title = models.TextField()
    title_folded = folded_field("title")
    content = models.TextField(blank=True)
    product = models.TextField(blank=True)
    source = models.TextField(blank=True)
    priority = models.IntegerField(choices=Priority.choices, default=Priority.USUAL)
    giver = models.ForeignKey(Post, models.PROTECT, related_name="given_tasks")
    doer = models.ForeignKey(Post, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField()
    given_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True, blank=True)
    state = models.TextField(choices=TASK.choices, default=TASK.start)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["doer", "state", "due_on"], name="task_doer"),
            models.Index(fields=["giver", "state", "due_on"], name="task_giver"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def look(self) -> str:
        """The kind of tag its state is shown with."""
        return LOOKS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do about it."""
        return self.state in OPEN

    def is_late(self, on: date) -> bool:
        """Whether it should have been reported before this day."""
        return self.state in UNDONE and self.due_on < on


class TaskStep(models.Model):
    """One act on a task: who, when, from, to, note. Written once, never edited."""

    security = through("task", "work_task")

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    act = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField(choices=TASK.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    actor = models.TextField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    @property
    def label(self) -> str:
        """The words of the act."""
        return str(STEP_WORDS.get(self.act, self.act))


STEP_WORDS = {move.act: move.label for move in TASK.moves} | {"give": _("Giao việc"), "extend": _("Đổi hạn")}


class Notice(models.Model):
    """Something happened that a post should know. `noun`, `about`: what it is about, by its public code. `unit`: the place of that thing."""

    security = by_unit()

    post = models.ForeignKey(Post, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    noun = models.TextField()
    about = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "-id"], name="notice_newest"),
            models.Index(fields=["post"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class DutyKind(models.TextChoices):
    DUTY = "duty", _("Trực")
    RECEPTION = "reception", _("Tiếp công dân")
    MEETING = "meeting", _("Họp, làm việc")
    TRIP = "trip", _("Đi công tác")


class DayPart(models.TextChoices):
    ALL = "all", _("Cả ngày")
    MORNING = "morning", _("Sáng")
    AFTERNOON = "afternoon", _("Chiều")
    NIGHT = "night", _("Tối")


class DutyEntry(models.Model):
    """A line of the duty calendar of an office: who, on which day and session, what, where. Taken out with who and when, never erased."""

    security = by_unit()

    code = code_field("LT")
    office = models.ForeignKey(Office, models.PROTECT, related_name="duty")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.TextField(choices=DutyKind.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="duty")
    on = models.DateField()
    session = models.TextField(choices=DayPart.choices, default=DayPart.ALL)
    content = models.TextField(blank=True)
    place = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "on", "session", "kind"], condition=Q(removed_at__isnull=True), name="a_duty_once"
            ),
        ]
        indexes = [models.Index(fields=["office", "on"], name="duty_day")]

    def __str__(self) -> str:
        return self.code
