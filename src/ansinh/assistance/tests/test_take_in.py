"""A list taken in: rows read, people looked for, the law asked; the register stays as it was."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, post
from ansinh.assistance.tests.lists import ADJUSTMENT, CHANGES, END, ENROLMENT, describe, messages, newcomer, only, take
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.imports import operations, queries
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit, Village
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.usefixtures("desk")
DISABLED = {"category": "DISABLED_SEVERE", "law_code": "ND335.5.6", "coefficient": 150, "standard_vnd": 540_000}


def test_a_good_row_is_ready_and_nothing_is_written(as_maintenance):
    batch = take(ENROLMENT, newcomer())

    assert (only(batch).state, only(batch).problems) == ("ready", [])
    assert only(batch).result["reading"]["amount_vnd"] == 1_080_000
    with as_maintenance():
        assert [model.objects.count() for model in (Person, Village, Decision, Entitlement)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("changed", "said", "state"),
    [
        ({"Số CCCD": "34050000124"}, "034050000124", "problem"),
        ({"Ngày sinh": "20/13/1990"}, "không có tháng 13", "problem"),
        ({"Ngày sinh": "20/10/2090"}, "ở sau ngày", "problem"),
        ({"Nơi thường trú": "xã Bắc Sơn"}, "không thuộc Xã Quỳnh Phụ", "problem"),
        ({"Đối tượng": "hộ neo đơn"}, "Không rõ", "problem"),
        ({"Mức trợ giúp": "812.000"}, "không bằng hệ số", "problem"),
        ({"Mức trợ giúp": "720.000", "Hệ số": "2"}, "Luật nói khác: mức 720.000 theo mức chuẩn 360.000", "ready"),
        ({"Hệ số": "3", "Mức trợ giúp": "1.620.000"}, "Luật nói khác: hệ số 3", "ready"),
        ({"Mức trợ giúp": "-1.080.000"}, "không bằng hệ số", "problem"),
        ({"Mức trợ giúp": "1.080"}, "", "problem"),
        ({"Thời điểm hưởng": "1/1990"}, "Tháng 01/1990 ở ngoài khoảng ghi được: từ tháng 01/2015", "problem"),
        ({"Thời điểm hưởng": "11/2062"}, "đến tháng 11/2027", "problem"),
    ],
)
def test_what_is_wrong_is_said_beside_the_row(changed, said, state):
    row = only(take(ENROLMENT, newcomer(**changed)))

    assert said in messages(row)
    assert row.state == state


def test_one_month_mistyped_stops_no_other_row():
    batch = take(ENROLMENT, newcomer(), newcomer("Lê Thị Na", **{"Số CCCD": "", "Thời điểm hưởng": "1/1990"}))

    assert [row.state for row in batch.rows.order_by("number")] == ["ready", "problem"]


def test_rows_where_the_law_says_otherwise_are_a_list_of_their_own():
    batch = take(ENROLMENT, newcomer(), newcomer("Lê Thị Na", **{"Số CCCD": "", "Hệ số": "3", "Mức trợ giúp": "1.620.000"}))

    assert [row.raw["name"] for row in queries.law_differs(batch.rows.all())] == ["Lê Thị Na"]


def test_a_list_without_months_takes_the_month_it_was_taken_in_for():
    batch = take(ENROLMENT, newcomer(**{"Thời điểm hưởng": ""}), month=date(2026, 12, 1))

    assert only(batch).state == "ready"


def test_a_month_missing_everywhere_is_said_once_and_given_once(desk):
    batch = take(ENROLMENT, *(newcomer(f"Trần Văn {n}", **{"Số CCCD": "", "Thời điểm hưởng": ""}) for n in ("Ba", "Tư", "Năm")))
    batch.refresh_from_db()

    assert [problem["message"].split(",")[0] for problem in batch.problems] == ["Không dòng nào ghi “Thời điểm hưởng”"]
    assert {messages(row) for row in batch.rows.all()} == {""}
    describe(batch, desk)
    with pytest.raises(InvalidInput, match="chưa rõ danh sách tính theo tháng nào"):
        operations.commit_batch(batch=batch, by=desk, now=NOW)

    batch = operations.set_month(batch=batch, month=date(2026, 12, 1), by=desk, now=NOW)

    assert batch.problems == []
    assert [row.result["reading"]["amount_vnd"] for row in batch.rows.all()] == [1_080_000] * 3
    operations.commit_batch(batch=batch, by=desk, now=NOW)


def test_a_month_missing_in_one_row_is_said_in_that_row():
    batch = take(ENROLMENT, newcomer(), newcomer("Lê Văn Tư", **{"Số CCCD": "", "Thời điểm hưởng": ""}))
    batch.refresh_from_db()

    assert batch.problems == []
    assert ["Thiếu “Thời điểm hưởng”" in messages(row) for row in batch.rows.all()] == [False, True]


def test_an_equal_number_is_the_person_without_asking():
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")

    assert only(take(ENROLMENT, newcomer())).person_key == known.id


def test_an_equal_number_with_another_name_is_said():
    person("Đặng Thị Khác", "1950-10-20", personal_number="034050000124")

    assert "họ tên trong danh sách khác" in messages(only(take(ENROLMENT, newcomer())))


def test_an_equal_name_and_birth_waits_for_the_officer():
    known = person("Trần Văn Bính", "1950-10-20")
    row = only(take(ENROLMENT, newcomer(**{"Số CCCD": ""})))

    assert (row.state, row.person_key) == ("unsure", None)
    assert [(c["person_id"], c["sure"]) for c in row.candidates] == [(known.id, False)]


def test_two_people_of_one_name_are_both_shown_and_none_is_chosen():
    people = {person("Trần Văn Bính", "1950-10-20").id, person("Trần Văn Bính", "1950-10-20").id}
    row = only(take(ENROLMENT, newcomer(**{"Số CCCD": ""})))

    assert (row.state, row.person_key) == ("unsure", None)
    assert {c["person_id"] for c in row.candidates} == people


def test_a_namesake_elsewhere_is_masked_and_stops_nothing():
    other = Unit.objects.get(code="13225", level=3, period__endswith=None)
    person("Trần Văn Bính", "1950-10-20", unit=other, by=post(office="UBND-13225"))
    row = only(take(ENROLMENT, newcomer(**{"Số CCCD": ""})))

    assert (row.state, row.is_new) == ("ready", True)
    assert row.candidates[0]["name"] != "Trần Văn Bính"
    assert row.candidates[0]["code"] == ""


def test_a_number_that_lives_elsewhere_must_move_first():
    other = Unit.objects.get(code="13225", level=3, period__endswith=None)
    person("Trần Văn Bính", "1950-10-20", unit=other, by=post(office="UBND-13225"), personal_number="034050000124")
    row = only(take(ENROLMENT, newcomer()))

    assert row.state == "problem"
    assert "chuyển nơi cư trú" in messages(row)


def test_one_person_twice_in_a_list_is_refused_on_the_later_row():
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    batch = take(CHANGES, ["1", known.code, known.full_name, "1950", "đi", "01/11/2026", ""],
                 ["2", "", known.full_name, "1950", "về", "02/11/2026", ""])  # fmt: skip
    first, second = batch.rows.all()

    assert (first.state, second.state) == ("ready", "unsure")


def test_somebody_who_receives_already_is_not_enrolled_again():
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    entry = grant(known, **DISABLED)

    assert f"dòng sổ hưởng {entry.code}" in messages(only(take(ENROLMENT, newcomer())))


def test_nobody_is_enrolled_after_their_death(desk):
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    people.record_death(person=known, died_on=date(2026, 10, 2), source="thử", by=desk, now=NOW)

    assert "đã ghi là mất" in messages(only(take(ENROLMENT, newcomer())))


def _adjusted(**changed):
    row = dict(zip(ADJUSTMENT, ("1", "Trần Văn Bính", "20/10/1950", "Đông", "Quỳnh Phụ", "NKT nặng", "1,5", "810.000",
                                "NKT đặc biệt nặng", "2", "1.080.000", "01/12/2026"), strict=True))  # fmt: skip
    return list({**row, **changed}.values())


def test_an_adjustment_names_its_entry_and_says_when_the_amount_before_differs():
    entry = grant(person("Trần Văn Bính", "1950-10-20"), **DISABLED)
    row = only(take(ADJUSTMENT, _adjusted(**{"Mức trợ giúp hàng tháng trước khi điều chỉnh": "800.000"})))

    assert row.state == "unsure"
    assert "Chưa có trong sổ hưởng" not in messages(row)
    assert row.candidates[0]["person_id"] == entry.person_id


def test_an_adjustment_of_nobody_known_is_taken_in_with_a_word():
    row = only(take(ADJUSTMENT, _adjusted()))

    assert (row.state, "Chưa có trong sổ hưởng" in messages(row)) == ("ready", True)


def test_an_end_of_somebody_unknown_is_an_error():
    row = only(take(END, ["1", "Không Có Ai", "1950", "", "NKT nặng", "chết", "01/11/2026", "12/2026"]))

    assert (row.state, "Không tìm thấy" in messages(row)) == ("problem", True)


def test_an_end_before_the_start_is_an_error():
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    grant(known, **DISABLED, months_from=date(2026, 11, 1))
    row = only(take(END, ["1", known.full_name, "1950", "034050000124", "", "chuyển đi", "01/11/2026", "10/2026"]))

    assert "không có dòng sổ hưởng nào đang chạy" in messages(row)


@pytest.mark.parametrize(
    ("text", "change"),
    [("mới", "new"), ("Chết", "died"), ("mat", "died"), ("đã về", "back"), ("đi làm xa", "away"), ("điều chỉnh", None), ("vang mat", "away"),
     ("mất sức lao động", None), ("mắt kém", None)],
)  # fmt: skip
def test_what_a_village_head_means(text, change):
    row = only(take(CHANGES, ["1", "", "Trần Văn Bính", "1950", text, "01/11/2026", ""]))

    assert row.result["change"] == change


def test_a_code_on_the_sheet_is_the_person():
    known = person("Trần Văn Bính", "1950-10-20")
    person("Trần Văn Bính", "1950-10-20")

    assert only(take(CHANGES, ["1", known.code, "Trần Văn Bính", "1950", "chết", "01/11/2026", ""])).person_key == known.id


def test_questions_to_the_database_do_not_grow_with_the_rows(django_assert_max_num_queries):
    rows = [
        newcomer(f"Trần Văn {chr(65 + n % 26)}a", **{"Số CCCD": "", "Ngày sinh": f"{n % 28 + 1}/10/19{50 + n % 40}"})
        for n in range(120)
    ]
    with django_assert_max_num_queries(32):
        take(ENROLMENT, *rows)
