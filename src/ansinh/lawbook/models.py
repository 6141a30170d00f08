"""What officers add to the law: confirmations of uncertain points, each with its source."""

from django.db import models

from ansinh.access.models import Post
from ansinh.database import roles
from ansinh.database.security import reference


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
