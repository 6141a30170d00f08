"""Files: told by their bytes, kept once, handed out to whoever sees the row, purged without a hole."""

from __future__ import annotations

import errno
import hashlib
from datetime import UTC, datetime

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import QUYNH_PHU, THAI_BINH, commune, post
from ansinh.files import operations, queries, storage
from ansinh.files.models import StoredFile
from ansinh.journal.models import Entry, ReadEvent
from ansinh.kernel.errors import AlreadyDone, InvalidInput

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
PDF = b"%PDF-1.7\nhello"


@pytest.fixture
def keep(as_maintenance):
    def keep(data: bytes = PDF, name: str = "quyết định 27.pdf", unit: str = QUYNH_PHU) -> StoredFile:
        with as_maintenance():
            return operations.store_scan(name=name, data=data, purpose="scan", unit=commune(unit), by=post(), now=NOW)

    return keep


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\nxx", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00x", "image/tiff"),
    ],
)
def test_a_scan_is_told_by_its_bytes_whatever_its_name(keep, data, kind):
    assert keep(data, "bất kỳ.exe").media_type == kind


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00", b"<html><script>", b"PK\x03\x04"])
def test_what_is_no_scan_is_refused_with_its_name(keep, data):
    with pytest.raises(InvalidInput, match="quyết định 27.pdf") as refusal:
        keep(data)
    assert refusal.value.field == "scan" and not StoredFile.objects.none()


def test_a_scan_that_is_too_heavy_is_refused(keep, monkeypatch):
    monkeypatch.setattr(operations, "SCAN_LIMIT", 10)
    with pytest.raises(InvalidInput, match="tối đa 20 MB"):
        keep()


def test_the_same_bytes_lie_once_and_are_read_whole(keep):
    first, second = keep(), keep()
    assert first.token != second.token and first.sha256 == second.sha256
    assert queries.read(first) == PDF == queries.read(second)
    assert [path.name for path in storage.path_of(first.sha256).parent.iterdir()] == [first.sha256]


def test_a_full_disk_keeps_no_half_of_a_file(keep, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    data = b"%PDF-1.7\nthe last of the room"
    with pytest.raises(OSError, match="No space left"):
        keep(data)
    assert not list(storage.path_of(hashlib.sha256(data).hexdigest()).parent.iterdir())
    monkeypatch.undo()
    assert queries.read(keep(data)) == data


def test_purging_keeps_bytes_another_row_needs(keep, as_maintenance, django_capture_on_commit_callbacks):
    first, second = keep(), keep()
    with as_maintenance(), django_capture_on_commit_callbacks(execute=True):
        operations.purge(stored=first, by=post(), now=NOW)
    assert queries.read(second) == PDF
    with as_maintenance(), django_capture_on_commit_callbacks(execute=True):
        operations.purge(stored=second, by=post(), now=NOW)
        assert Entry.objects.filter(act="purge").count() == 2
        with pytest.raises(AlreadyDone):
            operations.purge(stored=second, by=post(), now=NOW)
    with pytest.raises(InvalidInput, match="Không còn nội dung"):
        queries.read(second)


def test_a_file_is_handed_out_to_its_commune_as_a_download_and_noted(client, keep, as_maintenance):
    stored = keep()
    client.force_login(post().user)
    answer = client.get(f"/tep/{stored.token}/")
    assert answer.content == PDF and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with as_maintenance():
        assert ReadEvent.objects.filter(act="download", key=str(stored.token)).exists()


def test_a_file_of_another_commune_a_purged_one_and_a_lost_one_are_not_there(client, keep, as_maintenance):
    foreign, lost = keep(unit=THAI_BINH), keep(b"%PDF-lost")
    storage.remove(lost.sha256)
    purged = keep(b"%PDF-purged")
    with as_maintenance():
        operations.purge(stored=purged, by=post(), now=NOW)
    client.force_login(post().user)
    for stored in (foreign, lost, purged):
        assert client.get(f"/tep/{stored.token}/").status_code == 404


def test_the_administrator_takes_no_file(client, keep):
    client.force_login(post(Role.ADMINISTRATOR, office="SYT").user)
    assert client.get(f"/tep/{keep().token}/").status_code == 403
