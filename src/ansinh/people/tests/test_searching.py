"""Found as officers ask; other communes' people stay masked, whatever is asked."""

import json
from datetime import date

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.database import roles
from ansinh.database.acting import role_in_force
from ansinh.kernel.errors import InvalidInput
from ansinh.people import operations
from ansinh.people.models import Person
from ansinh.people.queries.birthdays import coming_birthdays, turning
from ansinh.people.queries.matching import MatchRow, match
from ansinh.people.queries.search import Asked, elsewhere, may_ask_elsewhere, search
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
NUMBER = "034142000123"


@pytest.fixture
def tu():
    return person(
        "Nguyễn Thị Tư", "1942-03-08", personal_number=NUMBER, payment_book="8812", telephone="0900000123", old_number="151234567"
    )


@pytest.fixture
def ours(as_role):
    """See the register as the commune of the factories does."""
    return lambda: as_role(roles.COMMUNE, units=[commune().id])


def names(text: str, **more) -> list[str]:
    return [hit.person.full_name for hit in search(text, **more)]


@pytest.mark.parametrize(
    "asked",
    [
        "nguyen thi tu 1942", "Nguyễn Thị Tư", "tu nguyen thi", "1942 TU", "nguyen thi tu 08/03/1942", "nguyn thi tu", "ngyen thi tư",
        NUMBER, "034142", "0123", "151234567", "8812", "0900000123", "nguyen thi tu, quynh phu", "Ngu\u0079ê\u0303n Thị Tư",
    ],
)  # fmt: skip
def test_found_at_once(asked, tu, ours):
    person("Trần Văn Khác", "1960")
    with ours():
        assert names(asked) == ["Nguyễn Thị Tư"]


def test_found_by_the_public_code_and_the_temporary_number(ours):
    someone = person("Lê Không Số")
    with ours():
        assert names(someone.code) == names(someone.temporary_number.lower()) == ["Lê Không Số"]


def test_found_by_another_name_and_told_why(tu, ours, as_maintenance):
    with as_maintenance():
        operations.add_other_name(person=tu, name="bà Tý Còi", source="thử", by=post(), now=NOW)
    with ours():
        assert [(hit.person, hit.reason) for hit in search("ty coi")] == [(tu, "tên gọi khác: bà Tý Còi")]


def test_a_wrong_year_still_finds_and_says_so(tu, ours):
    with ours():
        assert [(hit.person, hit.reason) for hit in search("nguyen thi tu 1943")] == [(tu, "khác năm sinh")]


def test_a_plain_hit_has_no_reason_and_a_likely_one_has(tu, ours):
    with ours():
        assert search("nguyen thi tu")[0].reason == ""
        assert search("nguyn thi tu")[0].reason == "tên gần giống"


def test_a_birth_known_only_by_year_fits_every_day_of_it(ours):
    person("Đỗ Thị Năm", "1938")
    with ours():
        assert names("do thi nam 05/06/1938") == ["Đỗ Thị Năm"]


def test_common_words_are_not_cut_by_the_dictionary(ours):
    for number in range(60):
        person(f"Nguyễn {'ABCDEGHIKL'[number % 10]}{'abcdegh'[number // 10]} Lan")
    with ours():
        assert len(search("lan nguyen", limit=100)) == 60


def test_another_place_does_not_fit(tu, ours):
    with ours():
        assert names("nguyen thi tu, thai binh") == []


def test_a_double_is_not_found(tu, ours, as_maintenance):
    with as_maintenance():
        double = person("Nguyễn Thị Tư", "1942")
        operations.mark_as_same(person=double, other=tu, reason="trùng", by=post(), now=NOW)
    with ours():
        assert [hit.person for hit in search("nguyen thi tu")] == [tu]


def test_own_commune_only(ours):
    person("Nguyễn Thị Tư", "1942", unit=commune(THAI_BINH))
    with ours():
        assert names("nguyen thi tu 1942") == names("nguyn thi tu") == []


def test_the_door_to_the_words_of_names_opens_to_a_commune_for_its_own_people(tu, as_role):
    person("Nguyễn Thị Tư", "1942", unit=commune(THAI_BINH))
    asking = ("SELECT people_named(ARRAY['tu', 'thi'])",)
    with as_role(roles.COMMUNE, units=[commune().id]), connection.cursor() as cursor:
        cursor.execute(*asking)
        assert cursor.fetchall() == [(tu.id,)]
    with as_role(roles.COMMUNE, units=[]), connection.cursor() as cursor:
        cursor.execute(*asking)
        assert cursor.fetchall() == []
    for role in (roles.PROVINCE, roles.PAYER, roles.ADMIN, roles.FACILITY):
        with pytest.raises(ProgrammingError, match="permission denied"), as_role(role), connection.cursor() as cursor:
            cursor.execute(*asking)


def test_the_role_in_force_is_the_innermost_and_ends_with_it(as_role):
    assert role_in_force() == ""
    with as_role(roles.PROVINCE):
        with pytest.raises(ValueError, match="x"), as_role(roles.COMMUNE, units=[1]):
            assert role_in_force() == roles.COMMUNE
            raise ValueError("x")
        assert role_in_force() == roles.PROVINCE
    assert role_in_force() == ""


def test_the_province_narrows_by_commune(tu, as_role):
    person("Nguyễn Thị Tư", "1942", unit=commune(THAI_BINH))
    with as_role(roles.PROVINCE):
        assert len(names("nguyen thi tu 1942")) == 2
        assert len(names("nguyen thi tu 1942", unit=commune(THAI_BINH).id)) == 1


@pytest.mark.parametrize("text", ["nguyen thi tu 1942", "khong co ai 1900", NUMBER, "1942"])
def test_the_number_of_queries_does_not_grow(text, ours):
    for _ in range(3):
        person("Nguyễn Thị Tư", "1942")
    with ours(), CaptureQueriesContext(connection) as few:
        search(text)
    for _ in range(5):
        person("Nguyễn Thị Tư", "1942")
    with ours(), CaptureQueriesContext(connection) as many:
        search(text)
    assert len(few) == len(many) <= 8  # four of the search, four to take the role and give it back


def test_elsewhere_gives_a_masked_name_year_and_commune(ours):
    person("Nguyễn Thị Tư", "1942-03-08", personal_number=NUMBER, unit=commune(THAI_BINH))
    with ours():
        for asked in ("nguyen thi tu 1942", NUMBER):
            (hit,) = elsewhere(asked, units=[commune().id])
            assert (hit.name, hit.birth_year, hit.commune, hit.code, hit.number) == (
                "N. T. Tư",
                1942,
                commune(THAI_BINH).name,
                "",
                "",
            )


def test_elsewhere_leaves_out_our_own(tu, ours):
    with ours():
        assert elsewhere("nguyen thi tu 1942", units=[commune().id]) == []


@pytest.mark.parametrize(("text", "enough"), [("nguyen thi tu", False), ("tu 1942", False), ("0341", False), ("151234567", True)])
def test_little_is_not_enough_to_ask_elsewhere(text, enough):
    assert may_ask_elsewhere(text) is enough


def test_asking_with_other_peoples_units_still_shows_a_mask(ours):
    person("Nguyễn Thị Tư", "1942-03-08", personal_number=NUMBER, unit=commune(THAI_BINH))
    row = MatchRow(row=1, name="x", born=None, precision="day", number=NUMBER, unit=commune().id)
    with ours():
        (hit,) = match([row], units=[commune().id, commune(THAI_BINH).id])[1]
    assert (hit.name, hit.in_scope, hit.code, hit.sure) == ("N. T. Tư", False, "", True)


@pytest.mark.parametrize("role", [roles.PAYER, roles.ADMIN, roles.FACILITY])
def test_roles_that_do_not_keep_the_register_match_nobody(role, tu, as_role):
    rows = json.dumps([{"row": 1, "name": "x", "number": NUMBER, "unit": 1}])
    with pytest.raises(ProgrammingError, match="permission denied"), as_role(role), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_match(%s::jsonb, %s::bigint[])", [rows, [commune().id]])


def test_same_name_and_birth_is_never_sure(tu, ours):
    row = MatchRow(row=1, name="Nguyễn Thị Tư", born=date(1942, 3, 8), precision="day", number=None, unit=commune().id)
    with ours():
        (hit,) = match([row], units=[commune().id])[1]
    assert (hit.sure, hit.reason) == (False, "trùng họ tên, trùng ngày sinh, cùng xã")


def _named(*, born: date | None, **other) -> list:
    row = MatchRow(row=1, name="Nguyễn Thị Tư", born=born, precision="day", number=None, unit=commune().id, **other)
    return match([row], units=[commune().id]).get(1, [])


def test_a_name_matches_with_its_year_with_no_known_birth_or_when_none_was_typed(tu, ours, as_maintenance):
    unborn = person("Nguyễn Thị Tư")
    with as_maintenance():
        Person.objects.filter(pk=unborn.pk).update(born_on=None)
    other_year = person("Nguyễn Thị Tư", "1950-01-01")
    with ours():
        assert [hit.person_id for hit in _named(born=date(1942, 1, 1))] == [tu.id, unborn.id]
        assert {hit.person_id for hit in _named(born=None)} == {tu.id, unborn.id, other_year.id}


def test_of_many_of_one_name_and_year_the_best_eight_are_told(ours):
    far = [person("Nguyễn Thị Tư", "1942-05-05", unit=commune(THAI_BINH)) for _ in range(9)]
    near = person("Nguyễn Thị Tư", "1942-03-08")
    with ours():
        found = _named(born=date(1942, 3, 8))
    assert [hit.person_id for hit in found] == [near.id, *(one.id for one in far[:7])]


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.PAYER, roles.ADMIN])
def test_who_only_looks_moves_nobody(role, tu, as_role, as_maintenance):
    with pytest.raises(ProgrammingError, match="permission denied"), as_role(role), connection.cursor() as cursor:
        cursor.execute("SELECT people_move(%s, %s, %s, '', '', %s)", [tu.id, commune(THAI_BINH).id, date(2026, 1, 1), NOW])
    with as_maintenance():
        assert Person.objects.get(pk=tu.pk).unit == commune()


def test_a_commune_moves_only_its_own(as_role):
    theirs = person("Người Nơi Khác", unit=commune(THAI_BINH))
    with as_role(roles.COMMUNE, units=[commune().id]), pytest.raises(InvalidInput, match="Không tìm thấy"):
        operations.move_across(person=theirs, unit=commune(), since=date(2026, 1, 1), source="x", by=post(), now=NOW)


def test_the_dictionary_is_closed(tu, ours):
    with pytest.raises(ProgrammingError, match="permission denied"), ours(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_knownname")


def test_what_was_typed_is_parted():
    asked = Asked.read("  Tư 1942  nguyễn,  Quỳnh Phụ ")
    assert (asked.name, asked.year, asked.place) == ("tu nguyen", 1942, "quynh phu")


def test_coming_birthdays_are_the_people_the_list_opens(ours):
    on = date(2026, 11, 20)
    soon, edge = person("Sắp Tuổi", "1951-11-21"), person("Cuối Kỳ", "1952-01-19")
    for name, born in (("Hôm Nay", "1951-11-20"), ("Còn Lâu", "1952-01-20")):
        person(name, born)
    with ours():
        assert set(turning(75, on=on)) == {soon, edge}
        assert coming_birthdays(on=on)[75] == 2
