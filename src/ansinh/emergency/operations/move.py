"""The only writer of a list's state. For use inside the other operations."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.models import AidList, AidListStep
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput


def lock(aid_list: AidList, seen: str | None = None) -> AidList:
    """The list as it is now, held until the transaction ends. Raises AlreadyDone when it left the state its page showed."""
    found = AidList.objects.select_for_update(of=("self",)).select_related("occasion", "unit", "office", "submitted_by__user")
    held = found.get(pk=aid_list.pk)
    if seen and seen != held.state:
        last = held.steps.order_by("-id").first()
        who, when = (last.actor, f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}") if last else ("", "")
        raise AlreadyDone(
            _("Danh sách đã chuyển sang “%(state)s” (%(who)s, %(at)s). Hãy xem lại rồi làm tiếp.")
            % {"state": held.get_state_display(), "who": who, "at": when}
        )
    return held


def move(aid_list: AidList, act: str, *, by: Post, now: datetime, note: str = "") -> AidList:
    """Take one step of the table on a locked list. Raises MoveNotAllowed, NotAllowed; InvalidInput where words are missing."""
    step = aid_list.workflow.find(act, aid_list.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi nội dung."), field="note")
    source, aid_list.state = aid_list.state, step.target
    aid_list.save()
    AidListStep.objects.create(
        list=aid_list, act=act, source=source, target=step.target, post=by, actor=by.actor.text, note=note.strip(), at=now
    )
    detail = {"from": source, "to": step.target}
    journal.record(by=by.actor, act=f"{act}_aid_list", noun="aid_list", key=aid_list.code, detail=detail, at=now)
    return aid_list
