"""Give a task, and take it from one state to the next: the only writer of its state."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import away_holder
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.work.models import Priority, Task, TaskStep
from ansinh.work.operations.notices import notify
from ansinh.work.queries.tasks import possible_doers
from ansinh.work.workflow import DOES, GIVES, TASK, UNDONE


@transaction.atomic
def give_task(
    *,
    title: str,
    doer: Post,
    due_on: date,
    by: Post,
    now: datetime,
    content: str = "",
    product: str = "",
    source: str = "",
    priority: int = Priority.USUAL,
) -> Task:
    """A leader asks something of somebody until a day. `source`: number and day of the paper it comes from, empty for none.

    Raises NotAllowed for a post that gives no tasks, InvalidInput for nobody below it, an empty title, a day that lies behind.
    """
    if by.role not in GIVES:
        raise NotAllowed(_("Chức vụ này không giao việc."))
    if not title.strip():
        raise InvalidInput(_("Hãy ghi nội dung công việc."), field="title")
    if due_on < now.date():
        raise InvalidInput(_("Hạn hoàn thành đã qua."), field="due_on")
    if not possible_doers(by, on=now.date()).filter(pk=doer.pk).exists():
        raise InvalidInput(_("Không giao việc cho người này được."), field="doer")
    unit = doer.office.unit or by.office.unit
    task = Task.objects.create(
        title=title.strip(), content=content.strip(), product=product.strip(), source=source.strip(), priority=priority,
        giver=by, doer=doer, unit=unit, due_on=due_on, given_at=now,
    )  # fmt: skip
    _write_step(task, "give", source="", by=by, now=now, whose=None)
    words = f"Được giao việc, hạn {due_on:%d/%m/%Y}: {task.title}"
    notify(to=[doer.pk], text=words, noun="task", about=task.code, unit=unit, by=by, now=now)
    return task


@transaction.atomic
def move_task(*, task: Task, act: str, by: Post, now: datetime, note: str = "", seen: int | None = None) -> Task:
    """Take one step of the table. Whoever does the task accepts and reports; whoever gave it finishes, returns, calls off.

    Raises NotAllowed for anybody else, MoveNotAllowed, InvalidInput without words where they are needed, AlreadyDone when
    somebody acted since the step `seen`.
    """
    held = _lock(task, seen)
    step = TASK.find(act, held.state, by.role)
    whose = held.doer if act in DOES else held.giver
    _check_own(whose, by, now)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi nội dung."), field="note")
    source, held.state = held.state, step.target
    if act == "report":
        held.reported_at = now
    held.save(update_fields=["state", "reported_at"])
    _write_step(held, act, source=source, by=by, now=now, note=note, whose=whose)
    other = held.giver if act in DOES else held.doer
    words = f"{by.holder_name}: {str(step.label).lower()}, “{held.title}”"
    notify(to=[other.pk], text=words, noun="task", about=held.code, unit=held.unit, by=by, now=now)
    return held


@transaction.atomic
def extend_task(*, task: Task, due_on: date, note: str, by: Post, now: datetime, seen: int | None = None) -> Task:
    """Whoever gave a task sets another last day, with the reason. Raises NotAllowed, InvalidInput, AlreadyDone."""
    held = _lock(task, seen)
    _check_own(held.giver, by, now)
    if held.state not in UNDONE:
        raise InvalidInput(_("Việc này không còn đang làm."))
    if due_on < now.date():
        raise InvalidInput(_("Hạn hoàn thành đã qua."), field="due_on")
    if not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    words = f"Hạn {held.due_on:%d/%m/%Y} đổi thành {due_on:%d/%m/%Y}. {note.strip()}"
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    _write_step(held, "extend", source=held.state, by=by, now=now, note=words, whose=held.giver)
    told = f"Đổi hạn thành {due_on:%d/%m/%Y}: {held.title}"
    notify(to=[held.doer_id], text=told, noun="task", about=held.code, unit=held.unit, by=by, now=now)
    return held


def _lock(task: Task, seen: int | None) -> Task:
    found = Task.objects.select_for_update(of=("self",)).select_related(
        "giver__user", "giver__office", "doer__user", "doer__office", "unit"
    )
    held = found.get(pk=task.pk)
    last = held.steps.order_by("-id").first()
    if seen is not None and last and last.pk != seen:
        raise AlreadyDone(
            _("%(who)s vừa thực hiện “%(act)s” lúc %(at)s. Hãy xem lại rồi làm tiếp.")
            % {"who": last.actor, "act": last.label, "at": f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"}
        )
    return held


def _check_own(whose: Post, by: Post, now: datetime) -> None:
    if whose.pk != by.pk and away_holder(by, whose.pk, on=now.date()) is None:
        raise NotAllowed(_("Việc này của %(who)s.") % {"who": whose.holder_name})


def _write_step(
    task: Task, act: str, *, source: str, by: Post, now: datetime, whose: Post | None, note: str = ""
) -> None:  # fmt: skip
    """Who did what, and for whom when the other is away; in the history of the task and in the journal."""
    actor = by.actor_for(whose) if whose and whose.pk != by.pk and by.absence is None else by.actor
    TaskStep.objects.create(
        task=task, act=act, source=source, target=task.state, post_id=by.pk, actor=actor.text, note=note.strip(), at=now
    )
    detail = {"from": source, "to": task.state}
    journal.record(by=actor, act=f"{act}_task", noun="task", key=task.code, detail=detail, at=now)
