"""Load per officer, and the share answered on time by commune and procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from ansinh.dossiers.models import Dossier
from ansinh.dossiers.workflow import DOSSIER
from ansinh.law.procedures import ProcedureSheet, sheet

SOON = 3


@dataclass(frozen=True)
class Load:
    """What one post holds: None is what nobody took up yet."""

    post: int | None
    holder: str
    office: str
    open: int
    late: int
    soon: int
    waiting: int


def loads(*, on: date) -> list[Load]:
    """Open dossiers by who holds them, the latest first. One query."""
    rows = (
        Dossier.objects.open()
        .values("holder", "holder__user__full_name", "holder__title", "office__name")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=on)),
            soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=on + timedelta(days=SOON))),
            waiting=Count("pk", filter=Q(state="incomplete")),
        )
        .order_by("-late", "-n", "office__name", "holder")
    )
    return [
        Load(
            row["holder"], row["holder__user__full_name"] or row["holder__title"] or "", row["office__name"], row["n"], row["late"], row["soon"],
            row["waiting"],
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class StepCount:
    """How many dossiers stand at one step, of those how many are late."""

    state: str
    label: Any
    count: int
    late: int


def by_step(*, on: date) -> list[StepCount]:
    """Open dossiers by the step they stand at, in the order of the work. One query."""
    rows = (
        Dossier.objects.open().values_list("state").annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on))).order_by()
    )
    found = {state: (count, late) for state, count, late in rows}
    return [StepCount(state, label, *found[state]) for state, label in DOSSIER.states.items() if state in found]


@dataclass(frozen=True)
class Share:
    """Answered between two days, and how many of them on time. `late_open`: open ones whose last day lies behind."""

    procedure: ProcedureSheet
    commune: str
    answered: int
    on_time: int
    late_open: int

    @property
    def percent(self) -> int | None:
        """Hundredths answered on time, cut, never rounded up to a hundred; None where nothing was answered."""
        return self.on_time * 100 // self.answered if self.answered else None


def shares(*, first: date, last: date, on: date) -> list[Share]:
    """By commune and procedure: what was answered from `first` to `last` by the day of the signed paper. One query."""
    answered = Q(answered_on__gte=first, answered_on__lte=last)
    late_open = Q(pk__in=Dossier.objects.overdue(on).values("pk"))
    rows = (
        Dossier.objects.filter(answered | late_open)
        .values("procedure", "unit__name", "unit__name_folded")
        .annotate(
            answered=Count("pk", filter=answered),
            on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
            late_open=Count("pk", filter=late_open),
        )
        .order_by("unit__name_folded", "procedure")
    )
    return [Share(sheet(row["procedure"]), row["unit__name"], row["answered"], row["on_time"], row["late_open"]) for row in rows]
