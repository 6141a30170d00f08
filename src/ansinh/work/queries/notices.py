"""Notices of a post."""

from __future__ import annotations

from django.db.models import QuerySet

from ansinh.access.models import Post
from ansinh.work.models import Notice


def notices_of(post: Post) -> QuerySet[Notice]:
    """What a post was told, the newest first."""
    return Notice.objects.filter(post=post.pk).order_by("-id")


def unread_count(post: Post) -> int:
    """How much of it the post has not read."""
    return notices_of(post).filter(read_at__isnull=True).count()
