"""Body, place, number, date and signature as the decree writes them, each as of the paper's day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, Post, Role
from ansinh.access.tests.factories import QUYNH_PHU, make_user
from ansinh.documents.letterhead import letterhead, office_on, signing, title_in_one_line

pytestmark = pytest.mark.django_db


def body(code: str) -> Office:
    return Office.objects.select_related("unit", "parent").get(code=code)


def head(code: str, *, on: date = date(2026, 11, 20), number: int | None = None, dated_on: date | None = None) -> dict:
    return letterhead(office=body(code), symbol="QĐ", number=number, dated_on=dated_on, on=on)


def seat(role: str, title: str, office: str = f"UBND-{QUYNH_PHU}", *, is_deputy: bool = False) -> Post:
    return Post.objects.create(
        code=f"thu-{title}", office=body(office), role=role, title=title, is_deputy=is_deputy, user=make_user(f"u {title}"),
        period=DateRange(date(2025, 7, 1), None),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 1, 5), "ngày 05 tháng 01 năm 2027"),
        (date(2027, 2, 28), "ngày 28 tháng 02 năm 2027"),
        (date(2027, 3, 1), "ngày 01 tháng 3 năm 2027"),
        (date(2027, 11, 10), "ngày 10 tháng 11 năm 2027"),
    ],
)
def test_small_days_and_the_first_two_months_take_a_zero(day, written):
    assert head(f"UBND-{QUYNH_PHU}", number=9, dated_on=day)["ngay"] == written


def test_a_committee_has_no_line_above_it_and_the_place_is_its_own():
    found = head(f"UBND-{QUYNH_PHU}", number=9)
    assert (found["co_quan_cap_tren"], found["co_quan"]) == ("", "ỦY BAN NHÂN DÂN\nXÃ QUỲNH PHỤ")
    assert (found["dia_danh"], found["so_ky_hieu"]) == ("Quỳnh Phụ", "09/QĐ-UBND")


def test_a_department_stands_under_the_committee_of_the_province_and_writes_its_name():
    found = head("SYT", number=12)
    assert found["co_quan_cap_tren"] == "ỦY BAN NHÂN DÂN\nTỈNH HƯNG YÊN" and found["co_quan"] == "SỞ Y TẾ"
    assert (found["dia_danh"], found["so_ky_hieu"]) == ("Hưng Yên", "12/QĐ-SYT")


def test_a_body_is_that_of_the_paper_s_day():
    assert office_on(body("SYT"), date(2025, 5, 1)).code in ("SYT-TB", "SYT-HYC")
    assert office_on(body("SLDTBXH-TB"), date(2026, 1, 1)).code == "SYT"
    assert office_on(body("SYT"), date(2026, 1, 1)).code == "SYT"
    assert "LAO ĐỘNG" in letterhead(
        office=body("SYT-TB"), symbol="QĐ", number=1, dated_on=date(2024, 6, 3), on=date(2026, 11, 20)
    )["co_quan"]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "title", "is_deputy", "collective", "lines"),
    [
        (Role.COMMUNE_CHAIRMAN, "Chủ tịch UBND", False, False, ["CHỦ TỊCH"]),
        (Role.COMMUNE_CHAIRMAN, "Phó Chủ tịch UBND", False, False, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Role.COMMUNE_CHAIRMAN, "Ông Phó", True, False, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Role.COMMUNE_CHAIRMAN, "Quyền Chủ tịch UBND", False, False, ["Q. CHỦ TỊCH"]),
        (Role.COMMUNE_CHAIRMAN, "Chủ tịch UBND", False, True, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (Role.COMMUNE_CHAIRMAN, "Phó Chủ tịch UBND", True, True, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Role.COMMUNE_HEAD, "Trưởng phòng VH-XH", False, False, ["TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"]),
        (
            Role.COMMUNE_HEAD,
            "Phó Trưởng phòng VH-XH",
            True,
            False,
            ["TL. CHỦ TỊCH", "KT. TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI", "PHÓ TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"],
        ),
    ],
)
def test_authority_is_written_by_who_signs(role, title, is_deputy, collective, lines):
    assert signing(seat(role, title, is_deputy=is_deputy), collective=collective) == lines


def test_a_mandate_is_written_tuq_for_the_head_of_the_body():
    lines = signing(seat(Role.COMMUNE_HEAD, "Trưởng phòng VH-XH"), collective=True, by_mandate=True)
    assert lines == ["TM. ỦY BAN NHÂN DÂN", "TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"]
    assert title_in_one_line(lines[1:]) == "TUQ. Chủ tịch, Trưởng phòng Văn hóa - Xã hội"
    assert signing(seat(Role.DIVISION_HEAD, "Trưởng phòng", "BTXH"), by_mandate=True)[0] == "TUQ. GIÁM ĐỐC"


def test_a_deputy_director_signs_for_the_director():
    lines = signing(seat(Role.DEPARTMENT_LEADER, "Phó Giám đốc", "SYT"))
    assert lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert title_in_one_line(lines) == "KT. Giám đốc, Phó Giám đốc"
