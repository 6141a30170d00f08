"""What a piece of work sees of itself while it runs: its arguments, its post, and how to say how far it is."""

from __future__ import annotations

from datetime import datetime

import psycopg
from django.db import connection

from ansinh.access.models import Post
from ansinh.jobs.models import Job
from ansinh.kernel.errors import AnsinhError


class Cancelled(AnsinhError):
    """An officer asked to stop the work; what was not committed is rolled back."""


class RunningJob:
    """Handed to the function of a job kind. Progress goes over a connection of its own, so it is seen before the work commits."""

    def __init__(self, job: Job, clock) -> None:
        self.key: int = job.id
        self.arguments: dict = job.arguments
        self.post: Post | None = job.asked_by
        self._clock = clock
        self._aside = psycopg.connect(**_parameters(), autocommit=True)

    def now(self) -> datetime:
        return self._clock()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is. Raises Cancelled when an officer asked to stop."""
        row = self._aside.execute(
            "UPDATE jobs_job SET done = %s, total = %s, message = %s, heartbeat_at = now() WHERE id = %s RETURNING cancel_asked",
            [done, total, message, self.key],
        ).fetchone()
        if row and row[0]:
            raise Cancelled("Công việc đã được hủy theo yêu cầu.")

    def write(self, **columns) -> None:
        """Write state columns of the job's own row, whatever becomes of the work's transaction."""
        assignments = ", ".join(f"{name} = %({name})s" for name in columns)
        self._aside.execute(f"UPDATE jobs_job SET {assignments} WHERE id = %(key)s", {**columns, "key": self.key})

    def close(self) -> None:
        self._aside.close()


def _parameters() -> dict:
    """The application's own log-in, as Django would connect."""
    parameters = connection.get_connection_params()
    return {k: parameters[k] for k in ("dbname", "user", "password", "host", "port") if parameters.get(k)}
