"""Background work as officers see it: what runs, how far it is, what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.database.columns import code_field
from ansinh.database.security import working


class JobState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không xong")
    CANCELLED = "cancelled", _("Đã hủy")


class Job(models.Model):
    """One piece of work asked for by a post. Arguments and results hold keys and counts, never data of people."""

    security = working()

    code = code_field("CV")
    kind = models.TextField()
    title = models.TextField()
    state = models.TextField(choices=JobState.choices, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.IntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["state"]), models.Index(fields=["asked_by", "-asked_at"])]
