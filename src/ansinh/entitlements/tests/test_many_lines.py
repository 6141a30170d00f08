"""A decision about many people asks the database as often as one about few, and acts on each entry as one line alone would."""

from datetime import date

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
MAY, JULY, AUGUST = date(2026, 5, 1), date(2026, 7, 1), date(2026, 8, 1)


def adjust(entry, month=JULY):
    return ItemDraft(
        person_id=entry.person_id, act="adjust", benefit=entry.benefit, category=entry.category, coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=month, entitlement=entry,
    )  # fmt: skip


def draft(items) -> Decision:
    officer = post()
    return operations.draft_decision(
        office=officer.office, unit=officer.office.unit, kind="adjust", origin="recorded", items=items, by=officer, now=NOW
    )


def record(decision):
    return operations.record_decision(
        decision=decision, signature=signature(date(2026, 11, 12)), by=post(Role.CLERK), now=NOW
    )  # fmt: skip


def test_each_entry_ends_where_its_successor_begins(as_maintenance):
    entries = [grant(person(f"Trần Văn {name}"), months_from=MAY) for name in ("An", "Bính", "Cần")]
    with as_maintenance():
        record(draft([adjust(entry, month) for entry, month in zip(entries, (JULY, AUGUST, JULY), strict=True)]))
        for entry, month in zip(entries, (JULY, AUGUST, JULY), strict=True):
            old, new = Entitlement.objects.filter(person=entry.person_id).order_by("months")
            assert (old.pk, old.months.lower, old.months.upper, old.amount_vnd) == (entry.pk, MAY, month, 500_000)
            assert (new.months.lower, new.months.upper, new.amount_vnd) == (month, None, 540_000)
            assert old.ended_by_id == new.granted_by_id is not None


def test_an_entry_named_twice_stops_the_whole_decision(as_maintenance):
    first, second = grant(person("Trần Văn An"), months_from=MAY), grant(person("Trần Văn Bính"), months_from=MAY)
    with as_maintenance():
        decision = draft([adjust(first), adjust(second), adjust(second, AUGUST)])
        with pytest.raises(InvalidInput, match=f"Dòng 3: .*{second.code}"):
            record(decision)
        assert not Entitlement.objects.exclude(ended_by=None).exists()


def test_questions_to_the_database_do_not_grow_with_the_lines(as_maintenance, django_assert_max_num_queries):
    post(Role.CLERK)
    for size in (2, 25):
        entries = [grant(person(f"Trần Văn {chr(65 + n)}"), months_from=MAY) for n in range(size)]
        with as_maintenance():
            with django_assert_max_num_queries(12):
                decision = draft([adjust(entry) for entry in entries])
            with django_assert_max_num_queries(27):
                record(decision)
