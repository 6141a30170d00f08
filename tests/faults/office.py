"""The whole office on one machine: database, worker and web server under their supervisor, officers who press, somebody who kills."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from django.db import InterfaceError, OperationalError, connections
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.faults import soundness
from tests.faults.month import Door

from ansinh.database.acting import as_maintenance
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.people.tests.signing_in import signed_in
from ansinh.project.cluster import Cluster
from ansinh.project.serve import Child, Supervisor, answers, web_command

RESCUE_AFTER = 2.0
PATIENCE = 120.0
# What is struck; `cut` ends every connection to the database and kills nothing.
CUT = "cut"
ON_WORK = ("worker", "worker", "worker", "postmaster", "backend", CUT)
ON_PAGES = ("web", "web", "web server", "postmaster", "backend", CUT)
ON_COMMANDS = ("command", "command", "postmaster", "backend", CUT)
_TOKEN = "faults" * 5 + "ok"


@dataclass
class Office:
    """One life. `longest` holds how long each step takes when nobody disturbs it, `struck` what was killed during which step."""

    cluster: Cluster
    database: str
    chance: random.Random
    strikes: int
    longest: dict[str, float] = field(default_factory=dict)
    struck: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        worker = [sys.executable, "-m", "ansinh.project.cli", "worker", "--rescue-after", str(RESCUE_AFTER)]
        self.port = _free_port()
        self.worker = Child("Công việc nền", worker)
        self.web = Child("Trang web", web_command("127.0.0.1", self.port, workers=1))
        self.supervisor = Supervisor([self.worker, self.web], cluster=self.cluster, say=lambda message: None)
        self._entered: dict[str, str] = {}

    def open(self) -> None:
        self.until(self._site_answers)

    def close(self) -> None:
        connections.close_all()
        for child in (self.worker, self.web):
            child.ask_to_stop()
        for child in (self.worker, self.web):
            child.wait_until(time.monotonic() + 10)
        self.cluster.use()

    # Steps of the month.

    def work(self, step: str, ask: Callable[[], Job]) -> None:
        """A job from asking to done; killed on its way."""
        job = ask()
        self.until(lambda: self._job(job).state != JobState.WAITING)
        started = time.monotonic()
        for _ in range(2 * self.strikes):
            self._pause(self.chance.uniform(0, self.longest[step]))
            found = self._job(job)
            if found.state == JobState.DONE:
                break
            self._strike(step, self.chance.choice(ON_WORK))
            # Nobody helps: the supervisor starts again what died, the worker rescues the job.
            self.until(lambda attempts=found.attempts: self._is_taken_up(job, attempts))
            self._look_for_harm(step)
        self.until(lambda: self._job(job).state == JobState.DONE)
        self.longest.setdefault(step, time.monotonic() - started)

    def press(self, door: Door) -> None:
        """A form of a page, sent over the network; cut off, looked at, and sent again where it was not written."""
        for _ in range(self.strikes):
            if self.ask(door.is_written):
                break
            sending = Thread(target=self._send, args=(door,))
            sending.start()
            self._pause(self.chance.uniform(0, self.longest[door.name]))
            if sending.is_alive():
                self._strike(door.name, self.chance.choice(ON_PAGES))
            sending.join(PATIENCE)
            self.until(self._site_answers)
            self._look_for_harm(door.name)
        started = time.monotonic()
        self.until(lambda: self.ask(door.is_written) or self._send_in_vain(door))
        self.longest.setdefault(door.name, time.monotonic() - started)
        if door.twice:
            status, said = self._send(door)
            assert status < 500, f"{door.name} sent twice: {status} {said}"

    def _send_in_vain(self, door: Door) -> bool:
        """Send it, and let whoever asks look again whether it was written."""
        status, said = self._send(door)
        assert status in (0, 302) or status >= 500, f"{door.name}: {status} {said}"
        return False

    def command(self, step: str, arguments: list[str], is_done: Callable[[], bool]) -> None:
        """A command of the administrator, killed on its way and called again."""
        for _ in range(self.strikes):
            called = self._call(arguments)
            self._pause(self.chance.uniform(0, self.longest[step]))
            if called.poll() is None:
                self._strike(step, self.chance.choice(ON_COMMANDS), command=called)
            called.wait(PATIENCE)
            self._look_for_harm(step)
            if is_done():
                break
        started = time.monotonic()
        self.until(lambda: is_done() or (self._call(arguments).wait(PATIENCE), is_done())[1])
        self.longest.setdefault(step, time.monotonic() - started)

    @property
    def kills(self) -> int:
        return sum(whom != CUT for _, whom in self.struck)

    # Killing, and what must come back by itself.

    def _strike(self, step: str, whom: str, command: subprocess.Popen | None = None) -> None:
        self.worker.pause = self.web.pause = 0.05  # how long it waits before it tries again is tested elsewhere
        if whom == CUT:
            self._cut_connections()
            self.struck.append((step, CUT))
            return
        pid = command.pid if whom == "command" and command else self._pid_of(whom)
        connections.close_all()
        if pid is None:
            return  # it had ended in that very moment
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.struck.append((step, whom))

    def _pid_of(self, whom: str) -> int | None:
        match whom:
            case "worker":
                return self.worker.process.pid if self.worker.process else None
            case "web server":
                return self.web.process.pid if self.web.process else None
            case "web":
                return next(iter(_serving(self.web.process.pid)), None) if self.web.process else None
            case "postmaster":
                return self.cluster.running
        return self._one_backend()

    def _one_backend(self) -> int | None:
        """The process of the server that serves one of the office's connections."""
        with self.cluster.superuser() as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend' ORDER BY pid",
                [self.database],
            ).fetchall()
        return self.chance.choice(found)[0] if found else None

    def _cut_connections(self) -> None:
        connections.close_all()
        with self.cluster.superuser() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.database])

    def _look_for_harm(self, step: str) -> None:
        found = self.ask(soundness.unsound)
        assert not found, f"after {self.struck[-1:]} during {step}: {found}"

    def ask(self, question: Callable):
        """Ask the database; while it recovers, look after it and ask again."""
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                with as_maintenance():
                    return question()
            except (OperationalError, InterfaceError):
                assert time.monotonic() < limit, f"the database did not come back after {self.struck[-1:]}"
                connections.close_all()
                self.supervisor.look()
                time.sleep(0.02)

    def until(self, is_so: Callable[[], bool]) -> None:
        limit = time.monotonic() + PATIENCE
        while not is_so():
            self.supervisor.look()
            assert time.monotonic() < limit, f"nothing came back after {self.struck[-1:]}"
            time.sleep(0.02)

    def _pause(self, seconds: float) -> None:
        limit = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= limit)

    def _job(self, job: Job) -> Job:
        found = self.ask(lambda: Job.objects.get(id=job.id))
        if found.state == JobState.FAILED:  # too many attempts died: the officer asks for it again
            self.ask(lambda: jobs.resume(job=found))
        return found

    def _is_taken_up(self, job: Job, attempts: int) -> bool:
        found = self._job(job)
        return found.state == JobState.DONE or found.attempts > attempts

    # Sending.

    def _site_answers(self) -> bool:
        return answers("127.0.0.1", self.port)

    def _send(self, door: Door) -> tuple[int, str]:
        """Send a form; status and text of the answer, or 0 when the connection was cut."""
        try:
            address, fields, session = self.ask(lambda: (door.address(), door.fields(), self._session(door.role)))
            body = encode_multipart(BOUNDARY, {**fields, "csrfmiddlewaretoken": _TOKEN})
            cookies = f"sessionid={session}; csrftoken={_TOKEN}"
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request("POST", address, body, {"Content-Type": MULTIPART_CONTENT, "Cookie": cookies})
            answer = connection.getresponse()
            said = answer.read().decode()
            connection.close()
            return answer.status, said
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connections.close_all()

    def _session(self, role: str) -> str:
        if role not in self._entered:
            self._entered[role] = signed_in(role).cookies["sessionid"].value
        return self._entered[role]

    def _call(self, arguments: list[str]) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "ansinh.project.cli", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _serving(server: int) -> list[int]:
    """The processes that answer pages: children of the web server, but not Python's own helper among them."""
    try:
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return [int(pid) for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except FileNotFoundError:
        return []
