"""Put work back into the queue whose worker died, and work that the queue lost."""

from __future__ import annotations

import logging

from django.db import connection, transaction
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

STALLED_AFTER = 20  # seconds without a sign of life of the worker

log = logging.getLogger(__name__)

_LOST = """
SELECT job.id FROM jobs_job job WHERE job.state IN ('waiting', 'running') AND NOT EXISTS (
  SELECT FROM procrastinate_jobs entry WHERE entry.task_name = 'run_job' AND entry.status IN ('todo', 'doing')
  AND (entry.args ->> 'job_id')::bigint = job.id)
"""


async def rescue_stalled(manager: JobManager, *, seconds: float = STALLED_AFTER) -> int:
    """Retry every job whose worker gave no sign of life for `seconds`. Returns how many."""
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for job in stalled:
        try:
            await _put_back(manager, job)
        except ConnectorException:
            log.info("queue entry %s ended by itself while it was being rescued", job.id)
    return len(stalled)


async def _put_back(manager: JobManager, job) -> None:
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # A task that waits once only cannot go back while its next one waits: that one does the work.
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@transaction.atomic
def requeue_lost() -> int:
    """Queue again every unfinished piece of work that has no entry in the queue. Returns how many.

    Work and entry are written in one transaction, so this mends only what a fault outside left: an emptied queue, a program of
    another version that did not know the task.
    """
    from ansinh.jobs.tasks import run_job  # the queue's application needs Django to be set up

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(741102)")  # one worker looks at a time
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_LOST)
        lost = [key for (key,) in cursor.fetchall()]
    for key in lost:
        run_job.defer(job_id=key)
    return len(lost)
