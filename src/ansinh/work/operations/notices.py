"""Tell somebody what happened for them, inside the programme; nothing leaves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ansinh.access.models import Post
from ansinh.localities.models import Unit
from ansinh.work.models import Notice


def notify(*, to: Iterable[int | None], text: str, noun: str, about: str, unit: Unit, by: Post | None, now: datetime) -> int:
    """Leave a notice on the desk of each of these posts (by key) but the one that acted; how many. Part of the act it tells of.

    `noun` and `about` name the thing by a key of `ANSINH_NOUNS` and its public code; `unit` is its place. Nothing sensitive may stand in `text`.
    """
    posts = {post for post in to if post is not None and (by is None or post != by.pk)}
    Notice.objects.bulk_create(
        Notice(post_id=post, unit=unit, text=text, noun=noun, about=about, at=now) for post in sorted(posts)
    )
    return len(posts)


@transaction.atomic
def read_notices(*, by: Post, now: datetime, notice: Notice | None = None) -> int:
    """Mark one notice of one's own as read, or all of them; how many were unread."""
    found = Notice.objects.filter(post=by.pk, read_at__isnull=True)
    if notice is not None:
        found = found.filter(pk=notice.pk)
    return found.update(read_at=now)
