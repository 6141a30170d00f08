"""What a command needs around it: the home directory, the secret key, and a database that runs.

Everything may be said by the environment (see README, deployment). What is not said gets a value fit for one clone on one
machine: `var/` for data, a secret key made once, the embedded cluster.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ansinh.project.cluster import Cluster, silent
from ansinh.project.cluster_place import place_for

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """ANSINH_HOME, or the clone this program runs from, or the current directory."""
    if said := os.environ.get("ANSINH_HOME"):
        return Path(said).resolve()
    clone = _PACKAGE.parent.parent
    return clone if (clone / "pyproject.toml").exists() else Path.cwd()


def var() -> Path:
    """Where the application keeps what it writes."""
    return Path(os.environ.get("ANSINH_VAR") or home() / "var")


def prepare() -> None:
    """Give every variable that the settings need a value, without touching one that is set."""
    os.environ.setdefault("ANSINH_HOME", str(home()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.project.settings")
    for name, value in _remembered().items():
        os.environ.setdefault(name, value)
    (var() / "static").mkdir(parents=True, exist_ok=True)
    if not os.environ.get("ANSINH_SECRET_KEY"):
        os.environ["ANSINH_SECRET_KEY"] = _secret_key()


def remember(values: dict[str, str]) -> None:
    """Keep variables for all later commands of this clone: a demonstration stays on its day."""
    text = "".join(f"{name}={value}\n" for name, value in {**_remembered(), **values}.items())
    _write_whole(var() / "environment", text)
    os.environ.update(values)


@contextmanager
def database(say: Callable[[str], None] = silent) -> Iterator[Cluster | None]:
    """A database for the block: the one of DATABASE_URL (then None), or the embedded cluster, started if it sleeps."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster(place_for(home()), say=say)
    try:
        cluster.use()
        os.environ.update(cluster.environment())
        yield cluster
    finally:
        for name in cluster.environment():
            os.environ.pop(name, None)
        cluster.leave()


def _remembered() -> dict[str, str]:
    try:
        lines = (var() / "environment").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _secret_key() -> str:
    """Made once for this clone, readable by its owner only. An empty file (made on a full disk) is made again."""
    path = var() / "secret-key"
    try:
        if kept := path.read_text().strip():
            return kept
    except FileNotFoundError:
        pass
    _write_whole(path, secrets.token_urlsafe(50), once=True)
    return path.read_text().strip()


def _write_whole(path: Path, text: str, *, once: bool = False) -> None:
    """Write a small file whole or not at all, for its owner only. `once`: of two processes the first one's text stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if once and not (path.exists() and path.stat().st_size == 0):
            with suppress(FileExistsError):
                os.link(temporary, path)
        else:
            os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
