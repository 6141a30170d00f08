"""Ask for work, ask it to stop, or to go on."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.jobs.models import Job, JobState
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
def cancel(*, job: Job) -> None:
    """Ask a waiting or running piece of work to stop at its next step. Raises AlreadyDone when it has ended."""
    changed = Job.objects.filter(id=job.id, state__in=[JobState.WAITING, JobState.RUNNING]).update(cancel_asked=True)
    if not changed:
        raise AlreadyDone(_("Công việc này đã kết thúc."))


@transaction.atomic
def resume(*, job: Job) -> None:
    """Put work that was stopped or broke off back into the queue. Steps it finished stay and are not done again.

    Raises AlreadyDone when it was neither.
    """
    from ansinh.jobs.tasks import run_job  # the queue's application needs Django to be set up

    stopped = Job.objects.filter(id=job.id, state__in=[JobState.FAILED, JobState.CANCELLED])
    if not stopped.update(state=JobState.WAITING, cancel_asked=False, message="", ended_at=None):
        raise AlreadyDone(_("Công việc này không dừng giữa chừng."))
    run_job.defer(job_id=job.id)
