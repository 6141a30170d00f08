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
    """Run a job's function in one transaction under its post's role; the job's row tells how it ended.

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


def _work(job: Job, running: RunningJob) -> None:
    function = import_string(settings.ANSINH_JOBS[job.kind])
    try:
        running.progress(0, 0)
        with as_post(job.asked_by, on=running.now().date()):
            if not _alone(job):
                return
            result = function(running) or {}
            # In the work's own transaction: the job is done exactly when its work is committed.
            Job.objects.filter(id=job.id).update(state=JobState.DONE, result=result, ended_at=running.now())
    except Cancelled as stop:
        running.write(state=JobState.CANCELLED, message=str(stop), ended_at=running.now())
    except AnsinhError as refusal:
        running.write(state=JobState.FAILED, message=str(refusal), ended_at=running.now())
    except Exception:
        log.exception("job %s of kind %s broke", job.code, job.kind)
        running.write(state=JobState.FAILED, message=_("Lỗi hệ thống; quản trị đã có nhật ký. Có thể chạy lại."))
        raise
