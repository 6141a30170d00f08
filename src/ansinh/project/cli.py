"""The `ansinh` command: one table from words to acts, a thin front over the rooms' commands."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.project import environment

DEMO_DAY = "2026-11-20"
WRONG_USE = 2


@dataclass(frozen=True)
class Act:
    """One row of the table: the words typed, what they do in a sentence, and who does it."""

    words: tuple[str, ...]
    meaning: str
    run: Callable[[list[str]], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run `ansinh WORDS…`. Returns the exit code: 0 done, 1 refused or failed, 2 wrong use."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if arguments else WRONG_USE
    for act in ACTS:
        if tuple(arguments[: len(act.words)]) == act.words:
            return _guarded(act, arguments[len(act.words) :])
    print(f"Không có lệnh “{' '.join(arguments[:2])}”.\n\n{usage()}", file=sys.stderr)
    return WRONG_USE


def usage() -> str:
    """The table in words."""
    width = max(len(" ".join(act.words)) for act in ACTS)
    lines = [f"  ansinh {' '.join(act.words):<{width}}  {act.meaning}" for act in ACTS]
    return "Cách dùng: ansinh LỆNH …\n\n" + "\n".join(lines) + "\n\nThêm --help sau lệnh để xem các tham số."


def _guarded(act: Act, arguments: list[str]) -> int:
    """Run an act; a refusal is a sentence, not a traceback."""
    try:
        environment.prepare()
        return act.run(arguments)
    except AnsinhError as refusal:
        print(f"Không thực hiện được: {refusal}", file=sys.stderr)
    except psycopg.OperationalError as error:
        print(f"Không kết nối được cơ sở dữ liệu: {str(error).strip()}", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("Không thực hiện được: ổ đĩa đã đầy. Dọn chỗ rồi chạy lại.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return 130
    return 1


def say(message: str) -> None:
    """A progress line, seen at once even when the output goes into a file."""
    print(message, flush=True)


def manage(name: str, *before: str) -> Callable[[list[str]], int]:
    """An act that is a management command of a room."""

    def run(arguments: list[str]) -> int:
        with environment.database(say_aside):
            return _command([name, *before, *arguments])

    return run


def say_aside(message: str) -> None:
    """Progress beside a command's own output, which may be piped into a file."""
    print(message, file=sys.stderr, flush=True)


def _command(arguments: list[str]) -> int:
    """A management command by name. 2 when no room has it."""
    import django
    from django.core.management import ManagementUtility, get_commands
    from django.db import OperationalError, connections

    django.setup()
    if arguments and arguments[0] not in get_commands() and arguments[0] not in ("help", "--help", "-h"):
        print(f"Bản cài đặt này không có lệnh “{arguments[0]}”.", file=sys.stderr)
        return WRONG_USE
    try:
        ManagementUtility(["ansinh", *arguments]).execute()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except OperationalError as error:
        raise psycopg.OperationalError(str(error)) from error
    finally:
        connections.close_all()
    return 0


def _law(arguments: list[str]) -> int:
    """The law needs neither database nor Django, so it answers at once."""
    from ansinh.law import cli

    return cli.main(arguments) or 0


def _server_parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"ansinh {name}", allow_abbrev=False)
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định: chỉ máy này)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình phục vụ trang")
    return parser


def _serve(arguments: list[str]) -> int:
    from ansinh.project.serve import serve

    parser = _server_parser("serve")
    parser.add_argument("--no-worker", action="store_true", help="không chạy công việc nền ở đây")
    asked = parser.parse_args(arguments)
    with environment.database(say) as cluster:
        return serve(
            host=asked.host, port=asked.port, workers=asked.workers, with_worker=not asked.no_worker, cluster=cluster, say=say
        )


def _demo(arguments: list[str]) -> int:
    """Database, migrations, the invented province, then the site. `--check` opens the pages and ends instead."""
    from ansinh.project.serve import serve

    parser = _server_parser("demo")
    parser.add_argument("--check", action="store_true", help="mở trang đầu bằng từng vai trò, in kết quả rồi thôi")
    parser.add_argument("--second-step", action="store_true", help="chức vụ quyết định, chi trả, quản trị cần thêm mã điện thoại")
    asked, rest = parser.parse_known_args(arguments)
    if asked.check and asked.second_step:
        parser.error("--check vào bằng mật khẩu nên không đi cùng --second-step")
    second_step = "on" if asked.second_step else "off"
    day = os.environ.get("ANSINH_TODAY") or DEMO_DAY
    environment.remember({"ANSINH_DEMO": "1", "ANSINH_TODAY": day, "ANSINH_SECOND_STEP": second_step})
    with environment.database(say) as cluster:
        say("Cập nhật cấu trúc cơ sở dữ liệu")
        code = _migrated(["--no-input", "--verbosity", "0"])
        code = code or _command(["demo", *rest])
        if code:
            return code
        if asked.check:
            return _checked()
        return serve(host=asked.host, port=asked.port, workers=asked.workers, with_worker=True, cluster=cluster, say=say)


def _synth(arguments: list[str]) -> int:
    """The invented province of any size. The installation stays on its day afterwards, as after `demo`."""
    with environment.database(say):
        say("Cập nhật cấu trúc cơ sở dữ liệu")
        code = _migrated(["--no-input", "--verbosity", "0"]) or _command(["synth", *arguments])
        if not code:
            environment.remember({"ANSINH_DEMO": "1", "ANSINH_TODAY": DEMO_DAY})
        return code


def _checked() -> int:
    """Whether every role of the demonstration gets its pages from the real server."""
    from ansinh.database.acting import as_maintenance
    from ansinh.demo.posts import open_posts
    from ansinh.project.demo_check import check_roles, running_site

    with as_maintenance():
        logins = open_posts()
    with running_site(say) as base:
        wrong = check_roles(logins, base=base, say=say)
    say(f"{wrong} trang không mở được." if wrong else f"Mọi trang của {len(logins)} vai trò đều mở được.")
    return int(wrong > 0)


def _migrate(arguments: list[str]) -> int:
    with environment.database(say_aside):
        return _migrated(arguments)


def _migrated(arguments: list[str]) -> int:
    """Bring structure, rights and reference rows to what this program carries."""
    return _command(["migrate", "--database", "owner", *arguments]) or _command(["load_reference"])


def _backup(arguments: list[str]) -> int:
    from ansinh.project.backup import backup

    target = _file_of("backup", "tệp sao lưu sẽ ghi", arguments)
    with environment.database(say_aside):
        backup(target=target, url=_owner_url(), files=environment.var() / "files", now=datetime.now(UTC), say=say)
    return 0


def _restore(arguments: list[str]) -> int:
    from ansinh.project.backup import restore

    source = _file_of("restore", "tệp sao lưu", arguments)
    with environment.database(say_aside):
        restore(source=source, url=_owner_url(), files=environment.var() / "files", say=say)
        say("Chạy “ansinh migrate” nếu chương trình mới hơn bản sao lưu.")
    return 0


def _file_of(name: str, meaning: str, arguments: list[str]) -> Path:
    parser = argparse.ArgumentParser(prog=f"ansinh {name}")
    parser.add_argument("file", help=meaning)
    return Path(parser.parse_args(arguments).file).absolute()


def _bench(arguments: list[str]) -> int:
    from ansinh.project.bench.run import run

    return run(arguments, say)


def _server_sql(arguments: list[str]) -> int:
    from ansinh.project.server_sql import server_sql

    argparse.ArgumentParser(
        prog="ansinh server-sql", description="In lệnh SQL cho quản trị PostgreSQL; đưa vào psql bằng tài khoản postgres."
    ).parse_args(arguments)
    print(server_sql(app_url=os.environ.get("DATABASE_URL", ""), owner_url=_owner_url()))
    return 0


def _owner_url() -> str:
    try:
        return os.environ["OWNER_DATABASE_URL"]
    except KeyError:
        raise InvalidInput("Lệnh này cần OWNER_DATABASE_URL: đăng nhập của chủ cơ sở dữ liệu.") from None


ACTS = (
    Act(("demo",), "tỉnh minh họa: tạo dữ liệu rồi mở trang (--check: chỉ kiểm tra)", _demo),
    Act(("synth",), "tỉnh giả định với số người tùy chọn, vào một cơ sở dữ liệu trống", _synth),
    Act(("serve",), "cơ sở dữ liệu, trang web và công việc nền trong một lệnh", _serve),
    Act(("worker",), "chỉ chạy công việc nền", manage("run_worker")),
    Act(("migrate",), "cập nhật cấu trúc cơ sở dữ liệu", _migrate),
    Act(("law",), "luật: check chạy các tình huống mẫu, explain giải thích số tiền", _law),
    Act(("import", "undo"), "xem có hoàn tác được một danh sách đã nạp; --commit mới làm", manage("undo_import")),
    Act(("import",), "kiểm tra một danh sách; --commit mới ghi", manage("import_list")),
    Act(("payments", "run"), "đề xuất danh sách chi trả của một tháng", manage("payments_run")),
    Act(("statistics",), "một chỉ tiêu vào một ngày, theo địa giới của một ngày", manage("statistics")),
    Act(("places", "load"), "nạp đơn vị hành chính của một tỉnh từ tệp CSV", manage("load_places")),
    Act(("bench",), "bảng đo tốc độ", _bench),
    Act(("server-sql",), "lệnh SQL tạo vai trò và cơ sở dữ liệu trên máy chủ", _server_sql),
    Act(("backup",), "sao lưu cơ sở dữ liệu và tệp vào một tệp", _backup),
    Act(("restore",), "khôi phục vào một cơ sở dữ liệu trống rồi đối chiếu", _restore),
    Act(("verify-journal",), "kiểm tra chuỗi nhật ký", manage("verify_journal")),
    Act(("manage",), "một lệnh quản trị bất kỳ", lambda arguments: manage(*(arguments or ["help"]))([])),
)

if __name__ == "__main__":
    sys.exit(main())
