"""The journal: entries chained by hash, and reads waiting to be sealed into it.

Rows come in through functions of the database only (see the first migration); nobody may change or remove one.
"""

from django.db import models
from django.db.models import Case, F, Value, When

from ansinh.database import roles
from ansinh.database.security import Security, sealed

_READERS = (roles.AUDITOR, roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)
# Nouns whose keys name no beneficiary: the administrator may see which account or body an act was about.
OPEN_NOUNS = ("user", "office", "post", "unit", "village", "confirmation", "read_event")
_OUTLINE = ("id", "at", "actor", "post", "place", "act", "noun", "open_key", "prev_hash", "hash")


def _for_administrators(security: Security) -> Security:
    """The administrator reads the outline of entries: neither the key nor the detail of what was done to a person."""
    return Security((*security.grants, (roles.ADMIN, f"SELECT ({', '.join(_OUTLINE)})")))


class Entry(models.Model):
    """One act: who, when, what. `hash` covers the row and the hash before it."""

    security = _for_administrators(sealed(*_READERS))

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
    open_key = models.GeneratedField(
        expression=Case(
            When(noun__in=OPEN_NOUNS, then=F("key")),
            default=Value("", output_field=models.TextField()),
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["noun", "key"]), models.Index(fields=["at"])]


class OutlineManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().only(*_OUTLINE)


class Outline(Entry):
    """An entry without what it tells of people: all that the administrator may read."""

    objects = OutlineManager()

    class Meta:
        proxy = True
        default_manager_name = "objects"


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
