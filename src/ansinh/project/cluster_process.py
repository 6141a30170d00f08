"""What runs: whether a PostgreSQL process lives, and how the remains of a killed one are cleared.

A process whose parent does not collect it stays as a zombie (state Z) and still answers `kill(pid, 0)`; it is dead for us.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

_PROC = Path("/proc")
_PATIENCE = 10.0  # seconds for processes left behind by a killed server to notice it and end


def state_of(pid: int) -> str | None:
    """The state letter of a process ('S', 'R', 'Z'…), or None when there is none."""
    if _PROC.joinpath("self/stat").exists():
        try:
            return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return None
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return said.stdout.strip()[:1] or None


def is_alive(pid: int) -> bool:
    return state_of(pid) not in (None, "Z", "X")


def postmaster_of(data: Path) -> int | None:
    """The living server of a data directory, from its pid file. A number used again by another program does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    if not is_alive(pid):
        return None
    if _PROC.joinpath("self/stat").exists() and _directory_of(pid) != data.resolve():
        return None
    return pid


def clear_remains(data: Path, sockets: Path) -> None:
    """After a killed server: wait until its children are gone, then remove the marks that would stop a new start."""
    if not (data / "postmaster.pid").exists() or postmaster_of(data) is not None:
        return
    if not _PROC.joinpath("self/stat").exists():
        return  # PostgreSQL itself decides from its pid file
    limit = time.monotonic() + _PATIENCE
    while left := _living_in(data):
        if time.monotonic() > limit:
            for pid in left:
                _signal(pid, signal.SIGKILL)
        time.sleep(0.02)
    for mark in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        mark.unlink(missing_ok=True)


def end(pid: int, *, how: signal.Signals = signal.SIGINT, patience: float = 60.0) -> None:
    """Stop a server that is not our child: fast shutdown, immediate when it takes longer than `patience`."""
    _signal(pid, how)
    limit = time.monotonic() + patience
    while is_alive(pid):
        if time.monotonic() > limit:
            _signal(pid, signal.SIGQUIT)
            limit += patience
        time.sleep(0.02)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _directory_of(pid: int) -> Path | None:
    """The working directory of a process; a server's is its data directory."""
    try:
        return Path(os.readlink(_PROC / str(pid) / "cwd"))
    except OSError:
        return None


def _living_in(data: Path) -> list[int]:
    pids = (int(p.name) for p in _PROC.iterdir() if p.name.isdigit())
    return [pid for pid in pids if _directory_of(pid) == data.resolve() and is_alive(pid)]
