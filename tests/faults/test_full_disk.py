"""A full disk: what was begun ends with a clear sentence, nothing is half-written, and it works once there is room again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import _migrate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections
from django.test import Client
from tests.faults import month, soundness
from tests.faults.conftest import HOME, point_at

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database.acting import as_maintenance
from ansinh.database.clock import now
from ansinh.files.models import StoredFile
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import JobState
from ansinh.kernel.errors import AnsinhError
from ansinh.payments.models import PaymentList
from ansinh.payments.tests.factories import PDF
from ansinh.people.models import Person
from ansinh.people.tests.signing_in import signed_in
from ansinh.project.backup import backup
from ansinh.project.cluster import Cluster
from ansinh.project.cluster_place import place_for
from ansinh.project.serve import Supervisor

MB = 1024**2
SMALL = {"fsync": "off", "shared_buffers": "16MB", "max_wal_size": "32MB", "min_wal_size": "32MB", "jit": "off"}


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Take up all the room but `leave` bytes; the file that does so."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(MB // 4))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


@pytest.fixture
def client(elsewhere, settings, monkeypatch) -> Client:
    settings.ANSINH_TODAY = month.DAY
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    return Client(raise_request_exception=False)


def press(door: month.Door, **changed) -> tuple[int, str]:
    """Send a form as the post it belongs to."""
    with as_maintenance():
        address, fields = door.address(), {**door.fields(), **changed}
    client = signed_in(door.role)
    client.raise_request_exception = False
    answer = client.post(address, fields)
    return answer.status_code, answer.text


# The disk of uploads -------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_an_upload_on_a_full_disk_is_refused_in_words_and_taken_once_there_is_room(fresh, client, small_disk, settings):
    fresh("uploads")
    settings.ANSINH_FILES = small_disk(4 * MB)
    for door in month.BEFORE_THE_RUN[:5]:
        press(door)
    record = month.BEFORE_THE_RUN[5]
    ballast = fill(settings.ANSINH_FILES, leave=64 * 1024)
    with as_maintenance():
        kept, before = StoredFile.objects.count(), _names(settings.ANSINH_FILES)

    heavy = PDF + os.urandom(MB)
    status, said = press(record, scan=SimpleUploadedFile("q.pdf", heavy, "application/pdf"))

    assert status == 503 and "Ổ đĩa máy chủ đã đầy" in said and "Báo quản trị viên dọn chỗ" in said
    with as_maintenance():
        assert StoredFile.objects.count() == kept and not record.is_written()
    assert _names(settings.ANSINH_FILES) == before and not soundness.unsound()

    ballast.unlink()
    assert press(record, scan=SimpleUploadedFile("q.pdf", heavy, "application/pdf"))[0] == 302
    with as_maintenance():
        assert record.is_written() and StoredFile.objects.count() == kept + 1
    assert not soundness.unsound()


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_backup_on_a_full_disk_leaves_no_half_and_the_one_before_stays(fresh, client, small_disk, tmp_path):
    fresh("backup")
    disk, url = small_disk(24 * MB), connections["owner"].settings_dict
    address = f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}&port={url['PORT']}"
    how = {"target": disk / "ansinh.tar", "url": address, "files": tmp_path / "files", "now": now(), "say": lambda words: None}
    backup(**how)
    whole = (disk / "ansinh.tar").read_bytes()
    ballast = fill(disk, leave=128 * 1024)

    with pytest.raises(AnsinhError, match="đã đầy, chưa có bản sao lưu nào được ghi"):
        backup(**how)

    assert sorted(path.name for path in disk.iterdir()) == ["ansinh.tar", "ballast"]
    assert (disk / "ansinh.tar").read_bytes() == whole
    ballast.unlink()
    backup(**how)


@pytest.mark.slow
def test_the_health_page_tells_of_a_disk_that_fills_up(fresh, client, small_disk, settings):
    fresh("health")
    settings.VAR = small_disk(4 * MB)
    fill(settings.VAR, leave=MB)
    answer = client.get("/suc-khoe/")
    assert answer.status_code == 200 and "chỉ còn trống 1 MB: dọn chỗ ngay" in answer.text


# The disk of the database --------------------------------------------------------------------------------------------
@pytest.fixture
def crowded(client, small_disk):
    """A database on a small disk, its supervisor, and the disk."""
    place = place_for(HOME, purpose="full")
    disk = small_disk(420 * MB, at=place.base)
    disk.chmod(0o755)
    cluster = Cluster(place, settings=SMALL)
    try:
        cluster.use()
        _migrate(cluster.environment())
        point_at(cluster.environment())
        yield disk, Supervisor([], cluster=cluster, say=lambda words: None)
    finally:
        connections.close_all()
        cluster.leave()


@pytest.mark.slow
@pytest.mark.skipif("ANSINH_KILLS" not in os.environ, reason="a whole database on a small disk is tried by make faults")
def test_a_full_database_disk_stops_acts_in_words_and_they_work_once_there_is_room(crowded):
    disk, supervisor = crowded
    for role in (Role.COMMUNE_OFFICER, Role.CLERK):
        post(role)
    take, paper, commit = month.BEFORE_THE_RUN[:3]
    for door in (take, paper):
        assert press(door)[0] == 302
    job = month.ask_for_run()
    ballast = fill(disk)

    status, said = press(commit)
    assert status == 503 and "Ổ đĩa máy chủ đã đầy" in said, (status, said)
    with pytest.raises(OperationalError):
        jobs.run(job_id=job.id, clock=now)

    ballast.unlink()
    connections.close_all()
    supervisor.look()  # had it ended, it would be started again
    with as_maintenance():
        assert not Person.objects.exists() and not PaymentList.objects.exists()
    job.refresh_from_db()
    assert job.state == JobState.WAITING and job.message.startswith("Ổ đĩa của máy chủ không còn chỗ")
    assert not soundness.unsound()
    assert press(commit)[0] == 302
    jobs.run(job_id=job.id, clock=now)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    lines, ledger = soundness.lines_and_ledger()
    assert lines == ledger > 0 and not soundness.unsound()
