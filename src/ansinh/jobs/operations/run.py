"""Run one piece of work as the post that asked for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ansinh.access.acting import as_post
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.running import Cancelled, RunningJob
from ansinh.kernel.errors import AnsinhError

log = logging.getLogger(__name__)


def run(*, job_id: int, clock: Callable[[], datetime]) -> None:
    """Run a job's function under its post's role, in one transaction or in steps; the job's row tells how it ended.

    A refusal (AnsinhError) ends the job as failed with its message. Any other error is raised again after it is noted, so that
    the queue tries once more. A job that was done or cancelled before is left alone, so running twice does nothing twice.
    """
    job = Job.objects.select_related("asked_by__user", "asked_by__office__unit").get(id=job_id)
    if job.state in (JobState.DONE, JobState.CANCELLED):
        return
    running = RunningJob(job, clock)
    try:
        running.write(state=JobState.RUNNING, started_at=clock(), attempts=job.attempts + 1, message="")
        _work(job, running)
    finally:
        running.close()


def _alone(job: Job) -> bool:
    """Wait for another worker on the same job (one taken for dead may live); False when it has done the work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(741100, %s)", [job.id])
    return not Job.objects.filter(id=job.id, state=JobState.DONE).exists()


def _whole(job: Job, running: RunningJob, function: Callable) -> None:
    with as_post(job.asked_by, on=running.now().date()):
        if _alone(job):
            # In the work's own transaction: the job is done exactly when its work is committed.
            _done(job, function(running), running.now())


def _step_by_step(job: Job, running: RunningJob, function: Callable) -> None:
    running.wait_alone()
    if not Job.objects.filter(id=job.id, state=JobState.DONE).exists():
        _done(job, function(running), running.now())


def _done(job: Job, result: dict | None, at: datetime) -> None:
    Job.objects.filter(id=job.id).update(state=JobState.DONE, result=result or {}, ended_at=at)


def _work(job: Job, running: RunningJob) -> None:
    function = import_string(settings.ANSINH_JOBS[job.kind])
    road = _step_by_step if getattr(function, "commits_in_steps", False) else _whole
    try:
        running.progress(job.done, job.total)
        road(job, running, function)
    except Cancelled as stop:
        running.write(state=JobState.CANCELLED, message=str(stop), ended_at=running.now())
    except AnsinhError as refusal:
        running.write(state=JobState.FAILED, message=str(refusal), ended_at=running.now())
    except Exception:
        log.exception("job %s of kind %s broke", job.code, job.kind)
        running.write(state=JobState.FAILED, message=_("Lỗi hệ thống; quản trị đã có nhật ký. Có thể chạy lại."))
        raise
