"""People who stand in the register twice: found with stated weights, judged with a reason, never asked again, taken apart."""

from __future__ import annotations

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.jobs.models import Job
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed
from ansinh.people import background, operations
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.queries.duplicates import in_words, moves_of
from ansinh.people.queries.matching import MatchRow, match
from ansinh.people.queries.resemblance import shares
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in
from ansinh.people.workflow import DUPLICATE

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "034150001234", "034150005678"


@pytest.fixture(autouse=True)
def looking_behind(as_maintenance, settings):
    settings.ANSINH_TODAY = NOW.date()
    with as_maintenance():
        yield


def looked(*units) -> int:
    return operations.find_duplicates(units=units or [commune()], by=None, now=NOW)


def pairs() -> set[tuple[str, str]]:
    return {(pair.first.full_name, pair.second.full_name) for pair in DuplicatePair.objects.filter(state="open")}


def twice(**known) -> DuplicatePair:
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER)
    person("Nguyễn Thị Tư", "1950-03-08", **known)
    looked()
    return DuplicatePair.objects.get()


def test_same_name_and_birthday_in_one_commune_is_very_likely_one():
    pair = twice()
    assert set(pair.agreements) == {"name", "birth", "commune", "number_missing"} and pair.per_mille >= shares().sure
    assert pair.unit == commune() and pair.state == "open"


@pytest.mark.parametrize(
    ("name", "born", "known", "told"),
    [
        ("Nguyễn Thị Tứ", "1950-03-08", {"telephone": "0912345678"}, {"name_marks", "birth", "commune", "telephone"}),
        ("Nguyễn Tư Thị", "1950-03-08", {"telephone": "0912345678"}, {"name_order", "birth", "commune", "telephone"}),
        ("Nguyễn Tư", "1950-03-08", {"telephone": "0912345678"}, {"name_part", "birth", "commune", "telephone"}),
        ("Nguyễn Thi Tưu", "1950-03-08", {"telephone": "0912345678"}, {"name_letter", "birth", "commune", "telephone"}),
        ("Nguyễn Thị Tư", "1950", {"payment_book": "SL-7"}, {"name", "birth_year", "commune", "book"}),
        ("Nguyễn Thị Tư", "1950-08-03", {"payment_book": "SL-7"}, {"name", "birth_turned", "commune", "book"}),
        ("Nguyễn Thị Tư", "1951-03-08", {"payment_book": "SL-7"}, {"name", "birth_near", "commune", "book"}),
    ],
)
def test_what_agrees_is_told(name, born, known, told):
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, **known)
    person(name, born, **known)
    looked()
    assert set(DuplicatePair.objects.get().agreements) == told | {"number_missing"}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("034150001243", "number_near"),  # two digits turned
        ("034150001734", "number_near"),  # one digit wrong
        ("034050007777", "number_unfit"),  # the number of a man
    ],
)
def test_two_numbers_do_not_hide_a_double(number, told):
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, payment_book="SL-7")
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=number, payment_book="SL-7")
    assert looked() == 1
    assert told in DuplicatePair.objects.get().agreements


def test_an_old_number_finds_a_pair_with_another_name():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, old_number="150123456")
    person("Nguyễn Thị Tư (Sáu)", "1950-03-08", old_number="150123456")
    looked()
    assert "number" in DuplicatePair.objects.get().agreements


@pytest.mark.parametrize(
    "second",
    [
        {"name": "Nguyễn Thị Tư", "born": "1950-03-08", "personal_number": OTHER},  # two numbers that fit, nothing else in common
        {"name": "Nguyễn Thị Tư", "born": "1961-03-08"},  # a name is common
        {"name": "Lê Văn Ba", "born": "1950-03-08"},  # a birthday is common
    ],
)
def test_who_is_likely_two_people_is_not_asked_about(second):
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER)
    person(**second)
    assert looked() == 0


def test_twins_and_a_son_named_as_his_father_are_not_asked_about():
    house = household()
    for name, number in (("Nguyễn Văn An", "034050001234"), ("Nguyễn Văn Anh", "034050001235")):
        person(name, "1950-03-08", sex="male", personal_number=number, household=house, telephone="0912345678")
    for name in ("Lê Thị Hoa", "Lê Thị Huệ"):  # too young for numbers
        person(name, "2026-03-08", household=house)
    person("Nguyễn Văn An", "1978-05-06", sex="male", household=house, telephone="0912345678")
    assert looked() == 0


def test_the_same_household_and_mother_speak_for_one():
    house = household()
    rows = [person("Nguyễn Thị Tư", "1950", household=house) for _ in range(2)]
    for one in rows:
        operations.record_relative(
            person=one, kind="mother", name="Trần Thị Mẹ", known=None, since=None, source="thử", by=post(), now=NOW
        )
    looked()
    assert {"household", "relative"} <= set(DuplicatePair.objects.get().agreements)


def test_a_pair_of_two_communes_is_the_provinces_to_judge():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, telephone="0912345678")
    person("Nguyễn Thị Tư", "1950-03-08", unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"), telephone="0912345678")
    assert looked() == 0
    assert looked(commune(), commune(THAI_BINH)) == 1
    assert DuplicatePair.objects.get().unit is None
    assert "Nguyễn Thị Tư" not in signed_in().get("/nguoi/trung/").text.split('id="rows"')[1]
    assert "Nguyễn Thị Tư" in signed_in(Role.DIVISION_OFFICER, office="BTXH").get("/nguoi/trung/").text.split('id="rows"')[1]


def test_what_was_judged_is_never_asked_again_and_what_no_longer_agrees_goes():
    pair = twice()
    operations.judge_apart(pair=pair, note="Hai chị em họ, đã gặp cả hai.", by=post(), now=NOW)
    assert looked() == 0 and pairs() == set()
    person("Lê Văn Ba", "1948-01-02")
    third = person("Lê Văn Ba", "1948-01-02")
    assert looked() == 1
    operations.correct_identity(person=third, changes={"full_name": "Phạm Văn Khác"}, source="CCCD", by=post(), now=NOW)
    assert looked() == 0 and pairs() == set()
    assert DuplicatePair.objects.get().state == "apart"


def test_who_was_corrected_since_is_asked_about_again_and_only_then():
    pair = twice()
    operations.judge_apart(pair=pair, note="Hai chị em họ.", by=post(), now=NOW)
    operations.correct_identity(person=pair.second, changes={"telephone": "0912345678"}, source="gọi", by=post(), now=NOW)
    assert looked() == 0  # somebody corrected something, but it says no more than before
    operations.correct_identity(person=pair.first, changes={"telephone": "0912345678"}, source="gọi", by=post(), now=NOW)
    assert looked() == 1
    pair.refresh_from_db()
    assert pair.state == "open" and pair.note == "Hai chị em họ." and "telephone" in pair.agreements
    assert Entry.objects.filter(act="ask_anew", key=pair.code).exists()
    operations.judge_apart(pair=pair, note="Vẫn là hai.", by=post(), now=NOW)
    assert looked() == 0


def test_a_pair_follows_its_people_to_another_commune():
    pair = twice(telephone="0912345678")
    operations.correct_identity(person=pair.first, changes={"telephone": "0912345678"}, source="gọi", by=post(), now=NOW)
    operations.move_across(person=pair.second, unit=commune(THAI_BINH), since=NOW.date(), source="thử", by=post(), now=NOW)
    looked(commune(), commune(THAI_BINH))
    found = DuplicatePair.objects.filter(state="open").first()
    assert found is None or (found.unit is None and "commune_far" in found.agreements)


def test_same_keeps_both_rows_and_part_takes_them_apart_again():
    pair = twice()
    double = pair.second
    operations.judge_same(pair=pair, keep=pair.first, note="Cùng ảnh, cùng con.", by=post(), now=NOW)
    double.refresh_from_db()
    assert double.same_as == pair.first and looked() == 0
    pair.refresh_from_db()
    with pytest.raises(MoveNotAllowed):
        operations.judge_apart(pair=pair, note="x", by=post(), now=NOW)
    operations.part(pair=pair, note="Nhầm: hai người thật.", by=post(), now=NOW)
    double.refresh_from_db()
    pair.refresh_from_db()
    assert double.same_as is None and pair.state == "apart" and looked() == 0
    operations.look_again(pair=pair, note="Có giấy tờ mới", by=post(), now=NOW)
    pair.refresh_from_db()
    assert pair.state == "open"


def test_an_officer_names_a_pair_that_no_key_finds():
    one, other = person("Nguyễn Thị Tư", "1950-03-08"), person("Trần Thị Bảy", "1952-01-09")
    pair = operations.name_pair(person=other, other=one, reason="Cùng ảnh", by=post(), now=NOW)
    assert (pair.first, pair.second, pair.state, pair.note) == (one, other, "open", "Cùng ảnh") and pair.per_mille == 0
    assert looked() == 0 and operations.name_pair(person=one, other=other, reason="x", by=post(), now=NOW) == pair
    operations.judge_apart(pair=pair, note="Chị em", by=post(), now=NOW)
    assert operations.name_pair(person=one, other=other, reason="Giấy tờ mới", by=post(), now=NOW).state == "open"
    operations.judge_same(pair=pair, keep=one, note="Cùng ảnh", by=post(), now=NOW)
    with pytest.raises(AlreadyDone):
        operations.name_pair(person=one, other=other, reason="x", by=post(), now=NOW)
    for wrong in ({"other": one, "reason": "x"}, {"other": person("Người Thứ Ba"), "reason": " "}):
        with pytest.raises(InvalidInput):
            operations.name_pair(person=one, by=post(), now=NOW, **wrong)


def test_what_was_put_together_is_taken_apart_from_the_person_too():
    pair = twice()
    operations.judge_same(pair=pair, keep=pair.first, note="Một người", by=post(), now=NOW)
    operations.take_apart(person=Person.objects.get(pk=pair.second_id), reason="Hai người", by=post(), now=NOW)
    pair.refresh_from_db()
    assert pair.state == "apart" and not Person.objects.filter(same_as__isnull=False).exists()


def test_two_numbers_are_put_together_only_by_who_saw_the_paper():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, payment_book="SL-7")
    double = person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001243", payment_book="SL-7")
    looked()
    pair = DuplicatePair.objects.get()
    with pytest.raises(InvalidInput, match="hai số định danh"):
        operations.judge_same(pair=pair, keep=pair.first, note="Một người", by=post(), now=NOW)
    operations.judge_same(pair=pair, keep=pair.first, note="Một người", numbers_checked=True, by=post(), now=NOW)
    double.refresh_from_db()
    assert double.same_as == pair.first and double.personal_number == "034150001243"
    row = MatchRow(1, "Người Khác", None, "day", "034150001243", commune().pk)
    assert [one.person_id for one in match([row], units=[commune().pk])[1]] == [
        pair.first_id
    ]  # a list with the wrong number finds the kept
    operations.part(pair=pair, note="Nhầm", by=post(), now=NOW)
    assert not pair.first.other_numbers.exists()


def test_a_commune_compares_its_own_register():
    twice()
    DuplicatePair.objects.all().delete()
    person("Nguyễn Thị Tư", "1950-03-08", unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"))
    with as_post(post(), on=NOW.date()):
        assert operations.find_duplicates(units=[commune()], by=post(), now=NOW) == 1
        assert operations.find_duplicates(units=[commune()], by=post(), now=NOW) == 0


def test_the_table_of_moves():
    assert {move.act for move in DUPLICATE.moves} == {"judge_same", "judge_apart", "part", "look_again", "ask_anew"}
    pair = twice()
    assert {move.act for move in moves_of(pair, Role.COMMUNE_OFFICER)} == {"judge_same", "judge_apart"}
    assert moves_of(pair, Role.ACCOUNTANT) == []
    for act in (operations.part, operations.look_again):
        with pytest.raises(MoveNotAllowed):
            act(pair=pair, note="x", by=post(), now=NOW)


def test_a_judgement_needs_its_reason_and_one_of_the_two_to_keep():
    pair = twice()
    with pytest.raises(InvalidInput, match="vì sao"):
        operations.judge_apart(pair=pair, note=" ", by=post(), now=NOW)
    with pytest.raises(InvalidInput, match="một trong hai"):
        operations.judge_same(pair=pair, keep=person("Người Thứ Ba"), note="x", by=post(), now=NOW)
    operations.mark_as_same(person=pair.second, other=pair.first, reason="x", by=post(), now=NOW)
    with pytest.raises(AlreadyDone):
        operations.judge_same(pair=pair, keep=pair.first, note="x", by=post(), now=NOW)


def test_the_heaviest_word_stands_first():
    assert [weight for _, weight in in_words({"sex_far": -6, "name": 11, "birth": 13, "of an older version": 1})] == [13, 11, -6]


@pytest.mark.usefixtures("looking_behind")
def test_every_night_the_whole_register_is_compared():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER)
    person("Nguyễn Thị Tư", "1950-03-08")
    background.ask_by_night(now=NOW)
    job = Job.objects.get(kind="find_duplicates")
    assert job.asked_by is None and {commune().id, commune(THAI_BINH).id} <= set(job.arguments["units"])


def test_the_list_filters_and_starts_the_look(settings):
    twice()
    officer = signed_in()
    text = officer.get("/nguoi/trung/").text
    assert "Nguyễn Thị Tư" in text and "Trùng họ tên" in text
    assert "Không có cặp" in officer.get("/nguoi/trung/?trang_thai=apart").text
    assert officer.get("/nguoi/trung/?xuat=xlsx").headers["Content-Type"].startswith("application/vnd.openxml")
    answer = officer.post("/nguoi/trung/tim/")
    assert "/cong-viec/" in answer.url and Job.objects.filter(kind="find_duplicates").count() == 1
    assert signed_in(Role.CLERK).get("/nguoi/trung/").status_code == 403
