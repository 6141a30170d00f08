"""What a line names does not go away, and a line names only what is there: asked once a statement, not once a line."""

from datetime import date
from threading import Event, Thread

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.tests import factories as month
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

JUL = date(2026, 7, 1)
NOBODY = 999_999_999


def now_all_hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS payments_list_is_named, payments_person_is_named, payments_entry_is_named IMMEDIATE")


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), [(Entitlement, "entitlement_id"), (Person, "person_id"), (PaymentList, "list_id")])
def test_what_a_line_names_is_not_removed(as_maintenance, model, name):
    with as_maintenance():
        grant(person())
        line = month.proposed(JUL).lines.get()
        with pytest.raises(IntegrityError, match="a payment line names it"), transaction.atomic():
            model.objects.filter(pk=getattr(line, name))._raw_delete("default")
            now_all_hold()


@pytest.mark.django_db
def test_what_goes_together_with_its_lines_goes(as_maintenance):
    with as_maintenance():
        entry = grant(person())
        month.proposed(JUL)
        Entitlement.objects.filter(pk=entry.pk)._raw_delete("default")
        PaymentLine.objects.filter(entitlement_id=entry.pk).delete()
        now_all_hold()
        assert not PaymentLine.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["entitlement_id", "person_id", "list_id"])
def test_a_line_does_not_name_what_is_not_there(as_maintenance, name):
    with as_maintenance():
        grant(person())
        line = month.proposed(JUL).lines.get()
        line.pk, line.kind = None, "arrears"
        setattr(line, name, NOBODY)
        with pytest.raises(IntegrityError, match="that is not there"), transaction.atomic():
            line.save(force_insert=True)


@pytest.mark.django_db
def test_a_line_keeps_its_person_and_entry(as_maintenance):
    with as_maintenance():
        grant(person())
        other = person("Người Khác")
        line = month.proposed(JUL).lines.get()
        with pytest.raises(ProgrammingError, match="a line stays on its list"), transaction.atomic():
            PaymentLine.objects.filter(pk=line.pk).update(person=other)


@pytest.mark.django_db(transaction=True)
def test_an_entry_removed_while_its_line_is_being_written_stays():
    with transaction.atomic():
        entry = grant(person())
    written, raised = Event(), []

    def remove() -> None:
        try:
            with as_maintenance(), transaction.atomic():
                Entitlement.objects.filter(pk=entry.pk)._raw_delete("default")
                written.set()
        except IntegrityError as error:
            raised.append(error)
        finally:
            connections.close_all()

    other = Thread(target=remove)
    with as_maintenance(), transaction.atomic():
        month.proposed(JUL)
        other.start()
        assert written.wait(30)
    other.join(30)
    with as_maintenance():
        assert len(raised) == 1 and Entitlement.objects.filter(pk=entry.pk).exists() and PaymentLine.objects.count() == 1
