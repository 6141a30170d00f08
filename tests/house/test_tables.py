"""Tables: each declares who sees it, none lacks its migration, no policy has an OR escape."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from ansinh.database import roles
from ansinh.database.security import Security, secured_models


def test_every_model_declares_who_sees_it():
    assert all(isinstance(model.security, Security) for model in secured_models())


def test_a_model_without_a_declaration_would_be_found(monkeypatch):
    from ansinh.localities.models import Village

    monkeypatch.delattr(Village, "security")
    with pytest.raises(ValueError, match="localities.Village"):
        secured_models()


def waiting_migrations(state: ProjectState) -> dict[str, list]:
    """What `makemigrations` would write to come from the migrations on disk to `state`, in no language as it does."""
    with translation.override(None):
        loader = MigrationLoader(None, ignore_no_migrations=True)
        changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    rooms = {c.label for c in apps.get_app_configs() if c.name.startswith("ansinh.")}
    return {label: found for label, found in changes.items() if label in rooms}


def test_no_migration_is_missing():
    assert waiting_migrations(ProjectState.from_apps(apps)) == {}


def test_a_missing_migration_would_be_found():
    state = ProjectState.from_apps(apps)
    state.models["localities", "village"].fields["nickname"] = models.TextField(default="")
    assert list(waiting_migrations(state)) == ["localities"]


# A role that sees more has a policy of its own; an OR inside one would keep PostgreSQL from using the commune index.
_ESCAPE = re.compile(r"\bOR\b", re.I)


def escapes(security: Security) -> list[str]:
    return [policy.using for policy in security.policies if _ESCAPE.search(policy.using)]


def test_no_policy_has_an_or_escape():
    assert {m._meta.label: found for m in secured_models() if (found := escapes(m.security))} == {}


def test_an_or_escape_would_be_found():
    from ansinh.database.security import Policy

    using = "current_setting('ansinh.all', true) = '1' OR unit_id = 3"
    assert escapes(Security((), (Policy(roles.COMMUNE, using),))) == [using]
    assert escapes(Security((), (Policy(roles.COMMUNE, "record_id = 3"),))) == []
