"""Tell somebody what happened for them, inside the programme; nothing leaves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ansinh.access.models import Absence, Post
from ansinh.database.columns import on_day
from ansinh.localities.models import Unit
from ansinh.work.models import Notice


def notify(*, to: Iterable[int | None], text: str, noun: str, about: str, unit: Unit, by: Post | None, now: datetime) -> int:
    """Leave a notice on the desk of each of these posts (by key), and of whoever stands in for one today; never of who acted. How many. Part of the act it tells of.

    `noun` and `about` name the thing by a key of `ANSINH_NOUNS` and its public code; `unit` is its place. Nothing sensitive may stand in `text`.
    """
    posts = {post for post in to if post is not None}
    posts |= set(
        Absence.objects.filter(on_day(now.date()), post__in=posts, deputy__isnull=False).values_list("deputy", flat=True)
    )
    posts.discard(by.pk if by else None)
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
