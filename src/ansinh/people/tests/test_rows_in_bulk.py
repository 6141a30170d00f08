"""Many rows written by one statement (`database.bulk`) say the same as rows saved one by one."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, THAI_BINH, commune
from ansinh.database.bulk import update_rows
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
