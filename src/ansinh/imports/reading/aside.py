"""Old workbooks are read by a process of their own: on a broken one their reader may abort, and must take nobody with it."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from typing import Any

_SECONDS, _MEMORY = 120, 4 * 1024**3


def read_aside(data: bytes, filename: str) -> Any:
    """What `files.read_sheets` gives or raises; None when the reader broke down."""
    command = [sys.executable, "-m", "ansinh.imports.reading.aside", filename]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    # Written by our own program in the process started here, never by the file.
    found, refusal = pickle.loads(done.stdout)
    if refusal is not None:
        raise refusal
    return found


def _main() -> None:
    from ansinh.imports.reading.files import read_sheets

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found, refusal = None, None
    try:
        found = read_sheets(sys.stdin.buffer.read(), sys.argv[1])
    except Exception as error:
        refusal = error
    sys.stdout.buffer.write(pickle.dumps((found, refusal)))


if __name__ == "__main__":
    _main()
