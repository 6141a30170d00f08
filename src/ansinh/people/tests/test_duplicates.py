"""People who stand in the register twice: found with stated weights, judged with a reason, never asked again, taken apart."""

from __future__ import annotations

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.jobs.models import Job
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed
from ansinh.people import operations
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.queries.duplicates import SHOWN, SURE, WEIGHTS, in_words, likely, moves_of
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
    assert set(pair.agreements) == {"name", "birth", "commune"} and pair.per_mille >= SURE
    assert pair.unit == commune() and pair.state == "open"


@pytest.mark.parametrize(
    ("name", "born", "known", "told"),
    [
        ("Nguyễn Thị Tứ", "1950-03-08", {"telephone": "0912345678"}, {"name", "birth", "commune", "telephone"}),
        ("Nguyễn Thị Tu Em", "1950-03-08", {"telephone": "0912345678"}, {"name_near", "birth", "commune", "telephone"}),
        ("Nguyễn Thị Tư", "1950", {"payment_book": "SL-7"}, {"name", "birth_year", "commune", "book"}),
        ("Nguyễn Thị Tư", "1950-08-03", {"payment_book": "SL-7"}, {"name", "birth_turned", "commune", "book"}),
    ],
)
def test_what_agrees_is_told(name, born, known, told):
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, **known)
    person(name, born, **known)
    looked()
    assert set(DuplicatePair.objects.get().agreements) == told


def test_an_old_number_finds_a_pair_with_another_name():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER, old_number="150123456")
    person("Nguyễn Thị Tư (Sáu)", "1950-03-08", old_number="150123456")
    looked()
    assert "number" in DuplicatePair.objects.get().agreements


@pytest.mark.parametrize(
    "second",
    [
        {"name": "Nguyễn Thị Tư", "born": "1950-03-08", "personal_number": OTHER},  # two numbers: two people
        {"name": "Nguyễn Thị Tư", "born": "1961-03-08"},  # a name is common
        {"name": "Lê Văn Ba", "born": "1950-03-08"},  # a birthday is common
        {"name": "Nguyễn Thị Tư", "born": "1950-03-08", "sex": "male"},
    ],
)
def test_who_is_likely_two_people_is_not_asked_about(second):
    person("Nguyễn Thị Tư", "1950-03-08", personal_number=NUMBER)
    person(**second)
    looked()
    found = DuplicatePair.objects.first()
    assert found is None or (second.get("sex") == "male" and found.per_mille < SURE)


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


def test_the_acts_of_the_person_page_answer_the_pair_too():
    pair = twice()
    operations.put_together(person=pair.second, other=pair.first, reason="Một người", by=post(), now=NOW)
    pair.refresh_from_db()
    assert pair.state == "same"
    operations.take_apart(person=Person.objects.get(pk=pair.second_id), reason="Hai người", by=post(), now=NOW)
    pair.refresh_from_db()
    assert pair.state == "apart" and not Person.objects.filter(same_as__isnull=False).exists()


def test_the_table_of_moves():
    assert {move.act for move in DUPLICATE.moves} == {"judge_same", "judge_apart", "part", "look_again"}
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


def test_every_weight_moves_the_odds_by_a_factor_of_two():
    assert likely(("name", "commune")) < SHOWN < likely(("name", "birth")) < SURE < likely(("name", "birth", "commune"))
    assert likely(()) == 0
    assert in_words(["birth", "name", "sex_far"])[0][1] == WEIGHTS["birth"][1]


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
