"""The tests' own database: a scratch cluster, one copy of the migrated template per process, log-in as the application."""

from __future__ import annotations

import os
import shutil
import tempfile
from io import StringIO
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent


def pytest_configure(config):
    """Whatever the application writes goes into a folder of this run, also from its child processes."""
    from django.conf import settings

    var = Path(tempfile.mkdtemp(prefix="ansinh-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(var, ignore_errors=True))
    (var / "static").mkdir()
    os.environ["ANSINH_VAR"] = str(var)
    # Real passwords are slow on purpose; tests log in hundreds of times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Most tests are about other things than the second step of log-in; `second_step` turns it on.
    settings.ANSINH_SECOND_STEP = False
    settings.VAR, settings.STATIC_ROOT = var, var / "static"
    settings.ANSINH_FILES, settings.ANSINH_HEADS = var / "files", var / "journal-heads.log"


def _point_at(variables: dict[str, str]) -> None:
    """Make both of Django's log-ins use this database, and every child process too."""
    from django.db import connections

    from ansinh.project.settings import database

    os.environ.update(variables)
    for alias, variable in (("default", "DATABASE_URL"), ("owner", "OWNER_DATABASE_URL")):
        connections[alias].close()
        connections[alias].settings_dict.update(database(variables[variable]))
        # Django would find out by making a table, which the application may not.
        connections[alias].features.supports_transactions = True


def _migrate(variables: dict[str, str]) -> None:
    from django.core.management import call_command
    from django.db import connections

    _point_at(variables)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("load_reference", stdout=StringIO())
    connections.close_all()


@pytest.fixture(scope="session")
def scratch():
    """The scratch cluster of this process; `scratch.make(name, migrate)` gives a database of its own to a drill."""
    from ansinh.project.scratch import Scratch

    opened = Scratch(HOME)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def migrated(scratch, django_test_environment, django_db_setup):
    """`migrated(name)` is a database of its own with all tables, for drills that need more than one."""
    return lambda name: scratch.make(name, _migrate)


@pytest.fixture(scope="session")
def django_db_setup(scratch, django_test_environment, django_db_blocker):
    """In place of pytest-django's own: a copy of the migrated template, renewed after tests that commit."""
    from django.db import connections
    from django.test import TransactionTestCase

    def renew(_case=None) -> None:
        connections.close_all()
        _point_at(scratch.make("ansinh", _migrate))

    flush = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        renew()
        # The application may not truncate tables, and the journal lets nobody do so.
        TransactionTestCase._fixture_teardown = renew
        yield
        TransactionTestCase._fixture_teardown = flush
        connections.close_all()


@pytest.fixture
def second_step(settings):
    """Log-in asks deciding, paying and administering roles for a code, as it does everywhere but in a demonstration."""
    settings.ANSINH_SECOND_STEP = True


@pytest.fixture
def as_role(db):
    """`with as_role(roles.COMMUNE, units=[...]):` - see the database as that role does."""
    from ansinh.database.acting import acting_as

    return acting_as


@pytest.fixture
def as_maintenance(db):
    """`with as_maintenance():` - for factories and for looking behind row security."""
    from ansinh.database import acting

    return acting.as_maintenance
