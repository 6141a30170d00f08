"""What every fact carries: where it comes from and who wrote it down."""

from django.db import models


class Recorded(models.Model):
    """`source` is the paper or list behind the fact; `recorded_by` names the actor as text."""

    source = models.TextField(blank=True)
    recorded_by = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
