"""Support for a funeral and for a burial in an emergency are one thing: the higher is paid, and one alone."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, at, post
from ansinh.database.acting import as_maintenance
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.tests.factories import add, relief
from ansinh.entitlements.queries import funeral_for
from ansinh.entitlements.tests.factories import funeral, grant
from ansinh.kernel.errors import InvalidInput
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db


def test_of_funeral_and_burial_in_an_emergency_one_is_paid():
    """Killed in a fire while drawing an allowance: 50 times the level, not 20 times besides."""
    officer, day = post(), date(2026, 11, 9)
    who = person(born="1985-01-01", facts={"disability": "severe"})
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, law_code="ND335.5.6")
    with as_maintenance():
        people.record_death(person=who, died_on=day, source="Trích lục", by=officer, now=NOW)
        who.refresh_from_db()
        assert funeral_for(who).found.amount_vnd == 10_800_000
    (line,) = add(relief(cause="fire", day=day), Asked("burial", person=who))
    assert line.amount_vnd == 27_000_000
    with as_maintenance():
        found = funeral_for(who)
        assert not found.is_due and line.list.code in found.reason


def test_a_funeral_that_was_decided_is_taken_back_before_the_burial_is_listed():
    day = date(2026, 11, 9)
    who = person(born="1985-01-01")
    entry = funeral(who, date(2026, 11, 1), signed=at(2026, 11, 12))
    with pytest.raises(InvalidInput, match=entry.code):
        add(relief(cause="fire", day=day), Asked("burial", person=who))
