"""Who stands on a list: the law's amount or more, nobody twice, errors that name row and field."""

from __future__ import annotations

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations
from ansinh.emergency.models import AidLine
from ansinh.emergency.sheet import read_rows
from ansinh.emergency.tests.factories import act, add, brought, relief, rice
from ansinh.imports.reading.files import open_pasted
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db


def test_a_line_keeps_what_is_asked_and_what_the_law_said():
    (line,) = add(relief(), rice())
    assert (line.rice_kg, line.amount_vnd, line.article) == (120, 0, "Điều 12 NĐ 335/2026/NĐ-CP")
    assert line.subject == "T:tran van lut|thon dong|"


def test_more_than_the_law_may_be_asked_where_it_says_at_least_and_never_less():
    made = relief()
    (line,) = add(made, rice("Lê A", kind="injury", treatment_days=4, amount_vnd=6_000_000))
    assert (line.amount_vnd, line.law_vnd) == (6_000_000, 5_400_000)
    with pytest.raises(InvalidInput, match="5.000.000 thấp hơn mức tối thiểu 5.400.000"):
        add(made, rice("Lê B", kind="injury", treatment_days=4, amount_vnd=5_000_000))
    with pytest.raises(InvalidInput, match="mức cố định"):
        add(made, rice("Lê C", amount_vnd=1_000))


def test_a_household_stands_once_for_the_same_thing_whoever_asks():
    made, home = relief(), household(poverty="poor")
    wife, man = person("Vũ Thị Vợ", household=home), person("Vũ Văn Chồng", "1948-02-02", household=home)
    add(made, rice(person=wife))
    with pytest.raises(AlreadyDone, match="Vũ Văn Chồng đã có trong danh sách"):
        add(made, rice(person=man))
    add(made, rice(person=wife, kind="housing_total", hardship="poor"))
    with pytest.raises(AlreadyDone):
        add(made, rice(person=man, kind="housing_heavy", hardship="poor"))
    add(made, rice(person=man, kind="injury", treatment_days=3), rice(person=wife, kind="injury", treatment_days=3))


def test_the_same_name_in_the_same_village_needs_a_year_of_birth_or_a_word_of_the_officer():
    made = relief()
    add(made, rice())
    with pytest.raises(InvalidInput, match="cùng tên, cùng thôn"):
        add(made, rice("trần văn lụt", born_text="1960"))
    add(made, rice(born_text="1960", is_other=True))
    add(made, rice(village_name="Thôn Đoài"))


def test_a_number_that_the_register_knows_is_that_person():
    known = person("Ngô Văn Sổ", "1950-05-05", personal_number="034050001234")
    (line,) = add(relief(), rice("", personal_number="034050001234"))
    assert (line.person, line.recipient, line.born_text) == (known, "Ngô Văn Sổ", "05/05/1950")


def test_what_the_register_knows_of_a_household_need_not_be_typed():
    made, home = relief(), household(poverty="near_poor")
    who = person("Vũ Thị Vợ", household=home)
    person("Vũ Văn Chồng", "1948-02-02", household=home)
    (line,) = add(made, rice(person=who, persons=None))
    assert (line.persons, line.rice_kg) == (2, 60)
    (line,) = add(made, rice(person=who, kind="housing_heavy"))
    assert (line.hardship, line.amount_vnd) == ("near_poor", 20_000_000)


def test_an_error_names_its_row_and_nothing_is_kept():
    made = relief()
    with pytest.raises(InvalidInput, match=r"Dòng 3 \(Lê Văn Hai\).*không quá 03 tháng"):
        add(made, rice(row=2), rice("Lê Văn Hai", months=9, row=3))
    with as_post(post(), on=DAY):
        assert AidLine.objects.count() == 0


def test_gifts_and_relief_do_not_stand_on_one_list_and_goods_are_named():
    made = relief()
    with pytest.raises(InvalidInput, match="không thuộc loại đợt này"):
        add(made, rice(kind="gift"))
    with pytest.raises(InvalidInput, match="nhu yếu phẩm đề nghị"):
        add(made, rice(kind="essential_goods"))


def test_only_who_makes_lists_adds_and_only_while_it_is_made():
    with pytest.raises(NotAllowed):
        add(relief(), rice(), by=post(Role.ACCOUNTANT))
    with pytest.raises(NotAllowed, match="danh sách bổ sung"):
        add(brought("submitted"), rice("Người Muộn"))


def test_who_is_left_out_stays_readable_and_frees_the_place():
    made = brought("listing")
    by = post()
    with as_post(by, on=DAY):
        line = made.lines.get()
        with pytest.raises(InvalidInput, match="lý do"):
            operations.leave_out(line=line, note=" ", by=by, now=NOW)
        operations.leave_out(line=line, note="Không thuộc diện", by=by, now=NOW)
        with pytest.raises(MoveNotAllowed, match="Trần Văn Lụt"):
            operations.leave_out(line=line, note="lần nữa", by=by, now=NOW)
    add(made, rice())
    with as_post(by, on=DAY), pytest.raises(AlreadyDone):
        operations.put_back(line=line, by=by, now=NOW)
    other = brought("listing", rice("Lê Thị Lại"), made=made)
    with as_post(by, on=DAY):
        line = other.lines.get(recipient="Lê Thị Lại")
        operations.leave_out(line=line, note="nhầm", by=by, now=NOW)
        assert operations.put_back(line=line, by=by, now=NOW).state == "listed"
        assert [step.act for step in line.steps.order_by("id")] == ["leave_out", "put_back"]


def test_nobody_is_left_out_of_a_list_that_was_sent():
    made = brought("submitted")
    by = post()
    with as_post(by, on=DAY), pytest.raises(NotAllowed):
        operations.leave_out(line=made.lines.get(), note="muộn", by=by, now=NOW)


HEADINGS = (
    "Thôn, tổ dân phố\tHọ và tên\tNăm sinh\tKhoản đề nghị\tSố người\tSố tháng gạo\tSố ngày điều trị\tHoàn cảnh\tKhông còn chỗ ở"
)


def test_pasted_rows_are_read_with_short_words_and_wrong_cells_named():
    opened = open_pasted(
        f"{HEADINGS}\nThôn Đông\tTrần Thị Gạo\t1960\tgạo\t3\t2\t\t\nThôn Đông\tLê Văn Nhà\t\tmất nhà\t\t\t\tHộ nghèo\tCó"
    )
    made = relief()
    lines = add(made, *read_rows(opened))
    assert [(one.kind, one.rice_kg, one.amount_vnd) for one in lines] == [("rice", 90, 0), ("housing_total", 0, 40_000_000)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Thôn Đông\tTrần Thị Sai\t1960\ttiền\t3\t2\t\t", "Dòng 2, cột “Khoản đề nghị”: ghi “tiền”, cần một trong: Gạo cứu đói"),
        ("Thôn Đông\tTrần Thị Sai\t1960\tgạo\tba\t2\t\t", "Dòng 2, cột “Số người”: ghi “ba”, cần một số nguyên"),
        ("Thôn Đông\t\t1960\tgạo\t3\t2\t\t", "Dòng 2, cột “Họ và tên”: còn trống"),
        ("Thôn Đông\tLê\t1960\tmất nhà\t3\t2\t\tgiàu", "cột “Hoàn cảnh”: ghi “giàu”, cần nghèo"),
        ("Thôn Đông\tLê\t1960\tmất nhà\t3\t2\t\tnghèo\tthuê", "cột “Không còn chỗ ở”: ghi “thuê”, cần có hoặc không"),
    ],
)
def test_a_wrong_cell_is_named_with_what_was_found_and_expected(row, words):
    with pytest.raises(InvalidInput, match=words):
        read_rows(open_pasted(f"{HEADINGS}\n{row}"))


def test_a_sheet_without_our_headings_is_refused():
    with pytest.raises(InvalidInput, match="Không thấy hàng tiêu đề"):
        read_rows(open_pasted("Tên\tTiền\nA\t1"))
    assert act("review", brought("listing")).state == "reviewed"


def test_a_relocation_names_the_paper_that_ordered_it_and_the_line_keeps_what_was_asked():
    made = relief()
    with pytest.raises(InvalidInput, match="quyết định di dời") as told:
        add(made, rice(kind="housing_relocation"))
    assert told.value.field == "note"
    (line,) = add(made, rice(kind="housing_relocation", note="QĐ 12/QĐ-UBND ngày 09/11/2026"))
    assert line.amount_vnd == 30_000_000
    (line,) = add(made, rice("Lê Thị Xa", kind="injury", treatment_days=4, away=True))
    with as_post(post(), on=DAY):
        line.refresh_from_db()
    assert (line.away, line.without_home) == (True, True)
