"""kill -9 of worker, request and database in the middle of commit, run and close: no line lost, none doubled."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import util
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database.acting import as_maintenance
from ansinh.jobs.models import Job, JobState
from ansinh.payments.models import PaymentList
from ansinh.project.cluster import Cluster
from ansinh.project.serve import Child, Supervisor

_SPEC = util.spec_from_file_location("month_of_faults", Path(__file__).with_name("month.py"))
month = util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(month)

KILLS = int(os.environ.get("ANSINH_KILLS", "3"))
SEED = int(os.environ.get("ANSINH_SEED", "20261120"))
ROWS = 150
RESCUE_AFTER = 2.0
PATIENCE = 90.0
STRIKES_A_STEP = 2


@dataclass
class Office:
    """Cluster and worker under the supervisor's eye, and somebody who kills."""

    cluster: Cluster
    chance: random.Random
    longest: dict[str, float] = field(default_factory=dict)
    struck: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", "ansinh.project.cli", "worker", "--rescue-after", str(RESCUE_AFTER)]
        self.worker = Child("Công việc nền", command)
        self.supervisor = Supervisor([self.worker], cluster=self.cluster, say=lambda message: None)

    def work(self, step: str, ask: Callable[[], Job], strikes: int) -> None:
        """A job from asking to done; killed up to `strikes` times on its way."""
        job = ask()
        self._until(lambda: self._state(job) != JobState.WAITING)
        started = time.monotonic()
        for number in range(strikes):
            self._pause(self.chance.uniform(0, self.longest[step]))
            if self._state(job) == JobState.DONE:
                break
            attempts = self._attempts(job)
            self._strike(step, "worker" if number % 2 == 0 else "database")
            # Nobody helps: the supervisor starts again what died, the worker rescues the job.
            self._until(partial(self._is_taken_up, job, attempts))
        self._until(lambda: self._state(job) == JobState.DONE)
        self.longest.setdefault(step, time.monotonic() - started)

    def request(self, step: str, act: Callable[[], None], strikes: int) -> None:
        """An act of a page, in a process of its own; cut off and done again, as an officer would press again."""
        for number in range(strikes):
            child = self._fork(act)
            time.sleep(self.chance.uniform(0, self.longest[step]))
            if os.waitpid(child, os.WNOHANG)[0]:
                break
            self.struck.append((step, "request" if number % 2 == 0 else "database"))
            if number % 2 == 0:
                os.kill(child, signal.SIGKILL)
            else:
                os.kill(self.cluster.running, signal.SIGKILL)
            os.waitpid(child, 0)
            connections.close_all()
            self.supervisor.look()
        started = time.monotonic()
        os.waitpid(self._fork(act), 0)
        self.longest.setdefault(step, time.monotonic() - started)

    def stop(self) -> None:
        connections.close_all()
        self.worker.ask_to_stop()
        self.worker.wait_until(time.monotonic() + 10)
        self.cluster.use()

    def _strike(self, step: str, whom: str) -> None:
        self.worker.pause = 0.1  # how long it waits before it tries again is tested elsewhere
        pid = self.worker.process.pid if whom == "worker" and self.worker.process else self.cluster.running
        os.kill(pid, signal.SIGKILL)
        self.struck.append((step, whom))
        connections.close_all()

    def _fork(self, act: Callable[[], None]) -> int:
        connections.close_all()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                act()
            os._exit(0)
        return child

    def _state(self, job: Job) -> str:
        return self._ask(lambda: Job.objects.get(id=job.id).state)

    def _is_taken_up(self, job: Job, attempts: int) -> bool:
        return self._state(job) == JobState.DONE or self._attempts(job) > attempts

    def _attempts(self, job: Job) -> int:
        return self._ask(lambda: Job.objects.get(id=job.id).attempts)

    def _ask(self, question: Callable):
        """Ask the database; while it recovers, look after it and ask again."""
        while True:
            try:
                with as_maintenance():
                    return question()
            except DatabaseError:
                connections.close_all()
                self.supervisor.look()
                time.sleep(0.05)

    def _pause(self, seconds: float) -> None:
        limit = time.monotonic() + seconds
        self._until(lambda: time.monotonic() >= limit)

    def _until(self, is_so: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not is_so():
            self.supervisor.look()
            assert time.monotonic() < limit, f"nothing came back after {self.struck[-1:]}"
            time.sleep(0.02)


def live_through(office: Office, strikes: int) -> dict:
    """The month, with up to `strikes` kills at each of its three steps; what it leaves."""
    for role in (Role.COMMUNE_OFFICER, Role.CLERK):
        post(role)
    try:
        office.work("commit", lambda: month.ask_for_import(ROWS), strikes)
        office.work("run", month.ask_for_run, strikes)
        month.approve()
        office.request("close", month.close, strikes)
        office._ask(lambda: PaymentList.objects.get(state="closed"))
        return month.what_is_left()
    finally:
        office.stop()


@pytest.mark.slow
def test_months_with_kills_leave_what_a_calm_month_leaves(victims):
    calm_office = Office(victims("calm"), random.Random(SEED))
    calm = live_through(calm_office, strikes=0)
    assert len(calm["lines"]) >= ROWS
    assert calm["lists"][0][0] == "closed"

    struck: list[tuple[str, str]] = []
    for life in range(3 * KILLS):
        office = Office(victims(f"life{life}"), random.Random(f"{SEED}/{life}"), longest=dict(calm_office.longest))
        left = live_through(office, STRIKES_A_STEP)
        struck += office.struck
        for noun, rows in calm.items():
            assert left[noun] == rows, f"{noun} differ after {office.struck}"
        assert month.journal_is_sound()
        if len(struck) >= KILLS and {step for step, _ in struck} == {"commit", "run", "close"}:
            break

    assert len(struck) >= KILLS, f"only {struck}"
    assert {step for step, _ in struck} == {"commit", "run", "close"}
    print(f"\n{len(struck)} kills in {life + 1} months: {struck}")
