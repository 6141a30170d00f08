"""The same work in two processes beside one another, as two workers do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from threading import Barrier

import django

from ansinh.project.bench.figures import Clock, clocked

_PATIENCE = 3_600  # seconds until the others are given up
_gate: Barrier | None = None


def beside(function: Callable, parts: Sequence) -> list:
    """Call the function for each part in a process of its own. What it measures goes into a block of `together`."""
    context = get_context("spawn")
    gate = context.Barrier(len(parts))
    with ProcessPoolExecutor(len(parts), mp_context=context, initializer=_open, initargs=(gate,)) as processes:
        return list(processes.map(function, parts))


def _open(gate: Barrier) -> None:
    global _gate
    _gate = gate
    django.setup()


@contextmanager
def together() -> Iterator[Clock]:
    """Measure a block that all the processes begin at once; none goes on before the slowest has ended."""
    assert _gate is not None
    try:
        _gate.wait(_PATIENCE)
        with clocked() as clock:
            yield clock
        _gate.wait(_PATIENCE)
    except BaseException:
        _gate.abort()  # the others need not wait
        raise


def slowest(clocks: Sequence[Clock]) -> Clock:
    """The clocks of all processes as one: until the last ended, their memory together, the database's most."""
    return Clock(max(one.seconds for one in clocks), sum(one.peak_mb for one in clocks), max(one.server_mb for one in clocks))
