"""The payer's file as layout 1.4, the signing sheet, and the answer in the same file."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from ansinh.access.tests.factories import at
from ansinh.entitlements.tests.factories import grant
from ansinh.files.queries import read
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.payments import operations
from ansinh.payments.exports import PAYER_COLUMNS, SIGNING_COLUMNS, rows_of, signing_pdf
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.rendering.words import money_in_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, SEP = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
ANSWERED = at(2026, 7, 15)


def answer(handover, data, now=ANSWERED):
    return operations.take_return(handover=handover, data=data, filename="kq.xlsx", by=month.officer(), now=now)


def cells(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def test_the_file_adds_up_in_figures_and_in_words_and_holds_no_category():
    entry = grant(person("Nguyễn Thị Tư"))
    grant(person("Lê Văn Ba"), "K6_DISABILITY", coefficient=200, benefit="monthly_allowance")
    month.paid(JUL)
    month.decide(entry, "adjust", JUL, recorded=at(2026, 7, 10), amount_vnd=540_000)
    handover = month.handed_over(AUG).handovers.get()
    rows = cells(read(handover.file))
    head = next(n for n, row in enumerate(rows) if "Mã dòng" in row)
    place = {name: n for n, name in enumerate(rows[head])}
    people = [row for row in rows[head + 1 :] if str(row[0]).startswith("CT")]
    total = place["Tổng số tiền"]
    assert [row[place["Họ và tên"]] for row in people] == ["Lê Văn Ba", "Nguyễn Thị Tư"]
    tu = people[1]
    assert [tu[place[n]] for n in ("Số tiền tháng này", "Truy lĩnh", "Tổng số tiền", "Cho tháng")] == [
        540_000, 40_000, 580_000, "07–08/2026",
    ]  # fmt: skip
    whole = [row for row in rows if "Tổng cộng" in row]
    assert whole[-1][total] == sum(row[total] for row in people) == handover.total_vnd == 1_580_000
    text = " ".join(str(value) for row in rows for value in row)
    assert money_in_words(1_580_000) in text
    assert "NGƯỜI LẬP BIỂU" in text and "CHỦ TỊCH" in text
    for word in ("khuyết tật", "hưu trí", "K6_DISABILITY", "SOCIAL_PENSION"):
        assert word.lower() not in text.lower()


def test_no_column_of_the_papers_is_about_a_category():
    assert not {column.key for column in (*PAYER_COLUMNS, *SIGNING_COLUMNS)} & {"category", "benefit", "law_code"}


def test_a_person_is_one_row_whose_code_is_the_first_line_of_the_month():
    grant(person("Vũ Thị Xa"))
    month.paid(JUL, absent={"Vũ Thị Xa"})
    handover = month.handed_over(AUG).handovers.get()
    (code,) = rows_of(handover.lines.order_by("id"))
    assert PaymentLine.objects.get(code=code).kind == "regular"
    answer(handover, month.filled(handover), at(2026, 8, 15))
    assert set(handover.lines.values_list("state", flat=True)) == {"paid"}


def test_the_signing_sheet_is_a_pdf_of_the_same_rows():
    grant(person())
    found = month.handed_over(JUL)
    assert signing_pdf(found, found.lines.all(), method="Tiền mặt").startswith(b"%PDF-")


def test_a_method_without_payer_stops_the_hand_over():
    grant(person())
    found = month.closed(JUL)
    with pytest.raises(InvalidInput, match="chưa có tổ chức chi trả"):
        operations.hand_over(payment_list=found, by=month.officer(), now=at(2026, 6, 23))


def test_good_rows_are_taken_and_each_bad_one_is_said_in_the_same_file():
    names = ("Bùi Văn An", "Cao Thị Bé", "Đào Văn Cả", "Hồ Thị Dần")
    for name in names:
        grant(person(name))
    handover = month.handed_over(JUL).handovers.get()

    def spoil(row, place):
        name = row[place["Họ và tên"] - 1].value
        if name == "Bùi Văn An":
            row[place["Tổng số tiền"] - 1].value = 400_000
        if name == "Cao Thị Bé":
            row[0].value = "CT99999999"
        if name == "Đào Văn Cả":
            row[place["Lý do chưa nhận"] - 1].value = "Vắng nhà"

    returned = answer(handover, month.filled(handover, change=spoil))
    assert returned.taken == 1 and handover.lines.get(state="paid").person_name == "Hồ Thị Dần"
    assert len([p for p in returned.problems if p["level"] == "error"]) == 3, returned.problems
    told = " ".join(
        str(c.value) for row in openpyxl.load_workbook(BytesIO(read(returned.answer))).active.iter_rows() for c in row
    )
    assert "không có trong danh sách đã chuyển" in told and "Số tiền khác danh sách" in told
    again = answer(handover, month.filled(handover))
    assert again.taken == 3 and again.problems == []


def test_sending_the_same_answer_twice_changes_nothing():
    grant(person())
    handover = month.handed_over(JUL).handovers.get()
    data = month.filled(handover)
    assert (answer(handover, data).taken, answer(handover, data).taken) == (1, 0)


def test_a_day_of_receipt_lies_not_ahead():
    grant(person())
    handover = month.handed_over(JUL).handovers.get()

    def tomorrow(row, place):
        row[place["Ngày nhận"] - 1].value = date(2026, 7, 16)

    returned = answer(handover, month.filled(handover, change=tomorrow))
    assert returned.taken == 0 and "ở sau ngày" in returned.problems[0]["message"]


def test_a_row_whose_sum_cannot_be_read_is_not_taken():
    grant(person())
    handover = month.handed_over(JUL).handovers.get()

    def spoil(row, place):
        row[place["Tổng số tiền"] - 1].value = "năm trăm"

    assert answer(handover, month.filled(handover, change=spoil)).taken == 0


def test_no_answer_is_taken_once_the_list_is_reconciled():
    grant(person())
    found = month.paid(JUL)
    with pytest.raises(MoveNotAllowed):
        answer(found.handovers.get(), b"")


def test_a_stopped_line_leaves_the_rest_of_the_row_payable():
    who = grant(person("Vũ Thị Xa")).person
    month.paid(JUL, absent={who.full_name})
    found = month.handed_over(AUG)
    line = found.lines.get(kind="regular")
    asked = operations.request_stop(line=line, reason="Đã mất 30/07", by=month.officer(), now=at(2026, 8, 1))
    with pytest.raises(AlreadyDone):
        operations.request_stop(line=line, reason="Lần nữa", by=month.officer(), now=at(2026, 8, 1))
    operations.acknowledge_stop(request=asked, stopped=True, note="", by=month.payer(), now=at(2026, 8, 2))
    answer(found.handovers.get(), month.filled(found.handovers.get()), at(2026, 8, 15))
    assert month.rows(found) == [
        ("Vũ Thị Xa", "carried", 7, 500_000, "paid"), ("Vũ Thị Xa", "regular", 8, 500_000, "held"),
    ]  # fmt: skip


def test_a_stop_is_asked_only_of_lines_at_the_payer_and_not_answered():
    grant(person())
    line = month.closed(JUL).lines.get()
    with pytest.raises(MoveNotAllowed):
        operations.request_stop(line=line, reason="Đã mất", by=month.officer(), now=at(2026, 6, 22))


def test_the_minutes_tell_lines_and_sum_and_are_kept_as_printed():
    grant(person("Vũ Thị Giao"))
    handover = month.handed_over(JUL).handovers.get()
    made = operations.print_minutes(handover=handover, by=month.officer(), on=date(2026, 6, 23), now=at(2026, 6, 23))
    said = "\n".join(one.text for one in Document(BytesIO(read(made.word))).paragraphs)
    assert "BIÊN BẢN" in said and f"mã {handover.code}" in said and "Số dòng: 1." in said
    assert "500.000 đồng (Năm trăm nghìn đồng)" in said and "Vũ Thị Giao" not in said and handover.file.sha256[:16] in said
    with pytest.raises(NotAllowed):
        operations.print_minutes(handover=handover, by=month.clerk(), on=date(2026, 6, 23), now=at(2026, 6, 23))
