"""Ask for work, ask it to stop, or to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.jobs import WORKERS
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.running import stopped_words
from ansinh.kernel.errors import AlreadyDone


@transaction.atomic
def start(*, kind: str, title: str, arguments: dict, by: Post | None, now: datetime) -> Job:
    """Put a piece of work in the queue, in the transaction of the act that asks for it.

    `kind` is a key of settings.ANSINH_JOBS. Raises KeyError for an unknown kind.
    """
    from ansinh.jobs.tasks import run_job  # the queue's application needs Django to be set up

    settings.ANSINH_JOBS[kind]
    job = Job.objects.create(kind=kind, title=title, arguments=arguments, asked_by=by, asked_at=now)
    run_job.defer(job_id=job.id)
    return job


@transaction.atomic
def start_beside(
    *, kind: str, title: str, units: Sequence[int], a_step: int, by: Post | None, now: datetime, more: Mapping | None = None
) -> list[Job]:
    """Work over communes as one job for each worker, its communes under `units`; as one job where one step does them all."""
    shares = WORKERS if len(units) > a_step else 1
    parts = [units[number::shares] for number in range(shares)]
    share = _("%(title)s (%(n)d trên %(all)d xã, phường)") if shares > 1 else "%(title)s"
    return [
        start(
            kind=kind,
            title=share % {"title": title, "n": len(part), "all": len(units)},
            by=by,
            now=now,
            arguments={**(more or {}), "units": list(part)},
        )  # fmt: skip
        for part in parts
    ]


@transaction.atomic
def cancel(*, job: Job, now: datetime) -> None:
    """Stop a waiting piece of work at once, a running one at its next step. Raises AlreadyDone when it has ended."""
    found = Job.objects.filter(id=job.id)
    waiting = found.filter(state=JobState.WAITING)
    if waiting.update(state=JobState.CANCELLED, cancel_asked=True, message=stopped_words(), ended_at=now):
        return
    if not found.filter(state=JobState.RUNNING).update(cancel_asked=True):
        raise AlreadyDone(_("Công việc này đã kết thúc."))


@transaction.atomic
def resume(*, job: Job) -> None:
    """Put work that was stopped or broke off back into the queue. Steps it finished stay and are not done again.

    Raises AlreadyDone when it was neither.
    """
    from procrastinate.contrib.django.models import ProcrastinateJob

    from ansinh.jobs.tasks import run_job  # the queue's application needs Django to be set up

    stopped = Job.objects.filter(id=job.id, state__in=[JobState.FAILED, JobState.CANCELLED])
    if not stopped.update(state=JobState.WAITING, cancel_asked=False, attempts=0, message="", ended_at=None):
        raise AlreadyDone(_("Công việc này không dừng giữa chừng."))
    # Stopped before anybody took it, it still has its place in the queue.
    if not ProcrastinateJob.objects.filter(task_name=run_job.name, status="todo", args__job_id=job.id).exists():
        run_job.defer(job_id=job.id)
