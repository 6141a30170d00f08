"""Uploads. The bytes lie in the files folder under their hash; the row says what they are and whose they are."""

from django.db import models

from ansinh.access.models import Post
from ansinh.database.security import by_unit
from ansinh.localities.models import Unit


class StoredFile(models.Model):
    """One upload or made file. `purged_at` is set when the bytes were removed; the row stays."""

    security = by_unit()

    token = models.UUIDField(unique=True)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    purpose = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    stored_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    stored_at = models.DateTimeField()
    keep_until = models.DateField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
