"""A checked list brought into the register: whole or not at all, as decisions in the ledger."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW
from ansinh.assistance.tests.lists import ADJUSTMENT, CHANGES, END, ENROLMENT, describe, messages, newcomer, only, take
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.imports import operations, queries
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.usefixtures("desk")
DISABLED = {"category": "DISABLED_SEVERE", "law_code": "ND335.5.6", "coefficient": 150, "standard_vnd": 540_000}
BROKEN = newcomer("Lê Thị Na", **{"Số CCCD": "034150000999", "Giới tính": "Nữ", "Ngày sinh": "31/02/1950"})


def commit(batch, by):
    return operations.commit_batch(batch=batch, by=by, now=NOW)


def test_a_clean_list_becomes_one_decision_with_an_entry_a_row(desk):
    batch = take(ENROLMENT, newcomer(), newcomer("Lê Thị Na", **{"Số CCCD": "034150000999", "Giới tính": "Nữ"}))
    describe(batch, desk)
    done = commit(batch, desk)

    decision = Decision.objects.get()
    assert (decision.number, decision.origin, decision.state, decision.batch_key) == (
        "215/QĐ-UBND",
        "imported",
        "signed",
        batch.id,
    )
    assert sorted(Entitlement.objects.values_list("person__full_name", "amount_vnd", "months__startswith")) == [
        ("Lê Thị Na", 1_080_000, date(2026, 12, 1)),
        ("Trần Văn Bính", 1_080_000, date(2026, 12, 1)),
    ]
    assert (done.state, done.result["rows"]) == ("committed", 2)


def test_a_newcomer_keeps_what_the_list_says_of_them(desk):
    batch = take(ENROLMENT, newcomer(**{"Ngày sinh": "1950", "Nơi thường trú": "Thôn Đông, xã Quỳnh Hồng"}))
    describe(batch, desk)
    commit(batch, desk)

    known = Person.objects.get()
    assert (known.birth_precision, known.village.name, known.personal_number) == ("year", "Thôn Đông", "034050000124")


def test_one_bad_row_keeps_the_whole_list_out(desk):
    batch = take(ENROLMENT, newcomer(), BROKEN)
    describe(batch, desk)

    with pytest.raises(InvalidInput, match="1 dòng có lỗi"):
        commit(batch, desk)
    assert (Person.objects.count(), Decision.objects.count()) == (0, 0)


def test_a_failure_in_the_middle_leaves_nothing(desk, monkeypatch):
    from ansinh.entitlements import operations as ledger

    def breaks(**_):
        raise InvalidInput("đứt giữa chừng")

    batch = take(ENROLMENT, newcomer())
    describe(batch, desk)
    monkeypatch.setattr(ledger, "record_decision", breaks)
    with pytest.raises(InvalidInput, match="đứt"):
        commit(batch, desk)

    batch.refresh_from_db()
    assert (Person.objects.count(), Decision.objects.count(), batch.state) == (0, 0, "checked")


def test_bad_rows_wait_with_their_reason_while_the_rest_goes_in_and_join_the_same_decision_later(desk):
    batch = take(ENROLMENT, newcomer(), BROKEN)
    describe(batch, desk)
    operations.set_aside(rows=[batch.rows.get(state="problem")], reason="Chờ giấy khai sinh", by=desk, now=NOW)
    commit(batch, desk)

    waiting = queries.waiting_rows().get()
    assert (waiting.set_aside_reason, Entitlement.objects.count()) == ("Chờ giấy khai sinh", 1)

    mended = operations.correct_row(row=waiting, cells={"born": "28/02/1950"}, by=desk, now=NOW)
    assert mended.state == "ready"
    assert queries.waiting_rows().count() == 1, "mended but not yet in the register: it still waits"
    commit(batch, desk)

    assert (queries.waiting_rows().count(), Entitlement.objects.count(), Decision.objects.count()) == (0, 2, 1)
    assert list(Decision.objects.get().items.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_row_mended_badly_can_be_mended_again_after_the_rest_went_in(desk):
    batch = take(ENROLMENT, newcomer(), BROKEN)
    describe(batch, desk)
    operations.set_aside(rows=[batch.rows.get(state="problem")], reason="Chờ", by=desk, now=NOW)
    commit(batch, desk)
    again = operations.correct_row(row=queries.waiting_rows().get(), cells={"born": "40/02/1950"}, by=desk, now=NOW)

    assert again.state == "problem"
    assert operations.correct_row(row=again, cells={"born": "1950"}, by=desk, now=NOW).state == "ready"


def test_setting_aside_needs_a_reason(desk):
    with pytest.raises(InvalidInput, match="lý do"):
        operations.set_aside(rows=[only(take(ENROLMENT, BROKEN))], reason=" ", by=desk, now=NOW)


def test_a_row_brought_back_is_read_again(desk):
    row = only(take(ENROLMENT, BROKEN))
    operations.set_aside(rows=[row], reason="Chờ", by=desk, now=NOW)

    assert operations.bring_back(row=row, by=desk, now=NOW).state == "problem"


def test_a_dropped_row_stays_readable_and_out(desk):
    row = operations.drop_row(row=only(take(ENROLMENT, BROKEN)), reason="Ghi nhầm", by=desk, now=NOW)

    assert (row.state, row.raw["name"], queries.waiting_rows().count()) == ("dropped", "Lê Thị Na", 0)


def test_a_discarded_list_is_closed(desk):
    batch = take(ENROLMENT, newcomer())
    operations.discard_batch(batch=batch, by=desk, now=NOW)

    with pytest.raises(MoveNotAllowed):
        commit(batch, desk)
    with pytest.raises(MoveNotAllowed, match="không còn mở"):
        operations.correct_row(row=only(batch), cells={}, by=desk, now=NOW)


def test_a_list_without_its_paper_is_not_committed(desk):
    with pytest.raises(InvalidInput, match="số, ngày và người ký"):
        commit(take(ENROLMENT, newcomer()), desk)


def test_a_paper_signed_in_the_future_is_refused(desk):
    with pytest.raises(InvalidInput, match="chưa tới"):
        operations.describe_paper(
            batch=take(ENROLMENT, newcomer()), number="1", signed_on=date(2026, 12, 1), signer_name="A", signer_title="B",
            by=desk, now=NOW,
        )  # fmt: skip


def test_committing_twice_does_nothing_twice(desk):
    batch = take(ENROLMENT, newcomer())
    describe(batch, desk)
    commit(batch, desk)

    with pytest.raises(InvalidInput, match="Không còn dòng"):
        commit(batch, desk)
    assert Entitlement.objects.count() == 1


def test_the_officer_says_who_it_is(desk):
    known = person("Trần Văn Bính", "1950-10-20")
    batch = take(ENROLMENT, newcomer(**{"Số CCCD": ""}))
    describe(batch, desk)
    with pytest.raises(InvalidInput, match="1 dòng cần chọn người"):
        commit(batch, desk)
    assert operations.choose_people(batch=batch, choices={only(batch).number: known.id}, by=desk, now=NOW) == 1
    commit(batch, desk)

    assert (Entitlement.objects.get().person_id, Person.objects.count()) == (known.id, 1)


def test_the_officer_says_that_it_is_somebody_new(desk):
    person("Trần Văn Bính", "1950-10-20")
    batch = take(ENROLMENT, newcomer(**{"Số CCCD": ""}))
    describe(batch, desk)
    operations.choose_person(row=only(batch), person_key=None, by=desk, now=NOW)
    commit(batch, desk)

    assert Person.objects.count() == 2


def test_nobody_outside_the_candidates_can_be_chosen(desk):
    person("Trần Văn Bính", "1950-10-20")
    stranger = person("Vũ Thị Lạ", "1960-01-01")

    with pytest.raises(InvalidInput, match="không có trong danh sách gợi ý"):
        operations.choose_person(row=only(take(ENROLMENT, newcomer(**{"Số CCCD": ""}))), person_key=stranger.id, by=desk, now=NOW)


def test_a_choice_falls_when_the_row_names_somebody_else(desk):
    known = person("Trần Văn Bính", "1950-10-20")
    person("Trần Văn Ba", "1950-10-20")
    row = only(take(ENROLMENT, newcomer(**{"Số CCCD": ""})))
    row = operations.choose_person(row=row, person_key=known.id, by=desk, now=NOW)
    row = operations.correct_row(row=row, cells={"name": "Trần Văn Ba"}, by=desk, now=NOW)

    assert (row.state, row.person_key) == ("unsure", None)


def test_an_end_cannot_be_about_somebody_new(desk):
    grant(person("Trần Văn Bính", "1950-10-20"), **DISABLED)
    row = only(take(END, ["1", "Trần Văn Bính", "1950", "", "", "chuyển đi", "01/11/2026", "12/2026"]))

    with pytest.raises(InvalidInput, match="đã có trong sổ"):
        operations.choose_person(row=row, person_key=None, by=desk, now=NOW)


def test_two_rows_mended_into_one_person_are_refused(desk):
    known = person("Trần Văn Bính", "1950-10-20", personal_number="034050000124")
    batch = take(ENROLMENT, newcomer(), newcomer("Trần Văn Bình", **{"Số CCCD": "", "Ngày sinh": "01/01/1951"}))
    second = batch.rows.order_by("number").last()
    second = operations.correct_row(row=second, cells={"personal_number": known.personal_number}, by=desk, now=NOW)

    assert (second.state, "cùng là một người" in messages(second) or "là cùng một người" in messages(second)) == ("problem", True)


def test_the_register_moved_on_and_the_list_is_checked_again(desk):
    batch = take(ENROLMENT, newcomer())
    describe(batch, desk)
    grant(person("Trần Văn Bính", "1950-10-20", personal_number="034050000124"), **DISABLED)
    with pytest.raises(InvalidInput, match="kiểm tra lại"):
        commit(batch, desk)
    operations.recheck_batch(batch=batch, by=desk, now=NOW)

    assert "đang hưởng chế độ này" in messages(only(batch))


def test_an_adjustment_ends_the_old_entry_where_the_new_begins(desk):
    old = grant(person("Trần Văn Bính", "1950-10-20", personal_number="034050000124"), **DISABLED)
    row = ["1", "Trần Văn Bính", "20/10/1950", "Đông", "Quỳnh Côi", "NKT nặng", "1,5", "810.000", "NKT đặc biệt nặng", "2,5",
           "1.350.000", "01/12/2026"]  # fmt: skip
    batch = take(ADJUSTMENT, row)
    operations.choose_person(row=only(batch), person_key=old.person_id, by=desk, now=NOW)
    describe(batch, desk)
    commit(batch, desk)
    old.refresh_from_db()

    assert old.months.upper == date(2026, 12, 1)
    assert Entitlement.objects.get(ended_by=None).amount_vnd == 1_350_000


def test_an_end_stops_the_entry_and_a_death_is_written_down(desk):
    old = grant(person("Trần Văn Bính", "1950-10-20", personal_number="034050000124"), **DISABLED)
    batch = take(END, ["1", "Trần Văn Bính", "1950", "034050000124", "NKT nặng", "chết", "05/11/2026", "tháng 12/2026"])
    describe(batch, desk)
    commit(batch, desk)
    old.refresh_from_db()

    assert old.months.upper == date(2026, 12, 1)
    assert Person.objects.get().died_on == date(2026, 11, 5)


def test_losing_the_capacity_to_work_is_no_death(desk):
    grant(person("Trần Văn Bính", "1950-10-20", personal_number="034050000124"), **DISABLED)
    batch = take(END, ["1", "Trần Văn Bính", "1950", "034050000124", "", "mất sức lao động", "05/11/2026", "12/2026"])
    describe(batch, desk)
    commit(batch, desk)

    assert Person.objects.get().died_on is None


def test_a_villages_sheet_writes_each_change_where_it_belongs_and_moves_no_money(desk):
    people = [person(name, "1950-10-20") for name in ("Trần Văn Ba", "Trần Văn Tư", "Trần Văn Năm")]
    entry = grant(people[0], **DISABLED)
    rows = [["1", people[0].code, "Trần Văn Ba", "1950", "chết", "03/11/2026", ""], ["2", people[1].code, "Trần Văn Tư", "1950", "đi",
            "01/11/2026", "Bình Dương"], ["3", people[2].code, "Trần Văn Năm", "1950", "", "", ""],
            ["4", "", "Vũ Thị Mới", "1947", "mới", "", ""], ["5"]]  # fmt: skip
    batch = take(CHANGES, *rows)
    assert {row.state for row in batch.rows.all()} == {"ready"}
    done = commit(batch, desk)
    entry.refresh_from_db()

    assert done.result["said"] == {"Mới": 1, "Chết": 1, "Đi": 1}
    assert Person.objects.get(pk=people[0].pk).died_on == date(2026, 11, 3)
    assert people[1].circumstances.get(kind="away").detail == "Bình Dương"
    assert Person.objects.filter(full_name="Vũ Thị Mới").exists()
    assert entry.ended_by_id is None


def test_the_acts_are_in_the_journal(desk):
    batch = take(ENROLMENT, newcomer())
    describe(batch, desk)
    commit(batch, desk)
    with as_maintenance():
        acts = set(Entry.objects.filter(noun="batch", key=batch.code).values_list("act", flat=True))

    assert acts >= {"take_list", "describe_paper", "commit_list"}


def test_questions_to_the_database_do_not_grow_with_the_rows_committed(desk, django_assert_max_num_queries):
    def some(count, start):
        return [
            newcomer(
                f"Trần Văn {chr(65 + n % 26)}", **{"Số CCCD": f"0340500{start + n:05d}", "Ngày sinh": f"20/10/{1950 + n % 10}"}
            )
            for n in range(count)
        ]

    for count, start in ((3, 100), (80, 500)):
        batch = take(ENROLMENT, *some(count, start))
        describe(batch, desk, number=f"{start}/QĐ-UBND")
        batch.rows.filter(state="unsure").update(state="ready", is_new=True)
        with django_assert_max_num_queries(60):
            commit(batch, desk)
    assert Entitlement.objects.count() == 83
