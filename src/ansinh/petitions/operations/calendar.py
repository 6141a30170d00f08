"""The holidays of a year change: the last days of petitions are reckoned anew."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Post
from ansinh.law.petitions import limit_on
from ansinh.law.procedures import Calendar
from ansinh.lawbook.queries import calendar
from ansinh.petitions.models import Petition
from ansinh.petitions.operations.move import write_step

# The day that each open state hangs on: the step of the law, where it counts from, where its last day is kept.
_DAYS = {"registered": ("admit", "received_on", "admit_due_on"), "admitted": ("answer", "admitted_on", "answer_due_on")}


@transaction.atomic
def reckon_days(*, by: Post, now: datetime) -> int:
    """Reckon the last day of each open petition by the calendar as it stands; how many changed.

    A day that an extension named stays: it was chosen and said to the sender. What is answered keeps what it was judged by.
    """
    days, changed = calendar(), 0
    held = Petition.objects.open().exclude(steps__act="extend").select_for_update(of=("self",)).order_by("id")
    for petition in held:
        name = _DAYS[petition.state][2]
        before, due = getattr(petition, name), _due(petition, days)
        if due != before:
            setattr(petition, name, due)
            petition.save(update_fields=[name])
            told = " → ".join(f"{day:%d/%m/%Y}" if day else "–" for day in (before, due))
            write_step(petition, "reckon", source=petition.state, by=by, now=now, note=told)
            changed += 1
    return changed


def _due(petition: Petition, days: Calendar) -> date | None:
    step, since, _name = _DAYS[petition.state]
    start = getattr(petition, since)
    limit = limit_on(petition.kind, step, start)
    return limit.due(start, days) if limit else None
