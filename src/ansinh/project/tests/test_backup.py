import hashlib
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime

import psycopg
import pytest

from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput
from ansinh.project.backup import WORKPLACE, _workplace, backup, restore, state

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def silent(message):
    assert message


@pytest.fixture
def saved(migrated, tmp_path):
    """A backup of a database with a journal of three entries and one upload."""
    url = migrated("saved")["OWNER_DATABASE_URL"]
    with psycopg.connect(url) as connection:
        for number in range(3):
            connection.execute(
                "SELECT journal_append(%s, 'Người thử', '', '', 'try', 'thing', %s, '{}'::jsonb)", [NOW, str(number)]
            )
    digest = hashlib.sha256(b"scan").hexdigest()
    upload = tmp_path / "files" / digest[:2] / digest[2:4] / digest
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"scan")
    target = tmp_path / "saved.tar"
    manifest = backup(target=target, url=url, files=tmp_path / "files", now=NOW, say=silent)
    return target, manifest


def test_a_backup_restored_into_an_empty_database_is_the_same(saved, scratch, tmp_path):
    target, manifest = saved
    url = scratch.empty("restored")["OWNER_DATABASE_URL"]

    restore(source=target, url=url, files=tmp_path / "again", say=silent)

    with psycopg.connect(url) as connection:
        found = state(connection)
    assert found["tables"] == manifest["tables"]
    assert found["journal_head"] == manifest["journal_head"]
    assert found["journal_head"][0] == 3
    assert [p.read_bytes() for p in (tmp_path / "again").rglob("*") if p.is_file()] == [b"scan"]


def test_the_restored_journal_is_found_whole_by_the_command(saved, scratch, tmp_path):
    environment = scratch.empty("restored")
    restore(source=saved[0], url=environment["OWNER_DATABASE_URL"], files=tmp_path / "again", say=silent)

    command = [sys.executable, "-m", "ansinh.project.cli", "verify-journal", "--heads", str(tmp_path / "heads.log")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nhật ký toàn vẹn: 3 dòng" in done.stdout


def test_row_security_is_restored_too(saved, scratch, tmp_path):
    environment = scratch.empty("restored")
    restore(source=saved[0], url=environment["OWNER_DATABASE_URL"], files=tmp_path / "again", say=silent)

    with psycopg.connect(environment["DATABASE_URL"]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM people_person")


def test_a_database_with_tables_is_never_overwritten(saved, migrated, tmp_path):
    url = migrated("occupied")["OWNER_DATABASE_URL"]

    with pytest.raises(AlreadyDone, match="không trống"):
        restore(source=saved[0], url=url, files=tmp_path / "again", say=silent)


def test_a_backup_whose_manifest_says_otherwise_is_reported(saved, scratch, tmp_path):
    other = _changed(saved[0], tmp_path, journal_head=[3, "0" * 64])

    with pytest.raises(AnsinhError, match="đầu chuỗi nhật ký"):
        restore(source=other, url=scratch.empty("restored")["OWNER_DATABASE_URL"], files=tmp_path / "again", say=silent)


def test_a_file_that_is_no_backup_is_refused(scratch, tmp_path):
    wrong = tmp_path / "list.xlsx"
    wrong.write_bytes(b"no archive")

    with pytest.raises(InvalidInput, match="không phải tệp sao lưu"):
        restore(source=wrong, url=scratch.empty("restored")["OWNER_DATABASE_URL"], files=tmp_path, say=silent)


def test_a_backup_is_readable_by_its_owner_only(saved):
    assert saved[0].stat().st_mode & 0o777 == 0o600


def test_an_upload_that_was_cut_off_is_no_part_of_a_backup(migrated, scratch, tmp_path):
    half = tmp_path / "files" / "ab" / "cd" / "tmpk2j4"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"%PDF-ha")
    target = tmp_path / "saved.tar"
    manifest = backup(target=target, url=migrated("saved")["OWNER_DATABASE_URL"], files=tmp_path / "files", now=NOW, say=silent)

    restore(source=target, url=scratch.empty("restored")["OWNER_DATABASE_URL"], files=tmp_path / "again", say=silent)

    assert manifest["files"] == [] and not list(tmp_path.glob("again/**/tmp*"))


def test_what_a_killed_backup_left_is_cleared_by_the_next(saved, migrated, tmp_path):
    left = tmp_path / WORKPLACE / "database.dump"
    left.parent.mkdir()
    left.write_bytes(b"half a dump")
    url = migrated("saved")["OWNER_DATABASE_URL"]

    backup(target=tmp_path / "next.tar", url=url, files=tmp_path / "files", now=NOW, say=silent)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["files", "next.tar", "saved.tar"]


def test_two_backups_into_one_folder_do_not_disturb_each_other(saved, migrated, tmp_path):
    with _workplace(tmp_path), pytest.raises(AlreadyDone, match="lần sao lưu khác"):
        backup(target=tmp_path / "b.tar", url=migrated("saved")["OWNER_DATABASE_URL"], files=tmp_path, now=NOW, say=silent)


def _changed(source, folder, **values):
    """The same backup with other words in its manifest."""
    with tarfile.open(source) as archive:
        archive.extractall(folder / "open", filter="data")
    path = folder / "open" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
    with tarfile.open(folder / "changed.tar", "w") as archive:
        for part in sorted((folder / "open").iterdir()):
            archive.add(part, part.name)
    return folder / "changed.tar"
