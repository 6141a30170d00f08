"""What was decided and what was booked is kept by the database itself."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.emergency import operations
from ansinh.emergency.models import AidLine, FundEntry, SupplyEntry
from ansinh.emergency.operations.funds import NewEntry
from ansinh.emergency.tests.factories import brought, mark, relief, rice

pytestmark = pytest.mark.django_db


def refused(words: str, change) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        change()


def test_a_decided_line_is_marked_and_never_edited_or_removed():
    made = brought("decided")
    with as_maintenance():
        lines = AidLine.objects.filter(list=made)
        refused("never edited", lambda: lines.update(rice_kg=999))
        refused("never edited", lambda: lines.update(recipient="Người Khác"))
        refused("never removed", lambda: lines._raw_delete(lines.db))
    assert mark(made, "give") == 1


def test_a_line_of_a_list_that_is_being_made_is_still_a_draft():
    made = brought("listing", rice(), made=relief(cause="fire"))
    with as_maintenance():
        assert AidLine.objects.filter(list=made).update(note="sửa") == 1
        AidLine.objects.get(list=made).delete()


def test_an_entry_of_money_is_never_edited_or_removed():
    made, by = brought("decided"), post()
    with as_post(by, on=DAY):
        operations.record_supply(
            aid_list=made, kind="received", resources="province", amount_vnd=5, rice_kg=0, paper="LC", on=DAY, by=by, now=NOW
        )
        fund = operations.open_fund(name="Quỹ", purpose="", by=by, now=NOW)
        operations.record_fund_entry(fund=fund, new=NewEntry("received", DAY, "Ông Tốt", "PT 1", 5), by=by, now=NOW)
    with as_maintenance():
        for model in (SupplyEntry, FundEntry):
            refused("never edited", lambda model=model: model.objects.update(amount_vnd=6))
            refused("never removed", lambda model=model: model.objects.all()._raw_delete("default"))
