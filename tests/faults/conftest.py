"""Databases that may be killed or filled: a cluster of their own, with every promise kept that a killed process can break."""

from __future__ import annotations

import copy
import os
import subprocess
from pathlib import Path

import pytest
from conftest import _migrate, _point_at
from django.conf import settings
from django.db import connections

from ansinh.project.cluster import Cluster
from ansinh.project.scratch import Scratch

HOME = Path(__file__).resolve().parents[2]


class Databases:
    """Databases on a cluster; Django and child processes are pointed at the one made last."""

    def __init__(self, purpose: str, settings: dict[str, str] | None) -> None:
        self._scratch = Scratch(HOME, purpose=purpose, settings=settings)

    def __call__(self, name: str) -> tuple[Cluster, str]:
        """A migrated database; its cluster and its full name."""
        point_at(self._scratch.make(name, _migrate))
        return self._scratch.cluster, connections["default"].settings_dict["NAME"]

    def empty(self, name: str) -> str:
        """A database without a table; its owner's address."""
        return self._scratch.empty(name)["OWNER_DATABASE_URL"]

    def close(self) -> None:
        connections.close_all()
        self._scratch.cluster.use()
        self._scratch.close()


def point_at(variables: dict[str, str]) -> None:
    """Another database, and a journal that no head kept outside tells of yet."""
    connections.close_all()
    Path(settings.ANSINH_HEADS).unlink(missing_ok=True)
    _point_at(variables)


@pytest.fixture
def elsewhere(django_test_environment, django_db_setup, django_db_blocker, monkeypatch):
    """A test that points Django at other databases; afterwards all is as it was. The office's day is before December's cut-off."""
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "ANSINH_PG_DATA")}
    logins = {alias: copy.deepcopy(connections[alias].settings_dict) for alias in ("default", "owner")}
    monkeypatch.setenv("ANSINH_TODAY", "2026-11-16")
    monkeypatch.setenv("ANSINH_SECRET_KEY", settings.SECRET_KEY)
    if "ANSINH_LOG_LEVEL" not in os.environ:  # what is killed complains, and that is no news here
        monkeypatch.setenv("ANSINH_LOG_LEVEL", "CRITICAL")
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    for alias, values in logins.items():
        connections[alias].settings_dict.update(values)
    for name, value in before.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value


@pytest.fixture
def victims(elsewhere):
    """`victims(name)` makes a migrated database on a cluster of its own, which may be killed."""
    # What a killed server wrote is with the kernel, synced or not; syncing only makes each recovery wait for the disk.
    made = Databases("faults", {"fsync": "off"})
    yield made
    made.close()


@pytest.fixture
def fresh(elsewhere, scratch):
    """`fresh(name)` makes a migrated database of a test's own on the tests' common cluster."""
    made = Databases("tests", None)
    yield made
    made.close()


@pytest.fixture
def small_disk(tmp_path):
    """`small_disk(size, at)` mounts an empty file system of so many bytes; where that is not allowed the test says so and is left out."""
    mounted: list[Path] = []

    def mount(size: int, at: Path | None = None) -> Path:
        place = at or tmp_path / f"disk{len(mounted)}"
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"a small file system cannot be mounted here ({done.stderr.strip()}): a full disk is not tried")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)
