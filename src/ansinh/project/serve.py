"""One process that keeps the site up: it starts the web server and the worker, and starts again what dies.

Signals only raise a flag; everything is waited for in one loop.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from ansinh.jobs import WORKERS
from ansinh.kernel.errors import AnsinhError
from ansinh.project.cluster import Cluster

_LOOK_EVERY = 0.2
_STEADY_AFTER = 60.0  # a child that lived this long starts again at once
_LONGEST_PAUSE = 30.0
_STOP_PATIENCE = 20.0


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def _end_with_parent() -> None:
    """Runs in a child before its program: a killed supervisor leaves nobody behind who holds the port."""
    if _LIBC is not None:
        _LIBC.prctl(_SET_DEATH_SIGNAL, signal.SIGTERM)


@dataclass
class Child:
    """A program that must run: web server or worker."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    start_after: float = 0.0
    pause: float = field(default=1.0)

    def start(self, now: float) -> None:
        # A session of its own: Ctrl+C reaches only us, and what it leaves behind can be ended as one group.
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.started_at = now

    def look(self, now: float, say: Callable[[str], None]) -> None:
        """Start it again when it has died, after a pause that grows while it keeps dying."""
        if self.process is None:
            if now >= self.start_after:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group()
        self.pause = 1.0 if now - self.started_at > _STEADY_AFTER else min(self.pause * 2, _LONGEST_PAUSE)
        self.start_after = now + self.pause
        self.process = None
        say(f"{self.name} dừng đột ngột (mã {code}); chạy lại sau {self.pause:.0f} giây")

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until(self, limit: float) -> None:
        """Wait for its end; whatever is left at the limit is killed."""
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, limit - time.monotonic()))
            self._end_group()
            self.process.wait()

    def _end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Keeps the children and the embedded cluster running until SIGTERM or SIGINT."""

    def __init__(self, children: list[Child], *, cluster: Cluster | None, say: Callable[[str], None]) -> None:
        self._children = children
        self._cluster = cluster
        self._say = say
        self._stopping = False
        self._cluster_after = 0.0
        self._cluster_pause = 1.0

    def run(self, ready: Callable[[], bool]) -> None:
        """Run until told to stop. `ready` is asked until it has said yes once."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        waiting = True
        try:
            while not self._stopping:
                self.look()
                waiting = waiting and not ready()
                time.sleep(_LOOK_EVERY)
            self._say("Đang dừng…")
        finally:
            for child in self._children:
                child.ask_to_stop()
            limit = time.monotonic() + _STOP_PATIENCE
            for child in self._children:
                child.wait_until(limit)
            for number, handler in before.items():
                signal.signal(number, handler)

    def look(self) -> None:
        """One round: start again what has died."""
        self._look_at_cluster()
        for child in self._children:
            child.look(time.monotonic(), self._say)

    def _stop(self, number, frame) -> None:
        self._stopping = True

    def _look_at_cluster(self) -> None:
        """Start the server again; while it cannot (a full disk), pages say so and it is tried again and again."""
        if self._cluster is None or self._cluster.running is not None or time.monotonic() < self._cluster_after:
            return
        self._say("PostgreSQL dừng đột ngột; khởi động lại")
        try:
            self._cluster.use()
            self._cluster_pause = 1.0
        except (AnsinhError, psycopg.Error, OSError) as error:
            self._cluster_after = time.monotonic() + self._cluster_pause
            self._say(f"{str(error).strip()}\nThử lại sau {self._cluster_pause:.0f} giây")
            self._cluster_pause = min(self._cluster_pause * 2, _LONGEST_PAUSE)


def serve(*, host: str, port: int, workers: int, with_worker: bool, cluster: Cluster | None, say: Callable[[str], None]) -> int:
    """Serve the site until SIGTERM or SIGINT. Raises AnsinhError when the port is taken."""
    _check_port(host, port)
    children = [Child("Máy chủ trang", web_command(host, port, workers))]
    if with_worker:
        command = [sys.executable, "-m", "ansinh.project.cli", "worker", "--concurrency", "1"]
        children += [Child(f"Công việc nền {number}", command) for number in range(1, WORKERS + 1)]
    shown = f"http://{'localhost' if host in ('127.0.0.1', '::1', '0.0.0.0', '::') else host}:{port}"
    say(f"Mở máy chủ tại {shown}")

    def ready() -> bool:
        if not answers(host, port):
            return False
        say(f"Sẵn sàng: {shown}  (Ctrl+C để dừng)")
        return True

    Supervisor(children, cluster=cluster, say=say).run(ready)
    return 0


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The web server: WSGI, a few processes with a few threads each."""
    options = {"interface": "wsgi", "host": host, "port": port, "workers": workers, "blocking-threads": 4}
    options |= {"log-level": "warning", "workers-kill-timeout": 10, "backlog": 1024}
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "granian", *flags, "--no-ws", "--respawn-failed-workers", "ansinh.project.wsgi:application"]


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AnsinhError(
                f"Cổng {port} trên {host} không dùng được ({error.strerror}). "
                "Hãy dừng chương trình đang giữ cổng hoặc thêm --port."
            ) from error


def answers(host: str, port: int) -> bool:
    """Whether the site answers at all; a page of any kind will do."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    address = f"[{near}]" if ":" in near else near
    try:
        urllib.request.urlopen(f"http://{address}:{port}/suc-khoe/", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
