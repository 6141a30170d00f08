"""What was signed and closed the database itself keeps."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from ansinh.access.tests.factories import THAI_BINH, at, commune
from ansinh.entitlements.tests.factories import grant
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]


def refused(words: str, act) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()


@pytest.mark.parametrize("column", ["amount_vnd", "person_name", "benefit_month", "payee_name", "decision_number", "law_hash"])
def test_a_closed_line_is_never_edited(column):
    grant(person())
    month.closed()
    values = {"amount_vnd": F("amount_vnd") + 1, "benefit_month": "2026-08-01"}
    refused("never edited", lambda: PaymentLine.objects.update(**{column: values.get(column, "khác")}))


def test_a_closed_list_loses_gains_and_changes_nothing():
    grant(person())
    found = month.closed()
    line = found.lines.get()
    refused("never removed", lambda: PaymentLine.objects.all()._raw_delete("default"))
    refused("never edited", lambda: PaymentList.objects.update(closed_total_vnd=1))
    refused("never removed", lambda: PaymentList.objects.all()._raw_delete("default"))
    line.pk, line.carried_from, line.kind = None, None, "arrears"
    refused("takes no line", line.save)


def test_a_signed_list_is_not_changed_before_it_is_closed():
    grant(person())
    found = month.signed()
    line = found.lines.get()
    refused("signed list", lambda: PaymentLine.objects.update(amount_vnd=1))
    refused("signed list", lambda: PaymentLine.objects.all()._raw_delete("default"))
    line.pk, line.kind = None, "arrears"
    refused("signed list", line.save)


def test_a_line_lies_in_the_commune_of_its_list_and_names_a_village_that_is_there():
    grant(person())
    line = month.proposed().lines.get()
    here, line.pk, line.kind, line.unit = line.unit, None, "arrears", commune(THAI_BINH)
    refused("in the commune of its list", line.save)
    line.unit, line.village_id = here, 0
    refused("not there", line.save)
    refused("stays on its list", lambda: PaymentLine.objects.update(unit=commune(THAI_BINH)))


def test_an_answer_stays_and_a_line_is_handed_over_once():
    grant(person())
    month.paid()
    refused("keeps its answer", lambda: PaymentLine.objects.update(state="unpaid"))
    refused("handed over once", lambda: PaymentLine.objects.update(handover=None))


def test_proposing_a_closed_month_again_changes_nothing():
    grant(person())
    found = month.closed()
    grant(person("Lê Thị Mới"), signed=at(2026, 6, 1))
    assert len(month.rows(month.proposed())) == 1
    assert (found.closed_count, found.closed_total_vnd) == (1, 500_000)
