"""Backup and restore: one file with the database, the uploads, and a manifest that the restored state must match.

The file is a tar of `manifest.json`, `database.dump` (pg_dump's own format) and `files/`. Counts and sums of every table and
the head of the journal are taken in the very snapshot that is dumped.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput
from ansinh.project import postgres_programs

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files/"
WORKPLACE = ".ansinh-backup"
_UPLOAD = re.compile("[0-9a-f]{64}")  # an upload that was cut off left bytes under another name


def backup(*, target: Path, url: str, files: Path, now: datetime, say: Callable[[str], None]) -> dict:
    """Write one backup file, whole or not at all, and return its manifest. `url` logs in as the owner.

    Raises AlreadyDone when another backup is being written into the same folder, AnsinhError when a program or the disk fails.
    """
    with _workplace(target.parent) as work, _connected(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
        server = connection.info.server_version // 10000
        say("Đếm và cộng các bảng")
        manifest = {"format": FORMAT, "made_at": now.isoformat(), "server": server, **state(connection)}
        say("Ghi cơ sở dữ liệu")
        program, manifest["program"] = postgres_programs.find("pg_dump", at_least=server)
        options = ["--format=custom", "--no-comments", "--no-owner", f"--snapshot={snapshot}", f"--file={work / DUMP}"]
        _run([program, *options], url)
        manifest["files"] = [str(p.relative_to(files)) for p in sorted(files.rglob("*")) if _UPLOAD.fullmatch(p.name)]
        say(f"Gói {len(manifest['files'])} tệp")
        _pack(work / target.name, manifest, work / DUMP, files)
        (work / target.name).replace(target)
        _keep_names(target.parent)
    say(f"Đã sao lưu vào {target} ({target.stat().st_size / 1024**2:.1f} MB)")
    return manifest


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """An empty folder for one backup at a time, removed at the end; what a killed backup left in it goes first."""
    work = folder / WORKPLACE
    work.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(work, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _clear(work)
        try:
            yield work
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise _disk_full(folder) from error
        finally:
            _clear(work)
            with suppress(OSError):
                work.rmdir()
    except BlockingIOError:
        raise AlreadyDone(f"Đang có một lần sao lưu khác ghi vào {folder}; đợi nó xong rồi chạy lại.") from None
    finally:
        os.close(handle)


def _keep_names(folder: Path) -> None:
    """A new name outlives a power cut only when its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _clear(work: Path) -> None:
    for left in work.iterdir():
        left.unlink()


def _disk_full(folder: Path | str) -> AnsinhError:
    return AnsinhError(f"Ổ đĩa của {folder} đã đầy, chưa có bản sao lưu nào được ghi. Dọn chỗ rồi chạy lại.")


def restore(*, source: Path, url: str, files: Path, say: Callable[[str], None]) -> dict:
    """Restore a backup file into an empty database, compare everything with its manifest, and return the manifest.

    Raises AlreadyDone when the database is not empty, InvalidInput for a file that is no backup, AnsinhError when what was
    restored differs from what was saved.
    """
    with _opened(source) as archive, _connected(url) as connection, tempfile.TemporaryDirectory() as work:
        manifest = _manifest(archive, source)
        if _tables(connection):
            raise AlreadyDone("Cơ sở dữ liệu không trống. Chỉ khôi phục vào một cơ sở dữ liệu mới, chưa có bảng nào.")
        say(f"Bản sao lưu lúc {manifest['made_at']}: {sum(t['rows'] for t in manifest['tables'].values())} dòng")
        server = connection.info.server_version // 10000
        if server < manifest["server"]:
            raise InvalidInput(f"Bản sao lưu của PostgreSQL {manifest['server']} không khôi phục được vào bản {server} cũ hơn.")
        # Uploads first: they are named by their content, so a restore that was killed is simply done again.
        say(f"Khôi phục {len(manifest['files'])} tệp")
        _unpack_files(archive, manifest["files"], files)
        archive.extract(DUMP, work, filter="data")
        program, _ = postgres_programs.find("pg_restore", at_least=max(server, manifest["program"]))
        name = conninfo_to_dict(url)["dbname"]
        options = ["--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={name}"]
        say("Khôi phục cơ sở dữ liệu")
        _run([program, *options, str(Path(work) / DUMP)], url)
        say("Đối chiếu với bản kê")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _compare(manifest, state(connection))
    say("Khớp hoàn toàn: số dòng, tổng kiểm và đầu chuỗi nhật ký.")
    return manifest


def state(connection: psycopg.Connection) -> dict:
    """Rows and sum of every table, and the head of the journal, as the connection's transaction sees them."""
    for setting in ("timezone = 'UTC'", "datestyle = 'ISO, YMD'", "extra_float_digits = 1", "bytea_output = 'hex'"):
        connection.execute(f"SET LOCAL {setting}")
    tables = {}
    for name in _tables(connection):
        # The sum does not depend on the order of rows, and changes with any value in any of them.
        query = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t")
        rows, checksum = connection.execute(query.format(sql.Identifier(name))).fetchone()
        tables[name] = {"rows": rows, "sum": checksum}
    head = connection.execute("SELECT id, hash FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
    return {"tables": tables, "journal_head": list(head) if head else None}


def _compare(manifest: dict, found: dict) -> None:
    wrong = [name for name, saved in manifest["tables"].items() if found["tables"].get(name) != saved]
    wrong += sorted(found["tables"].keys() - manifest["tables"].keys())
    if manifest["journal_head"] != found["journal_head"]:
        wrong.append("đầu chuỗi nhật ký")
    if wrong:
        raise AnsinhError(f"Dữ liệu khôi phục khác bản sao lưu: {', '.join(wrong)}.")


def _tables(connection: psycopg.Connection) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [name for (name,) in connection.execute(query).fetchall()]


def _pack(part: Path, manifest: dict, dump: Path, files: Path) -> None:
    # Personal data: readable by its owner only, from the first byte.
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w") as archive:
            text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            archive.add(dump, DUMP)
            for name in manifest["files"]:
                archive.add(files / name, FILES + name)
        stream.flush()
        os.fsync(stream.fileno())


def _unpack_files(archive: tarfile.TarFile, names: list[str], files: Path) -> None:
    """Each upload is named by the hash of its content; one that does not match is refused."""
    for name in names:
        member = archive.extractfile(FILES + name)
        data = member.read() if member else b""
        if hashlib.sha256(data).hexdigest() != Path(name).name:
            raise AnsinhError(f"Tệp {Path(name).name[:12]}… trong bản sao lưu đã bị thay đổi.")
        target = files / name
        if not target.resolve().is_relative_to(files.resolve()):
            raise InvalidInput("Bản sao lưu có đường dẫn tệp không hợp lệ.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source)
    except FileNotFoundError:
        raise InvalidInput(f"Không thấy tệp {source}.") from None
    except (tarfile.TarError, OSError):
        raise InvalidInput(f"{source} không phải tệp sao lưu của hệ thống này.") from None


def _manifest(archive: tarfile.TarFile, source: Path) -> dict:
    try:
        member = archive.extractfile(MANIFEST)
        manifest = json.load(member) if member else {}
    except (KeyError, ValueError):
        manifest = {}
    if manifest.get("format") != FORMAT:
        raise InvalidInput(f"{source} không phải tệp sao lưu của hệ thống này.")
    return manifest


@contextmanager
def _connected(url: str):
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def _run(command: list, url: str) -> None:
    """Run a PostgreSQL program; the log-in travels in the environment, where other users cannot read it."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    login = {names[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in names}
    done = subprocess.run(command, env={**os.environ, **login}, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        if "No space left on device" in done.stderr:
            raise OSError(errno.ENOSPC, "No space left on device")
        raise AnsinhError(f"{Path(command[0]).name} không xong: {lines[0] if lines else done.returncode}")
