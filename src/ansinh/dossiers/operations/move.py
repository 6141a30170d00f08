"""The only writer of a dossier's state, and of its clock. For use inside the other operations."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import away_holder
from ansinh.dossiers.models import Dossier, DossierStep
from ansinh.dossiers.operations.telling import tell
from ansinh.dossiers.workflow import DOSSIER
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.law.procedures import Calendar, Clock
from ansinh.lawbook.queries import calendar
from ansinh.people.models import Person


def lock(dossier: Dossier, seen: int | None = None) -> Dossier:
    """The dossier as it is now, held until the transaction ends. Raises AlreadyDone when somebody acted since the step `seen`."""
    found = Dossier.objects.select_for_update(of=("self",)).select_related("unit", "office")
    held = found.get(pk=dossier.pk)
    if words := acted_since(held, seen):
        raise AlreadyDone(words)
    return held


def acted_since(dossier: Dossier, seen: int | None) -> str:
    """Who did what and when since the step `seen`, in words; empty where nobody did anything."""
    last = dossier.steps.order_by("-id").first() if seen is not None else None
    if last is None or last.pk == seen:
        return ""
    return _("%(who)s vừa thực hiện “%(act)s” lúc %(at)s. Hãy xem lại hồ sơ rồi làm tiếp.") % {
        "who": last.actor, "act": last.label, "at": f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}",
    }  # fmt: skip


def move(dossier: Dossier, act: str, *, by: Post, now: datetime, note: str = "") -> Dossier:
    """Take one step of the table on a locked dossier and set its clock. Raises MoveNotAllowed, NotAllowed, InvalidInput."""
    step = DOSSIER.find(act, dossier.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    source, dossier.state = dossier.state, step.target
    write_step(dossier, act, source=source, by=by, now=now, note=note)
    if dossier.is_open:
        dossier.due_on = clock_of(dossier).due(calendar())
    dossier.save(update_fields=["state", "due_on"])
    return dossier


def write_step(dossier: Dossier, act: str, *, source: str, by: Post, now: datetime, note: str = "") -> None:
    """Who did what, and for whom when its holder is away; in the history of the dossier and in the journal."""
    away = away_holder(by, dossier.holder_id, on=now.date())
    actor = by.actor_for(away) if away and by.absence is None else by.actor
    DossierStep.objects.create(
        dossier=dossier, act=act, source=source, target=dossier.state, post=by, actor=actor.text, note=note.strip(), at=now
    )
    detail = {"from": source, "to": dossier.state, "procedure": dossier.procedure}
    tell(dossier, act, by=by, now=now, note=note)
    journal.record(by=actor, act=f"{act}_dossier", noun="dossier", key=dossier.code, detail=detail, at=now)


def living_here(dossier: Dossier) -> Person:
    """The person of a dossier. Raises InvalidInput when they moved away: the new commune goes on, by a dossier of its own."""
    found = dossier.seen_person()
    if found is None:
        raise InvalidInput(_("Người này đã chuyển đi xã, phường khác. Hãy rút hồ sơ ở đây; nơi ở mới lập hồ sơ tiếp."))
    return found


def clock_of(dossier: Dossier) -> Clock:
    """The clock of a received dossier, read from its steps: it stands still from each asking to the coming."""
    version = dossier.version
    if version is None or dossier.received_on is None:
        raise InvalidInput(_("Vào ngày tiếp nhận, pháp luật chưa có thủ tục này."), field="received_on")
    pauses: list[tuple[date, date | None]] = []
    for act, at in dossier.steps.filter(act__in=("ask", "complete", "withdraw")).order_by("id").values_list("act", "at"):
        day = timezone.localdate(at)
        if act == "ask":
            pauses.append((day, None))
        elif pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], day)
    return Clock(dossier.received_on, version.days, version.unit, tuple(pauses))


def set_due_day(dossier: Dossier, days: Calendar) -> bool:
    """Reckon the last day of an open dossier anew; whether it changed."""
    due = clock_of(dossier).due(days)
    if due == dossier.due_on:
        return False
    dossier.due_on = due
    dossier.save(update_fields=["due_on"])
    return True
