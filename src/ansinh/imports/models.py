"""Staged lists: a batch is one file or paste, a row is one line of it. Nothing here is the register."""

from django.db import models

from ansinh.access.models import Post
from ansinh.database.columns import MonthField, code_field
from ansinh.database.security import by_unit, through
from ansinh.files.models import StoredFile
from ansinh.imports.workflow import BATCH, ROW
from ansinh.localities.models import Unit


class Batch(models.Model):
    """One list taken in: its layout, its file, what was found above the table, and how far it is."""

    security = by_unit()

    code = code_field("NH")
    layout = models.TextField()
    title = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    month = MonthField(null=True, blank=True)
    state = models.TextField(choices=BATCH.choices, default=BATCH.start)
    found_above = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    brought_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    brought_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """One line of a list: as typed (`raw`), as understood (`values`), and what is wrong with it.

    `candidates` are known people it may be (masked); `person_key` is the one an officer chose, `is_new` says nobody.
    """

    security = through("batch", "imports_batch")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.IntegerField()
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    state = models.TextField(choices=ROW.choices, default=ROW.start)
    set_aside_reason = models.TextField(blank=True)
    candidates = models.JSONField(default=list)
    person_key = models.BigIntegerField(null=True, blank=True)
    is_new = models.BooleanField(default=False)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="row_once_a_batch")]
        indexes = [models.Index(fields=["batch", "state"])]
