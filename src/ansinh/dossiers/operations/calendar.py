"""The holidays of a year change: what is due when is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier, Posting
from ansinh.dossiers.operations.move import set_due_day
from ansinh.law.procedures import due_day
from ansinh.lawbook import operations as lawbook
from ansinh.lawbook.queries import calendar


@transaction.atomic
def correct_holidays(*, year: int, days_off: Iterable[date], worked: Iterable[date], source: str, by: Post, now: datetime) -> int:
    """Confirm the holidays of a year; how many open dossiers got another last day. Rooms above reckon theirs in the same transaction."""
    lawbook.confirm_holidays(year=year, days_off=days_off, worked=worked, source=source, by=by, now=now)
    for path in settings.ANSINH_LAST_DAYS:
        import_string(path)(by=by, now=now)
    return _reckon_due_days()


def _reckon_due_days() -> int:
    """The last day of every list that hangs, and of every open dossier, by the calendar as it stands; how many dossiers changed. An answered one keeps what it had."""
    days = calendar()
    for posting in Posting.objects.filter(state="posted").select_for_update(of=("self",)).order_by("id"):
        posting.until = due_day(posting.posted_on, posting.days, "working", days)
        posting.save(update_fields=["until"])
    held = Dossier.objects.open().select_for_update(of=("self",)).order_by("id")
    return sum(set_due_day(dossier, days) for dossier in held)
