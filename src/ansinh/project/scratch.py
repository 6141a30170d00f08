"""Scratch databases for tests and drills: a cluster of their own, quick copies of one migrated template.

The cluster is kept between runs (it does not promise to survive a power cut, so it is quick); the template is made again when
models, migrations or row security change. Several runs may use it at a time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from psycopg import Connection, sql
from psycopg.errors import ObjectInUse

from ansinh.database import roles
from ansinh.project.cluster import Cluster
from ansinh.project.cluster_place import ClusterError, place_for
from ansinh.project.cluster_process import is_alive

_PACKAGE = Path(__file__).resolve().parent.parent
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "80"}
_TEMPLATE_LOCK = 741001


class Scratch:
    """Databases of one process on the shared scratch cluster. Call `close()` at the end."""

    def __init__(self, home: Path, *, purpose: str = "tests", settings: dict[str, str] | None = None) -> None:
        place = place_for(home, purpose=purpose)
        self.cluster = Cluster(place, settings=_QUICK if settings is None else settings)
        try:
            self.cluster.use()
        except ClusterError:
            # Nothing in it is worth keeping: a cluster broken by a power cut is made anew.
            self.cluster.leave()
            shutil.rmtree(place.data)
            self.cluster.use()
        self._mine: set[str] = set()
        self._drop_left_over()

    def make(self, name: str, migrate: Callable[[dict[str, str]], None]) -> dict[str, str]:
        """A fresh copy of the migrated template, and the variables that point at it.

        `migrate` is called with such variables when the template has to be made first. `name` is unique within this process.
        """
        template = self._template(migrate)
        full = self._forget(name)
        with self.cluster.superuser() as connection:
            _create(connection, full, template)
        return self.cluster.environment(full)

    def empty(self, name: str) -> dict[str, str]:
        """A database without a table, as a new installation has it, and the variables that point at it."""
        full = self._forget(name)
        with self.cluster.superuser() as connection:
            self.cluster.create_database(full, connection=connection)
        return self.cluster.environment(full)

    def _forget(self, name: str) -> str:
        full = f"test_{os.getpid()}_{name}"
        with self.cluster.superuser() as connection:
            _drop(connection, full)
        self._mine.add(full)
        return full

    def close(self) -> None:
        """Drop what this process made and leave the cluster."""
        with self.cluster.superuser() as connection:
            for name in self._mine:
                _drop(connection, name)
        self._mine.clear()
        self.cluster.leave()

    def _template(self, migrate: Callable[[dict[str, str]], None]) -> str:
        name = f"template_{_fingerprint()}"
        with self.cluster.superuser() as connection:
            if _exists(connection, name):
                return name
            # One process makes it; the others wait here.
            connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            if not _exists(connection, name):
                building = f"building_{os.getpid()}"
                _drop(connection, building)
                self.cluster.create_database(building, connection=connection)
                migrate(self.cluster.environment(building))
                _rename(connection, building, name)
                self._drop_old_templates(connection, name)
        return name

    def _drop_old_templates(self, connection: Connection, keep: str) -> None:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchall():
            if name != keep:
                try:
                    connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
                except ObjectInUse:
                    continue  # another run copies it just now

    def _drop_left_over(self) -> None:
        """Databases of runs that were killed."""
        with self.cluster.superuser() as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^(test|building)_[0-9]+'").fetchall()
            for (name,) in found:
                if not is_alive(int(name.split("_")[1])):
                    _drop(connection, name)


def _fingerprint() -> str:
    """Changes when anything that shapes the database changes."""
    digest = hashlib.sha256()
    for library in ("django", "procrastinate", "django-axes"):
        digest.update(metadata.version(library).encode())
    shaping = [*_PACKAGE.glob("*/models.py"), *_PACKAGE.glob("*/models/*.py"), *_PACKAGE.glob("*/migrations/*.py")]
    for path in sorted(
        [*shaping, *_PACKAGE.glob("database/**/*.py"), *_PACKAGE.glob("*/apps.py"), *_PACKAGE.glob("*/reference/*.*")]
    ):
        digest.update(str(path.relative_to(_PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _exists(connection: Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _create(connection: Connection, name: str, template: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*map(sql.Identifier, (name, roles.OWNER, template)))
    )


def _rename(connection: Connection, name: str, new: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
