"""The only writer of a petition's state. For use inside the other operations."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import away_holder, stood_in_for
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.petitions.models import Petition, PetitionStep
from ansinh.petitions.queries.register import handles
from ansinh.petitions.workflow import PETITION


def lock(petition: Petition, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """The petition as it is now, held until the transaction ends, for somebody who handles it.

    Raises NotAllowed for anybody else, AlreadyDone when somebody acted since the step `seen`.
    """
    found = Petition.objects.select_for_update(of=("self",)).select_related("unit", "office", "dossier")
    held = found.get(pk=petition.pk)
    if not handles(by, held, instead=[absence.post_id for absence in stood_in_for(by, on=now.date())]):
        raise NotAllowed(_("Đơn này do người khác giải quyết."))
    last = held.steps.order_by("-id").first()
    if seen is not None and last and last.pk != seen:
        raise AlreadyDone(
            _("%(who)s vừa thực hiện “%(act)s” lúc %(at)s. Hãy xem lại rồi làm tiếp.")
            % {"who": last.actor, "act": last.label, "at": f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"}
        )
    return held


def move(petition: Petition, act: str, *, by: Post, now: datetime, note: str = "") -> Petition:
    """Take one step of the table on a locked petition. Raises MoveNotAllowed, NotAllowed, InvalidInput without needed words."""
    step = PETITION.find(act, petition.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi nội dung."), field="note")
    source, petition.state = petition.state, step.target
    petition.save(update_fields=["state"])
    write_step(petition, act, source=source, by=by, now=now, note=note)
    return petition


def write_step(petition: Petition, act: str, *, source: str, by: Post, now: datetime, note: str = "") -> None:
    """Who did what, and for whom when its handler is away. The journal names the petition by its code alone."""
    away = away_holder(by, petition.holder_id, on=now.date())
    actor = by.actor_for(away) if away and by.absence is None else by.actor
    PetitionStep.objects.create(
        petition=petition,
        act=act,
        source=source,
        target=petition.state,
        post_id=by.pk,
        actor=actor.text,
        note=note.strip(),
        at=now,
    )
    detail = {"from": source, "to": petition.state}
    journal.record(by=actor, act=f"{act}_petition", noun="petition", key=petition.code, detail=detail, at=now)
