"""Long work of many acts keeps the other appenders waiting only at its end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.journal.models import Entry
from ansinh.journal.operations import appended_last, record
from ansinh.journal.queries import verify
from ansinh.kernel.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

OFFICER = Actor("Đỗ Thị Thử", "Chuyên viên", "UBND xã Thử")
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def act(key: str) -> int | None:
    return record(by=OFFICER, act="register", noun="person", key=key, at=NOW)


def chain_is_free() -> bool:
    """Whether somebody else may append now."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(741031)")
        return cursor.fetchone()[0]


def test_acts_wait_for_the_end_of_the_block_and_keep_their_order():
    with acting_as(roles.COMMUNE), transaction.atomic():
        with appended_last():
            assert [act("A"), act("B")] == [None, None]
            assert chain_is_free()
        assert not chain_is_free()
        act("C")
    with acting_as(roles.SYSTEM):
        assert list(Entry.objects.order_by("id").values_list("key", flat=True))[-3:] == ["A", "B", "C"]
        assert not verify(heads=[], now=NOW).findings


def test_work_that_breaks_off_appends_nothing():
    with pytest.raises(ZeroDivisionError), acting_as(roles.COMMUNE), transaction.atomic(), appended_last():
        act("A")
        1 / 0  # noqa: B018
    with acting_as(roles.COMMUNE), transaction.atomic():
        assert act("B") is not None
    with acting_as(roles.SYSTEM):
        assert not Entry.objects.filter(key="A").exists()
