"""Uploads. The bytes lie in the files folder under their hash; the row says what they are and whose they are."""

from django.db import models

from ansinh.access.models import Office, Post
from ansinh.database.security import OFFICE, by_unit
from ansinh.localities.models import Unit


class StoredFile(models.Model):
    """One upload or made file. `purged_at` is set when the bytes were removed; the row stays.

    `given_to` is an office outside the place that may take the file, or sent it: a payer.
    """

    security = by_unit(payer_using=f"given_to_id = {OFFICE}", payer_rights="SELECT, INSERT")

    token = models.UUIDField(unique=True)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    purpose = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    given_to = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    stored_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    stored_at = models.DateTimeField()
    keep_until = models.DateField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
