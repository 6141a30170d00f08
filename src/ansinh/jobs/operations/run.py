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
from ansinh.database.trouble import trouble_of
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.running import Cancelled, RunningJob
from ansinh.kernel.errors import AnsinhError

MOST_ATTEMPTS = 5

log = logging.getLogger(__name__)


def run(*, job_id: int, clock: Callable[[], datetime]) -> None:
    """Run a job's function under its post's role, in one transaction or in steps; the job's row tells how it ended.

    A refusal (AnsinhError) ends the job as failed with its message. Any other error is raised again after it is noted, so that
    the queue tries again, at most MOST_ATTEMPTS times; attempts whose process was killed count too. A job that has ended is left
    alone, so running twice does nothing twice.
    """
    job = Job.objects.select_related("asked_by__user", "asked_by__office__unit").get(id=job_id)
    running = RunningJob(job, clock)
    try:
        attempt = running.begin()
        if attempt is None:
            return
        if attempt > MOST_ATTEMPTS:
            running.end(JobState.FAILED, _died_each_time())
            return
        _work(job, running, attempt)
    finally:
        running.close()


def _died_each_time() -> str:
    return _("Đã thử %(n)d lần, lần nào tiến trình cũng dừng đột ngột. Báo quản trị viên trước khi chạy lại.") % {
        "n": MOST_ATTEMPTS
    }


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


def _work(job: Job, running: RunningJob, attempt: int) -> None:
    function = import_string(settings.ANSINH_JOBS[job.kind])
    road = _step_by_step if getattr(function, "commits_in_steps", False) else _whole
    try:
        running.progress(job.done, job.total)
        road(job, running, function)
    except Cancelled as stop:
        running.end(JobState.CANCELLED, str(stop))
    except AnsinhError as refusal:
        running.end(JobState.FAILED, str(refusal))
    except Exception as error:
        log.exception("job %s of kind %s broke", job.code, job.kind)
        if attempt < MOST_ATTEMPTS:
            running.end(JobState.WAITING, _will_try_again(error, attempt))
            raise
        running.end(JobState.FAILED, _given_up(error))


def _reason(error: Exception) -> str:
    """What broke the work, as far as an officer can use it."""
    trouble = trouble_of(error)
    return str(trouble.said) if trouble else _("Lỗi hệ thống; quản trị đã có nhật ký.")


def _will_try_again(error: Exception, attempt: int) -> str:
    counted = {"n": attempt, "most": MOST_ATTEMPTS}
    return f"{_reason(error)} {_('Lần %(n)d trong %(most)d không xong; hệ thống tự chạy lại.') % counted}"


def _given_up(error: Exception) -> str:
    words = _("Đã thử %(n)d lần. Có thể chạy lại khi nguyên nhân đã hết.") % {"n": MOST_ATTEMPTS}
    return f"{_reason(error)} {words}"
