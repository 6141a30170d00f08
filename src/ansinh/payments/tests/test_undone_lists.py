"""A list that money rests on is not taken back; lines of a list nobody signed go with it."""

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.imports import operations, queries
from ansinh.kernel.errors import InvalidInput
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.operations import prepare_run
from ansinh.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_a_list():
    """An enrolment committed, and the list of January with its line proposed."""
    batch = describe(take(ENROLMENT, newcomer()))
    with as_post(post(), on=DAY):
        batch = operations.commit_batch(batch=batch, by=post(), now=NOW)
        prepare_run(benefit_month=date(2027, 1, 1), units=[commune()], by=post(), now=NOW)
        assert PaymentLine.objects.count() == 1
    return batch


def test_lines_of_a_list_nobody_signed_go_with_it(in_a_list):
    with as_post(post(), on=DAY):
        operations.undo_batch(batch=in_a_list, reason="Nhầm tệp", by=post(), now=NOW)
        assert (PaymentLine.objects.count(), Person.objects.count(), PaymentList.objects.count()) == (0, 0, 1)


@pytest.mark.parametrize("state", ["approved", "closed", "handed_over", "reconciled", "settled"])
def test_a_line_that_was_signed_is_named_with_its_list_and_nothing_goes(in_a_list, state):
    with as_maintenance():
        PaymentList.objects.update(state=state)
    with as_post(post(), on=DAY):
        resting = queries.resting_on_list(in_a_list)
        with pytest.raises(InvalidInput, match="Dòng chi trả CT"):
            operations.undo_batch(batch=in_a_list, reason="Nhầm tệp", by=post(), now=NOW)
        assert (PaymentLine.objects.count(), Person.objects.count()) == (1, 1)
    assert resting[0].url.startswith("/chi-tra/DS")
    assert "Trần Văn Bính" in resting[0].words
