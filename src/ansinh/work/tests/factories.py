"""Tasks for tests, brought to a state by the operations officers use."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.work import operations
from ansinh.work.models import Task

_WAY = {
    "assigned": (), "accepted": ("accept",), "reported": ("report",), "returned": ("report", "return"),
    "finished": ("report", "finish"), "called_off": ("call_off",),
}  # fmt: skip


def task(
    state: str = "assigned", *, due_on: date = date(2026, 11, 27), doer: Post | None = None, now: datetime = NOW, **known
) -> Task:
    """A task the head of the commune's office gave its officer, in a state."""
    head, doer = post(Role.COMMUNE_HEAD), doer or post()
    with as_post(head, on=DAY):
        made = operations.give_task(title="Rà soát hồ sơ tồn", doer=doer, due_on=due_on, by=head, now=now, **known)
    for act in _WAY[state]:
        made = move(made, act)
    return made


def move(made: Task, act: str, *, by: Post | None = None, note: str = "Nội dung thử", **known) -> Task:
    """One act, by whoever should do it unless said otherwise."""
    by = by or (post() if act in ("accept", "report") else post(Role.COMMUNE_HEAD))
    with as_post(by, on=DAY):
        return operations.move_task(task=made, act=act, by=by, now=NOW, note=note, **known)


def fresh(made: Task) -> Task:
    """The task as the database has it, whoever may see it."""
    with as_maintenance():
        return Task.objects.select_related("doer__user", "giver__user").get(pk=made.pk)
