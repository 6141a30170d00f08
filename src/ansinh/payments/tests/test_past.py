"""Payments made before this system kept lists: under their own months, subtracted from arrears, apart from every run here."""

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.entitlements.tests.factories import grant
from ansinh.imports import operations as lists
from ansinh.kernel.errors import InvalidInput
from ansinh.payments import operations
from ansinh.payments.models import BudgetSource, PaymentLine, PaymentList
from ansinh.payments.operations.past import months_of
from ansinh.payments.queries.settling import settlement
from ansinh.people.tests.factories import person

HEADING = (
    "STT", "Mã đối tượng/Số sổ", "Họ và tên", "Năm sinh", "Thôn", "Số quyết định", "Hệ số", "Số tiền tháng này", "Truy lĩnh", "Thu hồi",
    "Tổng số tiền", "Truy lĩnh cho các tháng", "Thu hồi cho các tháng", "Ký nhận",
)  # fmt: skip
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def desk(db):
    officer = post()
    with as_post(officer, on=DAY):
        yield officer


@pytest.fixture
def entry(desk):
    """1,080,000 a month from July, decided in November: nobody knows yet what was paid."""
    return grant(
        person("Trần Văn Bính", "1950-10-20"), "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000, law_code="ND335.5.6",
        months_from=date(2026, 7, 1), signed=at(2026, 11, 10),
    )  # fmt: skip


def row_of(entry, *, month="1.000.000", arrears="", recovery="", total=None, arrears_months="", recovery_months=""):
    known = entry.person
    return ["1", known.code, known.full_name, "1950", "Đông", "12/QĐ", "2", month, arrears, recovery, total or month, arrears_months,
            recovery_months, ""]  # fmt: skip


def take(desk, *rows, month=SEPTEMBER):
    text = "\n".join("\t".join(row) for row in (HEADING, *rows))
    return lists.take_paste(text=text, layout="payments.past", unit=commune(), month=month, by=desk, now=NOW)


def commit(batch, desk):
    return lists.commit_batch(batch=batch, by=desk, now=NOW)


def said(batch):
    return " ".join(problem["message"] for row in batch.rows.all() for problem in row.problems)


def proposed(entry, month=date(2026, 12, 1)):
    run = operations.prepare_run(benefit_month=month, units=[entry.unit], by=None, now=NOW)
    return {(line.kind, line.benefit_month): line.amount_vnd for line in run.lists.get().lines.all()}


def test_what_was_paid_is_subtracted_from_the_arrears(desk, entry):
    assert proposed(entry)["arrears", SEPTEMBER] == 1_080_000
    commit(take(desk, row_of(entry)), desk)

    lines = proposed(entry)
    assert lines["arrears", SEPTEMBER] == 80_000
    assert lines["arrears", date(2026, 8, 1)] == 1_080_000


def test_a_line_stands_under_its_month_as_paid(desk, entry):
    done = commit(take(desk, row_of(entry)), desk)
    line = PaymentLine.objects.get()

    assert (line.kind, line.state, line.benefit_month, line.amount_vnd, line.entitlement) == (
        "past",
        "paid",
        SEPTEMBER,
        1_000_000,
        entry,
    )
    assert (line.person_name, line.decision_number, line.list.state) == ("Trần Văn Bính", "12/QĐ", "settled")
    assert done.result["items"] == 1


def test_arrears_in_an_old_list_go_to_the_months_they_were_for(desk, entry):
    row = row_of(entry, arrears="1.000.000", total="2.000.000", arrears_months="từ 07/2026 đến 08/2026")
    commit(take(desk, row), desk)
    lines = proposed(entry)

    assert [lines["arrears", date(2026, m, 1)] for m in (7, 8, 9)] == [580_000, 580_000, 80_000]


def test_a_recovery_stands_under_its_month_and_is_not_paid_again_by_itself(desk, entry):
    commit(take(desk, row_of(entry, recovery="200.000", total="800.000", recovery_months="08/2026")), desk)

    assert PaymentLine.objects.get(kind="recovery").amount_vnd == -200_000
    assert proposed(entry)["arrears", date(2026, 8, 1)] == 1_080_000


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"arrears": "500.000", "total": "1.500.000"}, "chưa rõ cho các tháng nào"),
        ({"arrears": "500.000", "total": "1.500.000", "arrears_months": "10/2026"}, "trước tháng 09/2026"),
        ({"arrears": "500.001", "total": "1.500.001", "arrears_months": "07/2026, 08/2026"}, "không chia đều"),
        ({"total": "900.000"}, "Tổng không bằng"),
        ({"month": "0", "total": "0"}, "không có số tiền"),
    ],
)
def test_a_row_that_cannot_be_right_is_an_error(desk, entry, changed, message):
    batch = take(desk, row_of(entry, **changed))

    assert message in said(batch)
    assert batch.rows.get().state == "problem"


def test_somebody_without_an_entry_waits_for_the_decision(desk):
    known = person("Vũ Thị Chín", "1950-10-20")
    batch = take(desk, ["1", known.code, known.full_name, "1950", "", "", "", "500.000", "", "", "500.000", "", "", ""])

    assert "chưa có dòng sổ hưởng" in said(batch)


def test_somebody_unknown_is_an_error(desk):
    batch = take(desk, ["1", "", "Không Có Ai", "1950", "", "", "", "500.000", "", "", "500.000", "", "", ""])

    assert "Không tìm thấy" in said(batch)


def test_a_list_without_a_month_is_an_error(desk, entry):
    batch = take(desk, row_of(entry), month=None)
    batch.refresh_from_db()

    assert [problem["kind"] for problem in batch.problems] == ["month"]
    with pytest.raises(InvalidInput, match="chưa rõ danh sách tính theo tháng nào"):
        lists.commit_batch(batch=batch, by=desk, now=NOW)


def test_the_month_above_the_table_is_the_lists(desk, entry):
    text = "DANH SÁCH CHI TRẢ THÁNG 9/2026\n" + "\n".join("\t".join(row) for row in (HEADING, row_of(entry)))
    batch = lists.take_paste(text=text, layout="payments.past", unit=commune(), month=None, by=desk, now=NOW)

    assert batch.month == SEPTEMBER


def test_a_month_that_has_not_come_is_an_error(desk, entry):
    assert "chưa tới" in said(take(desk, row_of(entry), month=date(2027, 1, 1)))


def test_a_month_with_a_list_of_this_system_is_closed_to_old_ones(desk, entry):
    operations.prepare_run(benefit_month=SEPTEMBER, units=[entry.unit], by=None, now=NOW)

    assert "đã có danh sách chi trả" in said(take(desk, row_of(entry)))


def test_the_same_month_is_not_taken_in_twice(desk, entry):
    commit(take(desk, row_of(entry)), desk)

    assert "Đã có dòng chi tháng 09/2026" in said(take(desk, row_of(entry)))


def test_a_second_file_of_the_month_joins_the_first(desk, entry):
    other = grant(person("Vũ Thị Chín", "1950-10-21"), "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000,
                  months_from=date(2026, 7, 1), signed=at(2026, 11, 10))  # fmt: skip
    commit(take(desk, row_of(entry)), desk)
    commit(take(desk, row_of(other)), desk)

    assert (PaymentList.objects.count(), PaymentLine.objects.count()) == (1, 2)


def test_old_lists_do_not_make_months_owed_to_people_who_are_not_on_them(desk, entry):
    commit(take(desk, row_of(entry)), desk)
    other = grant(person("Vũ Thị Chín", "1950-10-21"), "DISABLED_SEVERE", coefficient=200, standard_vnd=540_000,
                  months_from=date(2026, 7, 1), signed=at(2026, 7, 10))  # fmt: skip
    run = operations.prepare_run(benefit_month=date(2026, 12, 1), units=[other.unit], by=None, now=NOW)

    assert set(run.lists.get().lines.filter(person=other.person).values_list("kind", flat=True)) == {"regular"}


def test_proposing_the_month_again_leaves_old_lines_alone(desk, entry):
    commit(take(desk, row_of(entry)), desk)
    operations.prepare_run(benefit_month=SEPTEMBER, units=[entry.unit], by=None, now=NOW)

    assert PaymentLine.objects.get().kind == "past"


def test_old_money_is_in_no_settlement(desk, entry, as_maintenance):
    with as_maintenance():
        BudgetSource.objects.create(code="NS-THU", name="Ngân sách thử")
    commit(take(desk, row_of(entry)), desk)

    assert [balance.paid_vnd for balance in settlement(entry.unit, SEPTEMBER)] == [0] * BudgetSource.objects.count()


def test_a_refused_commit_leaves_no_line(desk, entry):
    batch = take(desk, row_of(entry), row_of(entry, total="5"))

    with pytest.raises(InvalidInput):
        commit(batch, desk)
    assert (PaymentLine.objects.count(), PaymentList.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("text", "months"),
    [("07/2026", [7]), ("7/2026, 8/2026", [7, 8]), ("từ tháng 7/2026 đến tháng 9/2026", [7, 8, 9]), ("07/2026-08/2026", [7, 8]),
     ("tháng 13/2026", []), ("quý 3", []), ("", []), ("07/2026 hoặc 08/2026", [])],
)  # fmt: skip
def test_months_as_officers_type_them(text, months):
    assert months_of(text) == [date(2026, month, 1) for month in months]
