"""Long lists: the questions to the database are as many for thirty rows as for three hundred."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.access.tests.factories import NOW, commune
from ansinh.assistance.tests.lists import describe
from ansinh.demo.typed import typed_list
from ansinh.entitlements.models import Entitlement
from ansinh.imports import operations
from ansinh.people.models import Person

pytestmark = pytest.mark.usefixtures("desk")


def test_check_commit_and_undo_ask_the_same_number_of_questions_for_any_number_of_rows(desk):
    asked = {}
    for rows in (30, 300):
        with CaptureQueriesContext(connection) as check:
            batch = operations.take_paste(
                text=typed_list(rows=rows, seed=rows, villages=3), layout="assistance.enrolment", unit=commune(), month=None,
                by=desk, now=NOW,
            )  # fmt: skip
        describe(batch, desk, number=f"{rows}/QĐ-UBND")
        with CaptureQueriesContext(connection) as commit:
            batch = operations.commit_batch(batch=batch, by=desk, now=NOW)
        assert Person.objects.count() == Entitlement.objects.count() == rows
        with CaptureQueriesContext(connection) as undo:
            operations.undo_batch(batch=batch, reason="đo", by=desk, now=NOW)
        assert Person.objects.count() == 0
        asked[rows] = [len(check), len(commit), len(undo)]

    assert asked[30] == asked[300]
    assert max(asked[30]) < 170
