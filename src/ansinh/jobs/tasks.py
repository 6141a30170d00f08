"""The queue's tasks: run a job; each minute seal the reads and keep the head of the journal outside the database."""

from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ansinh.database.clock import now
from ansinh.jobs import operations
from ansinh.journal import operations as journal


# How often is decided where the work is run; the pause grows, so that a database that restarts is waited for.
@app.task(name="run_job", retry=RetryStrategy(wait=1, linear_wait=2))
def run_job(job_id: int) -> None:
    close_old_connections()
    try:
        operations.run(job_id=job_id, clock=now)
    finally:
        close_old_connections()


@app.periodic(cron="* * * * *")
@app.task(name="seal_journal", queueing_lock="seal_journal", pass_context=False)
def seal_journal(timestamp: int) -> None:
    close_old_connections()
    try:
        journal.seal_reads(at=now())
        journal.keep_head(path=Path(settings.ANSINH_HEADS), at=now())
    finally:
        close_old_connections()
