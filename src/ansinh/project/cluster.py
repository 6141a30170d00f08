"""The embedded database: a PostgreSQL cluster of our own, started when needed, stopped by the last one who uses it.

PostgreSQL is a direct child of the process that starts it, so its end is noticed and collected. Several commands may use one
cluster at a time: each holds a shared lock, and whoever leaves last stops the server.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from psycopg import sql

from ansinh.database import roles
from ansinh.project.cluster_place import Account, ClusterError, Place, own_directory
from ansinh.project.cluster_process import clear_remains, end, postmaster_of

SUPERUSER = "postgres"
DATABASE = "ansinh"
PORT = 5432
_STOP_PATIENCE = 60.0
# Nothing that a statement carries may reach the log: names and numbers of people stand in parameters and error details.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",  # the directory around the socket is closed (0700)
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",  # no disk that turns
    "max_wal_size": "2GB",
    "lc_messages": "C",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "log_line_prefix": "%m [%p] ",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def silent(message: str) -> None:
    """For those who want no progress lines."""


class Cluster:
    """One embedded cluster. `use()` starts it or joins a running one; `leave()` stops it when nobody else uses it."""

    def __init__(self, place: Place, *, say: Callable[[str], None] = silent, settings: dict[str, str] | None = None) -> None:
        self.place = place
        self._say = say
        self._settings = {**_SETTINGS, **(settings or {})}
        self._child: subprocess.Popen | None = None
        self._users: int | None = None

    # What others connect with.

    def url(self, user: str, database: str = DATABASE) -> str:
        """A connection URL over the cluster's socket."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.place.sockets), safe='/')}&port={PORT}"

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """The variables that the settings and the health page read."""
        return {
            "DATABASE_URL": self.url(roles.APP, database),
            "OWNER_DATABASE_URL": self.url(roles.OWNER, database),
            "ANSINH_PG_DATA": str(self.place.data),
        }

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection that may do everything; each statement commits by itself."""
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True)

    # Its life.

    def use(self) -> None:
        """Make sure the cluster runs and has its database and roles. Safe to call again, also after a crash."""
        with self._alone():
            if self._users is None:
                self._users = os.open(self.place.base / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
            # A server killed a moment ago may still look alive, and end while we knock.
            if self.running is None or not self._answers():
                self._start()
            self._answers(must=True)
            self._bootstrap()

    def leave(self) -> None:
        """Stop using it. The last one stops the server; safe to call twice."""
        if self._users is None:
            return
        with self._alone():
            fcntl.flock(self._users, fcntl.LOCK_UN)
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._hand_over()
            else:
                self._stop()
            os.close(self._users)
            self._users = None

    @property
    def running(self) -> int | None:
        """The process number of the living server, whoever started it."""
        if self._child is not None:
            self._child.poll()  # collects it when it has ended
        return postmaster_of(self.place.data)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting and stopping happen one at a time, among all processes."""
        handle = os.open(self.place.base / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _start(self) -> None:
        place = self.place
        if self._child is not None:
            self._child.wait()  # killed a moment ago; Python warns of a child nobody collected
        own_directory(place.sockets, place.account)
        if not (place.data / "PG_VERSION").exists():
            self._initialise()
        _write_access_rules(place)
        clear_remains(place.data, place.sockets)
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [place.binaries / "postgres", "-D", place.data, "-k", place.sockets, "-p", str(PORT), *options]
        with open(place.log, "ab") as log:
            # A session of its own: Ctrl+C in the terminal must reach us, not the server.
            self._child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=place.data, start_new_session=True, **_under(place)
            )

    def _initialise(self) -> None:
        place = self.place
        self._say(f"Tạo cơ sở dữ liệu PostgreSQL {place.version} trong {place.data}")
        own_directory(place.data, place.account)
        if place.version >= 18:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
        elif place.version == 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            locale = ["--locale=C.UTF-8"]
        command = [place.binaries / "initdb", "-D", place.data, "-U", SUPERUSER, "-E", "UTF8", "-A", "peer", *locale]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place.data, **_under(place))
        if done.returncode:
            raise ClusterError(f"Không tạo được cơ sở dữ liệu: {done.stderr.strip()}")

    def _answers(self, *, must: bool = False) -> bool:
        """Wait until the server takes connections; False (or ClusterError, when it `must`) if it ends instead.

        No time limit: recovery after a crash takes as long as it takes.
        """
        next_word = time.monotonic() + 5
        while True:
            try:
                self.superuser().close()
                return True
            except psycopg.OperationalError as error:
                if self._ended():
                    if must:
                        raise ClusterError(f"PostgreSQL không khởi động được.\n{self._log_tail()}\n({self.place.log})") from error
                    return False
            if time.monotonic() > next_word:
                self._say("Chờ PostgreSQL khôi phục sau lần dừng đột ngột…")
                next_word += 5
            time.sleep(0.02)

    def _ended(self) -> bool:
        """Whether no server is left to wait for. Our child has no pid file yet in its first moments."""
        if self._child is not None and self._child.poll() is None:
            return False
        return self.running is None

    def _bootstrap(self) -> None:
        """Roles and the database, made or brought up to date; both scripts are safe to run again."""
        with self.superuser() as connection:
            for statement in roles.bootstrap_sql(server_version=self.place.version):
                connection.execute(statement)
            self.create_database(DATABASE, connection=connection)

    def create_database(self, name: str, *, connection: psycopg.Connection, template: str = "template0") -> None:
        """Make a database for the owner, ready for migrations; nothing happens when it exists."""
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*map(sql.Identifier, (name, roles.OWNER, template)))
            )
        with self.superuser(name) as inside:
            for statement in roles.database_sql():
                inside.execute(statement)

    def _stop(self) -> None:
        pid = self.running
        if pid is not None:
            if self._child is not None and self._child.pid == pid:
                self._end_child(self._child)
            else:
                end(pid, patience=_STOP_PATIENCE)
        self._child = None

    def _hand_over(self) -> None:
        """Somebody else still works with the server: it is theirs now, and no longer a child to wait for."""
        if self._child is not None and self._child.poll() is None:
            self._child.returncode = 0  # else Python warns of a child left running
        self._child = None

    def _end_child(self, child: subprocess.Popen) -> None:
        child.send_signal(signal.SIGINT)  # fast shutdown
        try:
            child.wait(_STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGQUIT)
            child.wait()

    def _log_tail(self) -> str:
        return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-5:])


def _under(place: Place) -> dict:
    """Arguments that run a program as the place's account, with an environment that says nothing of ours."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": str(place.base)}
    if place.account.is_us:
        return {"env": environment}
    return {"env": environment, "user": place.account.uid, "group": place.account.gid, "extra_groups": []}


def _write_access_rules(place: Place) -> None:
    """Only over the socket, and only the operating-system account we are (checked by the kernel: `peer`)."""
    us = Account.of_process()
    names = (SUPERUSER, roles.OWNER, roles.APP)
    accounts = dict.fromkeys((us.name, place.account.name))
    _replace(place, "pg_hba.conf", "local all all peer map=ansinh\n")
    _replace(place, "pg_ident.conf", "".join(f'ansinh "{account}" {name}\n' for account in accounts for name in names))


def _replace(place: Place, name: str, text: str) -> None:
    path = place.data / name
    if path.exists() and path.read_text() == text:
        return
    path.write_text(text)
    os.chown(path, place.account.uid, place.account.gid)
