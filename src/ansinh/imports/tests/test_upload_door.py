"""Broken files through the door officers use: each ends in a Vietnamese message, none in a traceback, none in part of a list."""

import io
import unicodedata

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from ansinh.access.tests.factories import DAY, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.files.models import StoredFile
from ansinh.imports.models import Batch, Row
from ansinh.imports.tests.building import csv, csv_text, repacked, xls, xlsx
from ansinh.imports.tests.test_broken_files import BROKEN

pytestmark = pytest.mark.django_db
HEADING = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Thôn",
    "Đối tượng",
    "Hệ số",
    "Mức trợ cấp",
    "Thời điểm hưởng",
]
ROW = ["1", "Trần Văn Bính", "20/10/1950", "Nam", "034050000124", "Đông", "NKT nặng", "2", "1.080.000", "12/2026"]
ODD = "\u202e\ufeff"


@pytest.fixture
def door(client, settings):
    """Send a file, or a paste, as the officer of Quỳnh Phụ does."""
    settings.ANSINH_TODAY = DAY
    officer = post()
    client.force_login(officer.user)

    def send(data: bytes = b"", name: str = "danh sach.xlsx", **fields):
        file = {"file": SimpleUploadedFile(name, data)} if data or "pasted" not in fields else {}
        return client.post("/nhap-danh-sach/", {"layout": "", "unit": commune().id, **file, **fields})

    return send


def kept() -> tuple[int, int, int]:
    """Lists, rows and files in the database."""
    with as_maintenance():
        return Batch.objects.count(), Row.objects.count(), StoredFile.objects.count()


def register() -> list[int]:
    """Rows of the register: a list that was only taken in never adds to them."""
    with as_maintenance(), connection.cursor() as cursor:
        counts = []
        for table in ("people_person", "entitlements_decision", "entitlements_entitlement", "localities_village"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts.append(cursor.fetchone()[0])
        return counts


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_in_a_sentence_and_leaves_nothing(door, name):
    answer = door(BROKEN[name][0])

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Traceback" not in page
    assert answer.context["form"].errors, "the officer is told"
    assert all(len(words) > 15 for found in answer.context["form"].errors.values() for words in found)
    assert kept() == (0, 0, 0)


def _one(**changed) -> list[str]:
    return [changed.get(heading, cell) for heading, cell in zip(HEADING, ROW, strict=True)]


def _sheet(*rows) -> bytes:
    return xlsx([HEADING, *rows])


def _merged_in_data() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("A")
        for at, row in enumerate((HEADING, ROW, _one(**{"Số CCCD": "034050000125"}))):
            for column, cell in enumerate(row):
                if (at, column) != (2, 6):
                    page.write_string(at, column, cell)
        page.merge_range(1, 6, 2, 6, "NKT nặng")
    return target.getvalue()


def _windows() -> bytes:
    """Vietnamese of the years before Unicode: marks as signs of their own after the letter."""
    return unicodedata.normalize("NFD", csv_text([HEADING, ROW])).encode("cp1258", "ignore")


def _formulas() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("A")
        for at, row in enumerate((HEADING, ROW)):
            for column, cell in enumerate(row):
                page.write_string(at, column, cell)
        page.write_formula(1, 8, "=2*#REF!", value="#REF!")
    return target.getvalue()


# name: (file, what is said of the row, in which column)
ROWS = {
    "a number without its zero": (_sheet(_one(**{"Số CCCD": "34050000124"})), "034050000124", "Số CCCD/định danh cá nhân"),
    "a number as a float": (_sheet(_one(**{"Số CCCD": 34050000124.0})), "034050000124", "Số CCCD/định danh cá nhân"),
    "letters in a number": (_sheet(_one(**{"Số CCCD": "O34050000124"})), "không phải chữ số", "Số CCCD/định danh cá nhân"),
    "a doubled number": (_sheet(ROW, _one(**{"Họ và tên": "Lê Văn Hai"})), "đã có ở dòng 2", "Số CCCD/định danh cá nhân"),
    "an impossible date": (_sheet(_one(**{"Ngày sinh": "31/02/1950"})), "chỉ có 28 ngày", "Năm sinh"),
    "month and day swapped": (_sheet(_one(**{"Ngày sinh": "10/20/1950"})), "không có tháng 20", "Năm sinh"),
    "a birth to come": (_sheet(_one(**{"Ngày sinh": "01/01/2030"})), "ở sau ngày", "Năm sinh"),
    "a birth in 1650": (_sheet(_one(**{"Ngày sinh": "01/01/1650"})), "không hợp lý", "Năm sinh"),
    "words for a date": (_sheet(_one(**{"Ngày sinh": "không nhớ"})), "không phải là ngày", "Năm sinh"),
    "negative money": (_sheet(_one(**{"Mức trợ cấp": "-1.080.000"})), "không bằng hệ số", "Mức trợ cấp"),
    "zero money": (_sheet(_one(**{"Mức trợ cấp": "0"})), "không bằng hệ số", "Mức trợ cấp"),
    "money that lost its zeros": (_sheet(_one(**{"Mức trợ cấp": 1.08})), "quá nhỏ", "Mức trợ cấp"),
    "words for money": (_sheet(_one(**{"Mức trợ cấp": "trên 1 triệu"})), "không phải là số tiền", "Mức trợ cấp"),
    "endless money": (_sheet(_one(**{"Mức trợ cấp": "9" * 30})), "quá lớn", "Mức trợ cấp"),
    "a coefficient of words": (_sheet(_one(**{"Hệ số": "hai"})), "không phải là hệ số", "Hệ số"),
    "a coefficient of 25": (_sheet(_one(**{"Hệ số": "25"})), "quá lớn", "Hệ số"),
    "no name": (_sheet(_one(**{"Họ và tên": ""})), "Thiếu “Họ và tên”", "Họ và tên"),
    "a number for a name": (_sheet(_one(**{"Họ và tên": "12345"})), "không phải là họ tên", "Họ và tên"),
    "a name without end": (_sheet(_one(**{"Họ và tên": "Trần " * 100})), "quá dài", "Họ và tên"),
    "a formula that failed": (_formulas(), "Công thức trong ô bị lỗi", "Mức trợ cấp"),
    "cells merged over people": (_merged_in_data(), "Thiếu “Đối tượng”", "Đối tượng"),
    "a sex of neither word": (_sheet(_one(**{"Giới tính": "?"})), "không phải là giới tính", "Giới tính"),
    "a month of 2019 only": (_sheet(_one(**{"Thời điểm hưởng": "2019"})), "không phải là tháng", "Thời điểm hưởng"),
    "a cell of 40,000 letters": (csv([HEADING, _one(Thôn="a" * 40_000)]), "quá dài", "Thôn/TDP"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_broken_row_is_said_with_its_number_its_column_and_what_was_expected(door, name):
    data, said, column = ROWS[name]
    answer = door(data)
    assert answer.status_code == 302
    with as_maintenance():
        problems = [problem for row in Row.objects.all() for problem in row.problems]
        states = set(Row.objects.values_list("state", flat=True))

    hit = [problem for problem in problems if said in problem["message"]]
    assert hit, problems
    assert hit[0]["column"] == column
    assert "problem" in states
    assert register() == [0, 0, 0, 0]


HARMLESS = {
    "scripts in a name": (_sheet(_one(**{"Họ và tên": "<script>alert(1)</script> Tư"})), "&lt;script&gt;"),
    "quotes in a name": (_sheet(_one(**{"Họ và tên": "Trần \"Văn\" 'Bính'"})), "&quot;"),
    "sql in a name": (_sheet(_one(**{"Họ và tên": "Bính'); DROP TABLE people_person;--"})), "DROP TABLE"),
    "hidden signs in a name": (_sheet(_one(**{"Họ và tên": f"Trần {ODD}Văn Bính"})), "Trần Văn Bính"),
    "a formula as a name": (_sheet(_one(**{"Họ và tên": '=HYPERLINK("http://a","b")'})), "=HYPERLINK"),
    "macros": (repacked(_sheet(ROW), {"xl/vbaProject.bin": b"code"}), "Macro không được chạy"),
    "two lists in two sheets": (xlsx([HEADING, ROW], name="Một", more={"Hai": [HEADING, ROW]}), "nhiều trang"),
    "text in UTF-16": (csv_text([HEADING, ROW], "\t").encode("utf-16"), "Trần Văn Bính"),
    "text with a mark first": (csv([HEADING, ROW]), "Trần Văn Bính"),
    "text in a Windows code": (_windows(), "mã Windows"),
    "an old workbook": (xls([HEADING, ROW]), "Trần Văn Bính"),
    "99,000 empty rows below": (csv([HEADING, ROW]) + b"\n;;;;;;;;;" * 99_000, "Trần Văn Bính"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_is_read_shown_as_it_is_and_does_no_harm(door, client, name):
    data, shown = HARMLESS[name]
    answer = door(data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    page = client.get(answer.url + "?trang-thai=tat-ca").content.decode()

    assert shown in page
    assert "<script>alert" not in page
    assert client.get(answer.url + "tep-loi/").content.startswith(b"PK")
    assert register() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("fields", "data", "said"),
    [
        ({"pasted": ""}, b"", "một tệp"),
        ({"pasted": "a\tb"}, _sheet(ROW), "không làm cả hai"),
        ({"pasted": "chỉ có một câu"}, b"", "tiêu đề"),
        ({"month": "13/2026"}, _sheet(ROW), "Tháng không đọc được"),
        ({"unit": "999999"}, _sheet(ROW), "không có trong danh sách"),
        ({"layout": "khong.co"}, _sheet(ROW), "không có trong danh sách"),
        ({"layout": "assistance.end"}, _sheet(ROW), "thiếu cột"),
    ],
)
def test_a_form_filled_wrongly_is_said(door, fields, data, said):
    answer = door(data, **fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert kept() == (0, 0, 0)


def test_an_empty_file_is_told_of_and_nothing_else(door):
    assert list(door(b"").context_data["form"].errors) == ["file"]


def test_rows_pasted_from_a_sheet_are_a_list(door, client):
    answer = door(pasted=csv_text([HEADING, ROW], "\t"))

    assert "Trần Văn Bính" in client.get(answer.url + "?trang-thai=tat-ca").content.decode()
