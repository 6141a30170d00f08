"""A cluster that may be killed: its own, with all promises of durability kept."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest

from ansinh.project.scratch import Scratch

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def victims(django_test_environment, django_db_blocker, monkeypatch):
    """`victims(name)` makes a migrated database on a cluster of its own and points Django and child processes at it."""
    from conftest import _migrate, _point_at
    from django.db import connections

    names = ("DATABASE_URL", "OWNER_DATABASE_URL")
    before = {name: os.environ.get(name) for name in names}
    settings = {alias: copy.deepcopy(connections[alias].settings_dict) for alias in ("default", "owner")}
    monkeypatch.setenv("ANSINH_TODAY", "2026-11-16")  # the worker's day: before the cut-off of December's list
    opened = Scratch(HOME, purpose="faults", settings={})

    def make(name: str):
        connections.close_all()
        _point_at(opened.make(name, _migrate))
        return opened.cluster

    with django_db_blocker.unblock():
        yield make
        connections.close_all()
    opened.cluster.use()
    opened.close()
    for alias, values in settings.items():
        connections[alias].settings_dict.update(values)
    for name, value in before.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
