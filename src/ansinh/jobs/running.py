"""What a piece of work sees of itself while it runs: its arguments, its post, and how to say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
from django.db import connection
from django.utils.translation import gettext as _

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.jobs.models import Job
from ansinh.kernel.errors import AnsinhError


class Cancelled(AnsinhError):
    """An officer asked to stop the work; what was not committed is rolled back."""


def stopped_words() -> str:
    return _("Đã hủy theo yêu cầu; phần chưa làm không ghi gì vào sổ.")


def in_steps(function: Callable) -> Callable:
    """Mark a kind that commits step by step: it opens each `job.step(key)` itself and leaves out those of `job.finished`."""
    function.commits_in_steps = True
    return function


class RunningJob:
    """Handed to the function of a job kind. Progress goes over a connection of its own, so it is seen before the work commits."""

    def __init__(self, job: Job, clock) -> None:
        self.key: int = job.id
        self.arguments: dict = job.arguments
        self.post: Post | None = job.asked_by
        self.finished: list = []
        self._clock = clock
        self._aside = psycopg.connect(**_parameters(), autocommit=True)

    def wait_alone(self) -> None:
        """Wait for another worker on the same job (one taken for dead may live), then read which steps it finished.

        The lock belongs to the connection beside the work: it lasts over all steps and ends with this process.
        """
        self._aside.execute("SELECT pg_advisory_lock(741101, %s::int)", [self.key])
        row = self._aside.execute("SELECT result FROM jobs_job WHERE id = %s", [self.key]).fetchone()
        self.finished = list((row[0] if row else {}).get("finished", ()))

    @contextmanager
    def step(self, *keys: int) -> Iterator[None]:
        """One step as the job's post, in a transaction of its own that also remembers its keys: it is never done twice."""
        with as_post(self.post, on=self.now().date()):
            yield
            finished = [*self.finished, *keys]
            Job.objects.filter(id=self.key).update(result={"finished": finished})
        self.finished = finished

    def now(self) -> datetime:
        return self._clock()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is. Raises Cancelled when an officer asked to stop."""
        row = self._aside.execute(
            "UPDATE jobs_job SET done = %s, total = %s, message = %s, heartbeat_at = now() WHERE id = %s RETURNING cancel_asked",
            [done, total, message, self.key],
        ).fetchone()
        if row and row[0]:
            raise Cancelled(stopped_words())

    def begin(self) -> int | None:
        """Note that an attempt begins, and give its number; None when the work has ended meanwhile."""
        row = self._aside.execute(
            "UPDATE jobs_job SET state = 'running', started_at = %s, ended_at = NULL, message = '', attempts = attempts + 1 "
            "WHERE id = %s AND state IN ('waiting', 'running') RETURNING attempts",
            [self.now(), self.key],
        ).fetchone()
        return row[0] if row else None

    def end(self, state: str, message: str) -> None:
        """Write how an attempt ended, whatever became of the work's transaction. Work that was committed stays done."""
        statement = "UPDATE jobs_job SET state = %s, message = %s, ended_at = %s WHERE id = %s AND state <> 'done'"
        values = [state, message, None if state == "waiting" else self.now(), self.key]
        try:
            self._aside.execute(statement, values)
        except psycopg.OperationalError:
            # The connection was cut: how the work ended is written all the same, if the database is there again.
            self._aside.close()
            self._aside = psycopg.connect(**_parameters(), autocommit=True)
            self._aside.execute(statement, values)

    def close(self) -> None:
        self._aside.close()


def _parameters() -> dict:
    """The application's own log-in, as Django would connect."""
    parameters = connection.get_connection_params()
    return {k: parameters[k] for k in ("dbname", "user", "password", "host", "port") if parameters.get(k)}
