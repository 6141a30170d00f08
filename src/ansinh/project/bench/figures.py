"""A figure with its yardstick, the peak memory of this process and of the database, and the table they make."""

from __future__ import annotations

import contextlib
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from django.db import transaction

SERVER = "ANSINH_BENCH_SERVER"  # process number of the database being measured
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Figure:
    """What was measured, in what, and how long the yardstick took for the same amount of work.

    `yardstick_sample` says on how many pieces the yardstick was measured; its value is scaled to the same amount.
    """

    key: str
    what: str
    unit: str
    value: float
    yardstick: str
    yardstick_value: float
    yardstick_sample: str
    peak_mb: float
    server_mb: float = 0.0

    @property
    def ratio(self) -> float:
        return self.yardstick_value / self.value if self.value else 0.0

    def as_json(self) -> dict:
        return {**asdict(self), "ratio": round(self.ratio, 2)}


@dataclass
class Clock:
    """How long a block took, and the most memory this process and the database held in it."""

    seconds: float = 0.0
    peak_mb: float = 0.0
    server_mb: float = 0.0

    @property
    def memory(self) -> tuple[float, float]:
        return self.peak_mb, self.server_mb


@contextmanager
def clocked() -> Iterator[Clock]:
    """Measure a block. Peak memory is that of the block where the system can tell (Linux), else of the process so far."""
    with contextlib.suppress(OSError):
        _CLEAR.write_text("5")  # the high-water mark starts again
    clock = Clock()
    with _watched(clock):
        started = time.perf_counter()
        yield clock
        clock.seconds = time.perf_counter() - started
    clock.peak_mb = _peak_mb()


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """Look at the memory of the database's processes ten times a second, where the cluster is ours."""
    ended = Event()

    def look() -> None:
        while True:
            clock.server_mb = max(clock.server_mb, _server_mb(int(os.environ[SERVER])))
            if ended.wait(0.1):
                return

    watcher = Thread(target=look, name="memory", daemon=True) if SERVER in os.environ else None
    if watcher:
        watcher.start()
    try:
        yield
    finally:
        ended.set()
        if watcher:
            watcher.join()


def _server_mb(postmaster: int) -> float:
    """Private memory of all processes of a cluster, and the shared memory the largest of them has touched."""
    private = shared = 0
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in (str(postmaster), *children):
            with contextlib.suppress(OSError):  # one that ended meanwhile
                sizes = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
                private += int(sizes.get("RssAnon", "0 kB").split()[0])
                shared = max(shared, int(sizes.get("RssShmem", "0 kB").split()[0]))
    return (private + shared) / 1024


@contextmanager
def taken_back() -> Iterator[Clock]:
    """Measure a block whose writes are undone."""
    with transaction.atomic():
        with clocked() as clock:
            yield clock
        transaction.set_rollback(True)


def _peak_mb() -> float:
    try:
        lines = _STATUS.read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def milliseconds(act: Callable, arguments: Iterable) -> list[float]:
    """How long each call took, sorted."""
    taken = []
    for argument in arguments:
        started = time.perf_counter()
        act(argument)
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def percentile(taken: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie (nearest rank)."""
    return taken[min(len(taken) - 1, int(share * len(taken)))]


def as_table(figures: list[Figure]) -> str:
    """The table in words, one figure on two lines."""
    lines = []
    for figure in figures:
        lines.append(
            f"{figure.what:<58} {_number(figure.value):>10} {figure.unit:<12} RAM {figure.peak_mb:5.0f} MB, CSDL {figure.server_mb:5.0f} MB"
        )
        told = f"{figure.yardstick} ({figure.yardstick_sample})"
        lines.append(f"    {told:<54} {_number(figure.yardstick_value):>10} {figure.unit:<12} × {figure.ratio:,.1f}")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.3f}" if value < 1 else f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"
