"""A cluster that may be killed: its own, with every promise kept that a killed process can break."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest
from django.conf import settings

from ansinh.project.cluster import Cluster
from ansinh.project.scratch import Scratch

HOME = Path(__file__).resolve().parents[2]


class Victims:
    """Databases on a cluster of their own; Django and child processes are pointed at the one made last."""

    def __init__(self) -> None:
        # What a killed server wrote is with the kernel, synced or not; syncing only makes each recovery wait for the disk.
        self.scratch = Scratch(HOME, purpose="faults", settings={"fsync": "off"})

    def __call__(self, name: str) -> tuple[Cluster, str]:
        """A migrated database; its cluster and its full name."""
        from conftest import _migrate, _point_at
        from django.db import connections

        connections.close_all()
        Path(settings.ANSINH_HEADS).unlink(missing_ok=True)  # it tells of the journal before
        _point_at(self.scratch.make(name, _migrate))
        return self.scratch.cluster, connections["default"].settings_dict["NAME"]

    def empty(self, name: str) -> str:
        """A database without a table; its owner's address."""
        return self.scratch.empty(name)["OWNER_DATABASE_URL"]


@pytest.fixture
def victims(django_test_environment, django_db_blocker, monkeypatch):
    """`victims(name)` makes a migrated database on a cluster of its own and points Django and child processes at it."""
    from django.db import connections

    names = ("DATABASE_URL", "OWNER_DATABASE_URL", "ANSINH_PG_DATA")
    before = {name: os.environ.get(name) for name in names}
    logins = {alias: copy.deepcopy(connections[alias].settings_dict) for alias in ("default", "owner")}
    monkeypatch.setenv("ANSINH_TODAY", "2026-11-16")  # the office's day: before the cut-off of December's list
    monkeypatch.setenv("ANSINH_SECRET_KEY", settings.SECRET_KEY)
    made = Victims()
    with django_db_blocker.unblock():
        yield made
        connections.close_all()
    made.scratch.cluster.use()
    made.scratch.close()
    for alias, values in logins.items():
        connections[alias].settings_dict.update(values)
    for name, value in before.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
