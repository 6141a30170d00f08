"""Lists that ask before they can be read: a password, the coding of their letters. On the page and on the command line."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from ansinh.access.tests.factories import DAY, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.files.models import StoredFile
from ansinh.files.queries import read
from ansinh.imports.management.commands.import_list import PASSWORD
from ansinh.imports.models import Batch, Row
from ansinh.imports.tests.building import csv_text, xls, xlsx
from ansinh.imports.tests.locking import locked_xls, locked_xlsx
from ansinh.imports.tests.old_typing import typed
from ansinh.imports.tests.test_upload_door import HEADING, ROW
from ansinh.journal.models import Entry

pytestmark = pytest.mark.django_db
OTHER = ["2", "Lê Thị Quỳnh Hương", "20/10/1950", "Nữ", "034150000999", "Đông", "NKT nặng", "2", "1.080.000", "12/2026"]
LIST = [HEADING, ROW, OTHER]
OLD = [[typed(cell, "tcvn3") for cell in row] for row in LIST]
SECRET = "Mật khẩu rất kín 7"


@pytest.fixture
def door(client, settings):
    """Send a file, or a paste, as the officer of Quỳnh Phụ does; gives the address of what came of it."""
    settings.ANSINH_TODAY = DAY
    client.force_login(post().user)

    def send(data: bytes = b"", name: str = "danh sach.xlsx", pasted: str = "") -> str:
        file = {"file": SimpleUploadedFile(name, data)} if data else {"pasted": pasted}
        answer = client.post("/nhap-danh-sach/", {"layout": "", "unit": commune().id, **file})
        assert answer.status_code == 302, answer.context["form"].errors
        return answer.url

    return send


def names():
    with as_maintenance():
        return [row.values["name"] for row in Row.objects.order_by("number")]


def state():
    with as_maintenance():
        return Batch.objects.get().state


def test_a_list_in_an_old_coding_shows_samples_and_waits(door, client):
    address = door(xlsx(OLD))
    page = client.get(address, follow=True).content.decode()

    assert "Tệp dùng bảng mã TCVN3" in page
    assert typed("Lê Thị Quỳnh Hương", "tcvn3") in page and "Lê Thị Quỳnh Hương" in page
    assert (state(), names()) == ("read", [])


@pytest.mark.parametrize(("choice", "kept"), [("convert", ["Trần Văn Bính", "Lê Thị Quỳnh Hương"]), ("keep", None)])
def test_the_officer_chooses_what_the_letters_are(door, client, choice, kept):
    door(xlsx([HEADING, *OLD[1:]]))
    code = _code()
    answer = client.post(f"/nhap-danh-sach/{code}/mo-tep/", {"old_letters": choice})

    assert answer.status_code == 302 and answer.url == f"/nhap-danh-sach/{code}/"
    assert names() == (kept or [row[1] for row in OLD[1:]])
    with as_maintenance():
        told = Entry.objects.get(act="take_list").detail
    assert told.get("converted") == ("tcvn3" if kept else None)


def _code() -> str:
    with as_maintenance():
        return Batch.objects.get().code


def test_a_choice_is_needed(door, client):
    door(xlsx(OLD))

    assert client.post(f"/nhap-danh-sach/{_code()}/mo-tep/", {}).status_code == 422
    assert state() == "read"


def test_pasted_rows_in_an_old_coding_wait_too(door, client):
    address = door(pasted=csv_text([[typed(cell, "vni") for cell in row] for row in LIST], "\t"))
    assert "bảng mã VNI" in client.get(address, follow=True).content.decode()

    client.post(f"/nhap-danh-sach/{_code()}/mo-tep/", {"old_letters": "convert"})
    assert names() == ["Trần Văn Bính", "Lê Thị Quỳnh Hương"]


@pytest.mark.parametrize("data", [locked_xlsx(xlsx(LIST), SECRET), locked_xls(xls(LIST), SECRET)], ids=["xlsx", "xls"])
def test_a_locked_list_asks_for_its_password_and_keeps_neither_it_nor_the_open_file(door, client, data):
    door(data)
    address = f"/nhap-danh-sach/{_code()}/mo-tep/"
    assert 'type="password"' in client.get(address).content.decode()

    wrong = client.post(address, {"password": "khác"})
    assert wrong.status_code == 422 and "Mật khẩu không mở được tệp" in wrong.content.decode()
    assert client.post(address, {"password": SECRET}).status_code == 302

    assert names() == ["Trần Văn Bính", "Lê Thị Quỳnh Hương"]
    with as_maintenance():
        assert read(StoredFile.objects.get()) == data, "the copy kept is the locked one"
        written = [
            *Batch.objects.values_list("settings", "found_above", "problems", "result"),
            *Entry.objects.values_list("detail"),
        ]
    assert SECRET not in str(written)


def test_a_locked_list_in_an_old_coding_asks_one_thing_after_the_other(door, client):
    door(locked_xlsx(xlsx(OLD), SECRET))
    address = f"/nhap-danh-sach/{_code()}/mo-tep/"

    assert client.post(address, {"password": SECRET}).url == address
    page = client.get(address).content.decode()
    assert "bảng mã TCVN3" in page and 'type="password"' in page
    client.post(address, {"password": SECRET, "old_letters": "convert"})
    assert names() == ["Trần Văn Bính", "Lê Thị Quỳnh Hương"]


def test_a_list_that_waits_can_be_thrown_away(door, client):
    door(xlsx(OLD))

    client.post(f"/nhap-danh-sach/{_code()}/bo/")
    assert state() == "discarded"


def test_a_locked_list_has_no_other_page_before_it_is_opened(door, client):
    door(locked_xlsx(xlsx(LIST), SECRET))
    here = f"/nhap-danh-sach/{_code()}/"

    assert {client.get(here + tail).status_code for tail in ("nap/", "quyet-dinh/", "tep-loi/", "hoan-tac/", "dong/2/")} == {404}
    assert client.get(here).url == here + "mo-tep/"
    client.post(here + "bo/")
    assert client.get(here).url == "/nhap-danh-sach/"


def test_once_read_it_is_not_asked_again(door, client):
    door(xlsx(OLD))
    address = f"/nhap-danh-sach/{_code()}/mo-tep/"
    client.post(address, {"old_letters": "convert"})

    assert client.post(address, {"old_letters": "keep"}).status_code == 302
    assert names() == ["Trần Văn Bính", "Lê Thị Quỳnh Hương"]


@pytest.fixture
def run(tmp_path, settings):
    settings.ANSINH_TODAY = DAY

    def call(data: bytes, *options: str) -> str:
        path = tmp_path / "danh-sach.xlsx"
        path.write_bytes(data)
        said = StringIO()
        call_command("import_list", "auto", str(path), "--post", post().code, *options, stdout=said)
        return said.getvalue()

    return call


def test_the_command_shows_samples_and_converts_only_when_told(run):
    with pytest.raises(CommandError, match="--old-letters convert") as refusal:
        run(xlsx(OLD))
    assert "thành “" in str(refusal.value)
    assert "Đã chuyển" in run(xlsx(OLD), "--old-letters", "convert")


def test_the_command_takes_the_password_from_the_environment_never_from_its_arguments(run, monkeypatch):
    data = locked_xlsx(xlsx(LIST), SECRET)
    with pytest.raises(CommandError, match=PASSWORD):
        run(data)
    monkeypatch.setenv(PASSWORD, "khác")
    with pytest.raises(CommandError, match="không mở được"):
        run(data)
    monkeypatch.setenv(PASSWORD, SECRET)
    assert "Sẵn sàng: 2" in run(data)


def test_the_command_asks_for_the_password_without_showing_it(run, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("ansinh.imports.management.commands.import_list.getpass", lambda prompt: SECRET)

    said = run(locked_xlsx(xlsx(LIST), SECRET))
    assert "Sẵn sàng: 2" in said and SECRET not in said
