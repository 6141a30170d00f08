"""The newcomers of a list, written down together: the same as one by one, all or none, in one act."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput
from ansinh.people import operations
from ansinh.people.models import Circumstance, OtherNumber, Person, Residence
from ansinh.people.operations import Arrival, Newcomer
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db


def arrival(line, name="Vũ Thị Mơ", *, facts=(), **known):
    return Arrival(Newcomer(full_name=name, **known), line=line, facts=facts)


def register(*arrivals):
    return operations.register_people(arrivals=arrivals, unit=commune(), source="danh sách 5", by=post(), now=NOW)


def columns(someone):
    apart = {"id", "code"}
    return {f.attname: getattr(someone, f.attname) for f in Person._meta.concrete_fields if f.name not in apart}


def test_together_or_one_by_one_is_the_same(as_maintenance):
    known = {"full_name": " Vũ  Thị Mơ ", "sex": "female", "born_on": date(1950, 1, 1), "birth_precision": "year",
             "ethnicity": "Kinh", "telephone": "0900000000", "payment_book": "S1", "address": "Thôn Đông"}  # fmt: skip
    with as_maintenance():
        one = operations.register_person(
            newcomer=Newcomer(**known, old_number="034000123"), unit=commune(), village=None, since=None, source="danh sách 5",
            by=post(), now=NOW,
        )  # fmt: skip
        (other,) = register(Arrival(Newcomer(**known, old_number="034000123"), line=1))
        assert columns(Person.objects.get(pk=one.pk)) == columns(Person.objects.get(pk=other.pk))
        homes = Residence.objects.values_list("unit", "village", "period", "source", "recorded_by", "recorded_at")
        assert len(set(homes)) == 1 and len(homes) == 2
        assert set(OtherNumber.objects.values_list("person", "kind", "number")) == {
            (one.pk, "cmnd", "034000123"),
            (other.pk, "cmnd", "034000123"),
        }


def test_facts_of_the_list_hold_from_their_day(as_maintenance):
    with as_maintenance():
        (made,) = register(arrival(1, facts=(("disability", "severe", date(2026, 7, 1)),)))
        fact = Circumstance.objects.get()
    assert (fact.person_id, fact.kind, fact.value, fact.period.lower, fact.period.upper, fact.source) == (
        made.pk, "disability", "severe", date(2026, 7, 1), None, "danh sách 5",
    )  # fmt: skip


def test_one_entry_of_the_journal_names_everybody_and_nothing_sensitive(as_maintenance):
    with as_maintenance():
        before = Entry.objects.count()
        first, second = register(
            arrival(1, facts=(("hiv", True, None),)), arrival(2, "Lê Văn Số", facts=(("disability", "severe", None),))
        )
        entry = Entry.objects.order_by("-id").first()
        assert Entry.objects.count() == before + 1
    assert (entry.act, entry.noun) == ("register_many", "person")
    assert entry.detail["people"] == [first.code, second.code]
    assert entry.detail["facts"] == {"disability": [second.code]}


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_number_somebody_has_names_its_line_and_keeps_all_out(as_maintenance, place):
    person(personal_number="034150000123", unit=commune(THAI_BINH))
    lines = [arrival(n + 10, f"Trần Văn {'ABCDE'[n]}", personal_number="034150000123" if n == place else None) for n in range(5)]
    with as_maintenance():
        with pytest.raises(InvalidInput, match=f"Dòng {place + 10}: .*xã khác") as refused:
            register(*lines)
        assert refused.value.field == "personal_number"
        assert Person.objects.count() == 1


def test_two_lines_of_one_number_name_the_second(as_maintenance):
    with as_maintenance(), pytest.raises(InvalidInput, match="Dòng 8: "):
        register(arrival(7, personal_number="034150000123"), arrival(8, "Lê Văn Số", personal_number="034150000123"))


@pytest.mark.parametrize(("known", "said"), [({"name": "  "}, "bỏ trống"), ({"personal_number": "12"}, "12 chữ số"),
                                             ({"born_on": date(2030, 1, 1)}, "chưa tới")])  # fmt: skip
def test_what_one_person_would_be_refused_for_names_the_line(as_maintenance, known, said):
    with as_maintenance(), pytest.raises(InvalidInput, match=f"Dòng 3: .*{said}"):
        register(arrival(2), arrival(3, **known))


def test_nobody_to_register_is_no_act(as_maintenance):
    with as_maintenance():
        before = Entry.objects.count()
        assert register() == []
        assert Entry.objects.count() == before


def test_questions_to_the_database_do_not_grow_with_the_people(as_maintenance, django_assert_num_queries):
    facts = (("disability", "severe", None),)
    with as_maintenance():
        by, unit = post(), commune()
        for size, first in ((2, 0), (60, 100)):
            found = [arrival(n, f"Trần Văn {chr(65 + n % 26)}", facts=facts, old_number=f"{first + n:09d}") for n in range(size)]
            with django_assert_num_queries(11):
                operations.register_people(arrivals=found, unit=unit, source="danh sách", by=by, now=NOW)
