"""`ansinh import LAYOUT FILE`: checks and says; loads only when asked, the whole list or nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database.acting import as_maintenance
from ansinh.imports.models import Batch, Row
from ansinh.imports.tests.building import csv

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
GOOD = ["1", "Trần Văn Bính", "20/10/1950", "Nam", "034050000124", "Đông", "NKT nặng", "2", "1.080.000", "12/2026"]
BAD = ["2", "Lê Thị Na", "31/02/1950", "Nữ", "034150000999", "Đông", "NKT nặng", "2", "1.080.000", "12/2026"]
PAPER = ("--number", "215/QĐ-UBND", "--signed-on", "12/11/2026", "--signer", "Phạm Văn Ký")


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    from ansinh.access.tests.factories import DAY

    settings.ANSINH_TODAY = DAY


@pytest.fixture
def run(tmp_path):
    """Run the command on a file of these rows; gives what it said."""
    officer = post()

    def call(*rows, options=(), layout="assistance.enrolment", who=officer.code):
        path = tmp_path / "danh-sach.csv"
        path.write_bytes(csv([HEADING, *rows]))
        said = StringIO()
        call_command("import_list", layout, str(path), "--post", who, *options, stdout=said)
        return said.getvalue()

    return call


def batches():
    with as_maintenance():
        return list(Batch.objects.values_list("state", flat=True)), Row.objects.count()


def test_a_clean_list_is_said_to_be_clean_and_nothing_is_kept(run):
    said = run(GOOD)

    assert "Sẵn sàng: 1" in said
    assert "Thêm --commit để nạp" in said
    assert batches() == ([], 0)


def test_a_bad_row_is_said_with_its_number_and_column_and_the_command_fails(run, capsys):
    with pytest.raises(CommandError, match="1 dòng cần sửa"):
        run(GOOD, BAD)
    assert batches() == ([], 0)


def test_what_is_wrong_is_printed(tmp_path):
    officer = post()
    path = tmp_path / "a.csv"
    path.write_bytes(csv([HEADING, BAD]))
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("import_list", "auto", str(path), "--post", officer.code, stdout=said)

    assert "Dòng 2, Năm sinh: Lỗi. Ngày 31/02/1950 không có" in said.getvalue()


def test_commit_loads_the_whole_list(run):
    assert "Đã nạp 1 dòng" in run(GOOD, options=("--commit", *PAPER))
    assert batches() == (["committed"], 1)


def test_commit_with_a_bad_row_loads_nothing(run):
    with pytest.raises(CommandError, match="Không nạp"):
        run(GOOD, BAD, options=("--commit", *PAPER))
    assert batches() == ([], 0)


def test_commit_without_the_paper_loads_nothing(run):
    with pytest.raises(CommandError, match="--number"):
        run(GOOD, options=("--commit",))
    assert batches() == ([], 0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layout": "khong.co"}, "Không có loại danh sách"),
        ({"who": "KHONG-CO"}, "Không có chức vụ"),
        ({"options": ("--commune", "13225")}, "không làm việc với xã"),
        ({"options": ("--month", "2026-13")}, "2026-13"),
        ({"options": ("--commit", "--number", "1", "--signed-on", "hôm qua", "--signer", "A")}, "không đọc được"),
    ],
)
def test_a_wrong_use_is_refused_in_words(run, options, message):
    with pytest.raises(CommandError, match=message) as refusal:
        run(GOOD, **options)
    assert len(str(refusal.value)) > 20
    assert batches() == ([], 0)


def test_a_post_of_the_province_names_the_commune(run):
    officer = post(Role.DIVISION_OFFICER, office="BTXH")

    with pytest.raises(CommandError, match="--commune"):
        run(GOOD, who=officer.code)
    assert "Quỳnh Phụ" in run(GOOD, who=officer.code, options=("--commune", "12472"))


def test_a_file_that_is_not_there_is_said(run):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("import_list", "auto", "/khong/co.xlsx", "--post", post().code)


def test_a_file_that_is_no_list_is_said(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="tệp PDF"):
        call_command("import_list", "auto", str(path), "--post", post().code)
