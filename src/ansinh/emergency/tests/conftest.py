"""Tests of operations see behind row security; those of doors and roles log in as posts."""

import pytest


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield
