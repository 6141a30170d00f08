"""Many rows written by one statement (`database.bulk`) say the same as rows saved one by one."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.tests.factories import NOW, THAI_BINH, commune
from ansinh.database.bulk import insert_rows, update_rows
from ansinh.people.models import Circumstance, Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
FIELDS = ("full_name", "born_on", "personal_number", "recorded_at", "unit", "same_as")


def told(row):
    found = Person.objects.get(pk=row.pk)
    return tuple(getattr(found, Person._meta.get_field(name).attname) for name in FIELDS)


def test_text_days_moments_keys_and_nothing_are_kept_as_saved(as_maintenance):
    first, second = person(personal_number="034150000123"), person(born="1930")
    with as_maintenance():
        for row in (first, second):
            row.full_name, row.born_on, row.personal_number = 'Vũ "Đ\\ạt" 1 \' \n', date(1941, 2, 28), None
            row.recorded_at = NOW.replace(microsecond=123_456)
            row.unit = commune(THAI_BINH)
        assert update_rows([first], FIELDS) == 1
        second.save()
        assert told(first) == told(second)
        second.same_as = first
        assert update_rows([second], FIELDS) == 1
        assert told(second) == ('Vũ "Đ\\ạt" 1 \' \n', date(1941, 2, 28), None, second.recorded_at, second.unit_id, first.pk)


def test_json_is_kept_as_it_is(as_maintenance):
    someone = person(facts={"disability": "severe", "hiv": True})
    with as_maintenance():
        facts = list(Circumstance.objects.filter(person=someone).order_by("id"))
        facts[0].value, facts[1].value = ["dead", {"a": 'x"y'}], False
        assert update_rows(facts, ["value"]) == 2
        kept = Circumstance.objects.filter(person=someone).order_by("id").values_list("value", flat=True)
        assert list(kept) == [["dead", {"a": 'x"y'}], False]


def test_other_rows_and_other_columns_stay(as_maintenance):
    changed, other = person("Vũ Thị Mơ"), person("Lê Văn Số")
    with as_maintenance():
        changed.full_name, changed.telephone = "Vũ Thị Na", "0900000000"
        update_rows([changed], ["full_name"])
        kept = Person.objects.order_by("id").values_list("full_name", "telephone")
        assert list(kept) == [("Vũ Thị Na", ""), (other.full_name, "")]


def test_rows_the_role_may_not_see_are_not_written(as_maintenance, as_role):
    far = person("Vũ Thị Mơ", unit=commune(THAI_BINH))
    far.full_name = "Khác"
    with as_role("ansinh_commune", units=[commune().id]):
        assert update_rows([far], ["full_name"]) == 0
    with as_maintenance():
        assert Person.objects.get(pk=far.pk).full_name == "Vũ Thị Mơ"


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert update_rows([], ["full_name"]) == 0
        assert insert_rows([]) == 0


def test_inserted_rows_are_what_saved_rows_are(as_maintenance):
    someone = person()

    def fact(kind, value, period):
        moment = NOW.replace(microsecond=123_456)
        return Circumstance(person=someone, kind=kind, value=value, period=period, source="thử 'a\"", recorded_at=moment)

    values = (
        ("disability", "severe", DateRange(date(2026, 7, 1), None)),
        ("wage", False, DateRange(None, date(2026, 7, 1))),
        ("parents", ["dead", "missing"], DateRange(None, None)),
    )
    with as_maintenance():
        for value in values:
            fact(*value).save()
        saved = Circumstance.objects.order_by("id").values_list("kind", "value", "period", "source", "detail", "recorded_at")
        saved = list(saved)
        Circumstance.objects.all().delete()
        assert insert_rows(fact(*value) for value in values) == 3
        kept = Circumstance.objects.order_by("id").values_list("kind", "value", "period", "source", "detail", "recorded_at")
        assert list(kept) == saved


def test_generated_columns_and_constraints_count_for_inserted_rows(as_maintenance):
    with as_maintenance():
        rows = [Person(full_name=f"Vũ Thị Mơ {n}", unit=commune(), recorded_at=NOW) for n in range(3)]
        insert_rows(rows)
        found = list(Person.objects.order_by("id"))
        assert [(p.full_name, p.name_folded, p.code) for p in found] == [
            (f"Vũ Thị Mơ {n}", f"vu thi mo {n}", f"NT{p.id:08d}") for n, p in enumerate(found)
        ]
        wrong = Person(full_name="Sai", unit=commune(), recorded_at=NOW, personal_number="12")
        with pytest.raises(IntegrityError, match="personal_number_is_12_digits"), transaction.atomic():
            insert_rows([wrong])


def test_rows_of_other_places_are_refused(as_role):
    there = Person(full_name="Xa", unit=commune(THAI_BINH), recorded_at=NOW)
    with pytest.raises(ProgrammingError, match="row-level security"), as_role("ansinh_commune", units=[commune().id]):
        insert_rows([there])
