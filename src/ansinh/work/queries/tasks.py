"""Tasks a post sees, who may be given one, what may be done with one now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import OfficeKind, Post, Role
from ansinh.access.queries.absences import HEADS
from ansinh.work.models import Task, TaskQuerySet
from ansinh.work.workflow import DOES, OPEN, STAFF, TASK, UNDONE

# The parts of the list, by the word in the address.
PARTS = {
    "": _("Tôi phải làm"),
    "toi-giao": _("Tôi giao"),
    "co-quan": _("Của cơ quan"),
}


def _own(post: Post, instead: Collection[int]) -> list[int]:
    return [post.pk, *instead]


def tasks_of(post: Post, *, part: str = "", instead: Collection[int] = ()) -> TaskQuerySet:
    """Tasks one part of the list shows: what I do, what I gave, and for heads what anybody of the office does. `instead`: posts away."""
    mine = _own(post, instead)
    condition = {
        "": Q(doer__in=mine),
        "toi-giao": Q(giver__in=mine),
        "co-quan": Q(doer__office=post.office_id) if post.role in HEADS else Q(doer__in=mine) | Q(giver__in=mine),
    }[part if part in PARTS else ""]
    return Task.objects.filter(condition).select_related("giver__user", "doer__user", "doer__office")


def sees_task(post: Post, *, instead: Collection[int] = ()) -> Q:
    """Which tasks this post may open at all."""
    mine = _own(post, instead)
    seen = Q(doer__in=mine) | Q(giver__in=mine)
    return seen | Q(doer__office=post.office_id) if post.role in HEADS else seen


@dataclass(frozen=True)
class TaskCounts:
    """What waits for a post: to do, of that late and due today, and reports to look at."""

    to_do: int
    late: int
    due: int
    reports: int


def task_counts(post: Post, *, on: date, instead: Collection[int] = ()) -> TaskCounts:
    """Counted in one query."""
    mine = _own(post, instead)
    undone = Q(doer__in=mine, state__in=UNDONE)
    counts = Task.objects.filter(state__in=OPEN).aggregate(
        to_do=Count("pk", filter=undone),
        late=Count("pk", filter=undone & Q(due_on__lt=on)),
        due=Count("pk", filter=undone & Q(due_on=on)),
        reports=Count("pk", filter=Q(giver__in=mine, state="reported")),
    )
    return TaskCounts(**counts)


def possible_doers(by: Post, *, on: date) -> QuerySet[Post]:
    """Who may be given a task: colleagues; by leaders of the department its divisions too, by the division the heads of communes."""
    within = Q(office=by.office_id)
    if by.role == Role.DEPARTMENT_LEADER:
        within |= Q(office__parent=by.office_id)
    if by.role in (Role.DEPARTMENT_LEADER, Role.DIVISION_HEAD):
        within |= Q(office__kind=OfficeKind.COMMUNE, role=Role.COMMUNE_HEAD)
    found = Post.objects.on(on).filter(within, role__in=STAFF, user__isnull=False).exclude(pk=by.pk)
    return found.select_related("user", "office__unit").order_by("office", "id")


@dataclass(frozen=True)
class NextStep:
    """One act open to a post now: its word in the table, and the words on the button."""

    act: str
    label: Any
    needs_note: bool


def next_steps(task: Task, post: Post, *, instead: Collection[int] = ()) -> list[NextStep]:
    """What a post may do with a task now, in the order of the table; another day by whoever gave it."""
    mine = _own(post, instead)
    found = [
        NextStep(move.act, move.label, move.needs_note)
        for move in TASK.open_moves(task.state, post.role)
        if (task.doer_id if move.act in DOES else task.giver_id) in mine
    ]
    if task.giver_id in mine and task.state in UNDONE:
        found.append(NextStep("extend", _("Đổi hạn"), True))
    return found
