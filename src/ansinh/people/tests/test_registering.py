"""Someone is written down, corrected, found to have other names and numbers."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.people import operations
from ansinh.people.models import Person
from ansinh.people.numbers import number_errors, number_warnings
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
NUMBER = "034150000123"


def correct(someone, **changes):
    return operations.correct_identity(person=someone, changes=changes, source="giấy khai sinh", by=post(), now=NOW)


def newcomer(**known):
    return operations.register_person(
        newcomer=operations.Newcomer(**{"full_name": "Vũ Thị Mơ", **known}), unit=commune(), village=None, since=None,
        source="thử", by=post(), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("number", ["03415000012", "0341500001234", "03415000012a", "", "034 150 000 123"])
def test_a_personal_number_has_twelve_digits(number):
    assert number_errors(number)


@pytest.mark.parametrize(
    ("sex", "born", "said"),
    [
        ("male", date(1950, 1, 1), "nữ"),
        ("female", date(1951, 1, 1), "1950"),
        ("female", date(1950, 1, 1), None),
        ("unknown", date(1950, 1, 1), None),
    ],
)
def test_what_the_digits_say_is_a_warning_only(sex, born, said):
    found = number_warnings("034150000123", sex=sex, born_on=born)
    assert (said is None and found == []) or said in found[0]


def test_a_number_that_is_none_is_refused(as_maintenance):
    with as_maintenance(), pytest.raises(InvalidInput, match="12 chữ số"):
        newcomer(personal_number="123")


def test_two_people_never_share_a_number_even_across_communes(as_maintenance):
    person(personal_number=NUMBER, unit=commune(THAI_BINH))
    with as_maintenance(), pytest.raises(InvalidInput, match="xã khác"):
        newcomer(personal_number=NUMBER)


def test_two_people_of_the_same_name_and_birth_stay_two(as_maintenance):
    first, second = person("Vũ Thị Mơ", "1950"), person("Vũ Thị Mơ", "1950")
    with as_maintenance():
        assert first.code != second.code
        assert Person.objects.filter(name_folded="vu thi mo", same_as__isnull=True).count() == 2


def test_someone_without_a_number_has_a_temporary_one():
    someone = person()
    assert someone.temporary_number == f"T-{someone.code}"
    assert person("Lê Văn Số", personal_number=NUMBER).temporary_number == ""


def test_a_name_is_kept_whole_and_sorted_by_the_given_name(as_maintenance):
    with as_maintenance():
        someone = newcomer(full_name="  Tôn  Nữ Thị Ngọc   Ánh ")
    assert (someone.full_name, someone.sort_key) == ("Tôn Nữ Thị Ngọc Ánh", "anh ton nu thi ngoc")


def test_a_birth_to_come_is_refused(as_maintenance):
    with as_maintenance(), pytest.raises(InvalidInput, match="chưa tới"):
        newcomer(born_on=date(2027, 1, 1))


def test_the_old_name_and_number_stay_as_other_ones(as_maintenance):
    someone = person("Vũ Thị Mơ", personal_number=NUMBER)
    with as_maintenance():
        someone = correct(someone, full_name="Vũ Thị Mỡ", personal_number="034150000999")
        assert [other.name for other in someone.other_names.all()] == ["Vũ Thị Mơ"]
        assert [(o.kind, o.number) for o in someone.other_numbers.all()] == [("old_personal", NUMBER)]
        assert Person.objects.get(pk=someone.pk).name_folded == "vu thi mo"


def test_the_journal_keeps_what_was_corrected(as_maintenance):
    someone = person(born="1950-03-08")
    with as_maintenance():
        correct(someone, born_on=date(1951, 3, 8), telephone="0900000000")
        detail = Entry.objects.order_by("-id").first().detail
    assert detail["was"] == {"born_on": "1950-03-08"}
    assert detail["fields"] == ["born_on", "telephone"]


def test_a_correction_of_nothing_is_told(as_maintenance):
    someone = person(born="1950-03-08")
    with as_maintenance(), pytest.raises(AlreadyDone):
        correct(someone, born_on=date(1950, 3, 8))


def test_only_identity_can_be_corrected(as_maintenance):
    someone = person()
    with as_maintenance(), pytest.raises(AlreadyDone):
        correct(someone, died_on=date(2026, 1, 1), unit_id=1)


def test_a_birth_after_the_recorded_death_is_refused(as_maintenance):
    someone = person(born="1950-03-08")
    with as_maintenance():
        operations.record_death(person=someone, died_on=date(1990, 1, 1), source="khai tử", by=post(), now=NOW)
        with pytest.raises(InvalidInput, match="trước ngày sinh"):
            correct(someone, born_on=date(1995, 1, 1))


def test_a_corrected_birth_withdraws_the_ruling_it_no_longer_allows(as_maintenance):
    someone = person(born="1946")
    with as_maintenance():
        operations.rule_on_birth(person=someone, born_on=date(1946, 7, 1), evidence="sổ hộ khẩu cũ", by=post(), now=NOW)
        someone = correct(someone, born_on=date(1947, 1, 1))
        assert not someone.birth_rulings.exists()
        assert Entry.objects.order_by("-id").first().detail["rulings"] == [{"born_on": "1946-07-01", "evidence": "sổ hộ khẩu cũ"}]


def test_a_correction_that_leaves_the_birth_leaves_the_ruling(as_maintenance):
    someone = person(born="1946")
    with as_maintenance():
        operations.rule_on_birth(person=someone, born_on=date(1946, 7, 1), evidence="sổ hộ khẩu cũ", by=post(), now=NOW)
        someone = correct(someone, telephone="0900000000")
        assert someone.birth_rulings.count() == 1


@pytest.mark.parametrize(("born", "ruled"), [("1946", date(1947, 1, 1)), ("1946-05", date(1946, 6, 1))])
def test_a_ruling_stays_inside_what_is_known(as_maintenance, born, ruled):
    someone = person(born=born)
    with as_maintenance(), pytest.raises(InvalidInput, match="phải nằm trong"):
        operations.rule_on_birth(person=someone, born_on=ruled, evidence="sổ", by=post(), now=NOW)


def test_a_known_day_leaves_nothing_to_rule_on(as_maintenance):
    someone = person(born="1946-05-06")
    with as_maintenance(), pytest.raises(AlreadyDone):
        operations.rule_on_birth(person=someone, born_on=date(1946, 5, 6), evidence="sổ", by=post(), now=NOW)


def test_an_old_number_has_nine_digits_and_is_written_once(as_maintenance):
    someone = person()
    add = {"person": someone, "kind": "cmnd", "source": "thẻ cũ", "by": post(), "now": NOW}
    with as_maintenance():
        assert operations.add_other_number(number="151 234 567", **add).number == "151234567"
        with pytest.raises(AlreadyDone):
            operations.add_other_number(number="151234567", **add)
        with pytest.raises(InvalidInput, match="9 chữ số"):
            operations.add_other_number(number="1512345", **add)


def test_another_name_is_written_once(as_maintenance):
    someone = person("Vũ Thị Mơ")
    add = {"person": someone, "source": "thử", "by": post(), "now": NOW}
    with as_maintenance():
        operations.add_other_name(name="bà Tý", **add)
        for again in ("Bà Tý", "Vũ Thị Mơ"):
            with pytest.raises(AlreadyDone):
                operations.add_other_name(name=again, **add)


def test_a_double_leaves_the_lists_and_comes_back(as_maintenance):
    kept, double = person("Vũ Thị Mơ", personal_number=NUMBER), person("Vũ Thị Mơ")
    with as_maintenance():
        operations.mark_as_same(person=double, other=kept, reason="cùng sổ lĩnh tiền", by=post(), now=NOW)
        double.refresh_from_db()
        assert double.same_as == kept
        operations.undo_same(person=double, reason="hai chị em", by=post(), now=NOW)
        double.refresh_from_db()
        assert double.same_as is None


def test_people_with_two_numbers_are_not_said_to_be_one(as_maintenance):
    first, second = person(personal_number=NUMBER), person(personal_number="034150000999")
    with as_maintenance(), pytest.raises(InvalidInput, match="hai số định danh"):
        operations.mark_as_same(person=first, other=second, reason="nhầm", by=post(), now=NOW)


def test_nobody_is_the_double_of_themselves_or_of_a_double(as_maintenance):
    first, second, third = person(), person(), person()
    with as_maintenance():
        operations.mark_as_same(person=first, other=second, reason="trùng", by=post(), now=NOW)
        for one, other in ((second, second), (third, first)):
            with pytest.raises(InvalidInput):
                operations.mark_as_same(person=one, other=other, reason="trùng", by=post(), now=NOW)


def test_a_death_is_recorded_once_and_undone_with_a_reason(as_maintenance):
    someone = person(born="1950-03-08")
    death = {"person": someone, "source": "trích lục số 3", "by": post(), "now": NOW}
    with as_maintenance():
        for day in (date(2026, 11, 21), date(1950, 3, 7)):
            with pytest.raises(InvalidInput):
                operations.record_death(died_on=day, **death)
        operations.record_death(died_on=date(2026, 11, 20), **death)
        with pytest.raises(AlreadyDone):
            operations.record_death(died_on=date(2026, 11, 19), **death)
        with pytest.raises(InvalidInput, match="lý do"):
            operations.undo_death(person=someone, reason=" ", by=post(), now=NOW)
        assert operations.undo_death(person=someone, reason="ghi nhầm người", by=post(), now=NOW).died_on is None
        assert Entry.objects.order_by("-id").first().detail["was"] == "2026-11-20"
