"""The journal: entries chained by hash, and reads waiting to be sealed into it.

Rows come in through functions of the database only (see the first migration); nobody may change or remove one.
"""

from django.db import models

from ansinh.database import roles
from ansinh.database.security import sealed

_READERS = (roles.AUDITOR, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)


class Entry(models.Model):
    """One act: who, when, what. `hash` covers the row and the hash before it."""

    security = sealed(*_READERS)

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    post = models.TextField(blank=True)
    place = models.TextField(blank=True)
    act = models.TextField()
    noun = models.TextField(blank=True)
    key = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    prev_hash = models.TextField()
    hash = models.TextField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["noun", "key"]), models.Index(fields=["at"])]


class ReadEvent(models.Model):
    """One read or export of sensitive data. Sealed each minute: `sealed_in` names the entry that holds its digest."""

    security = sealed(*_READERS)

    at = models.DateTimeField()
    actor = models.TextField()
    post = models.TextField(blank=True)
    act = models.TextField()
    noun = models.TextField(blank=True)
    key = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    sealed_in = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sealed_in", "id"])]
