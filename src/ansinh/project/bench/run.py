"""The command: a database of its own on a scratch cluster, the measures one after another, text and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ansinh.project import environment
from ansinh.project.scratch import Scratch

_DAY = "2026-11-16"


def run(arguments: list[str], say: Callable[[str], None]) -> int:
    """Measure and tell. The data of this installation are neither read nor touched."""
    parser = argparse.ArgumentParser(
        prog="ansinh bench", description="Đo tốc độ trên một tỉnh giả định, ở một cơ sở dữ liệu riêng."
    )
    parser.add_argument("--people", type=int, default=100_000, help="số người (mặc định 100000; cả tỉnh: 3500000)")
    parser.add_argument(
        "--rows", type=int, help="số dòng của danh sách nhập (mặc định: một phần mười số người, nhiều nhất 100000)"
    )
    parser.add_argument("--json", type=Path, help="ghi kết quả vào tệp JSON này")
    asked = parser.parse_args(arguments)
    os.environ["ANSINH_TODAY"] = _DAY
    scratch = Scratch(environment.home(), purpose="bench", settings={})
    try:
        say("Chuẩn bị cơ sở dữ liệu riêng để đo")
        os.environ.update(scratch.make("bench", _migrate))
        os.environ["ANSINH_BENCH_SERVER"] = str(scratch.cluster.running)
        figures = _measured(asked.people, asked.rows or max(50, min(100_000, asked.people // 10)), say)
    finally:
        scratch.close()
    if asked.json:
        about = {
            "people": asked.people,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "machine": platform.machine(),
        }
        asked.json.write_text(json.dumps({**about, "figures": [f.as_json() for f in figures]}, ensure_ascii=False, indent=1))
        say(f"Đã ghi {asked.json}")
    return 0


def _migrate(variables: dict[str, str]) -> None:
    """In a process of its own: Django reads where its database is only once."""
    command = [sys.executable, "-m", "ansinh.project.cli", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env={**os.environ, **variables}, check=True, stdout=subprocess.DEVNULL)


def _measured(people: int, rows: int, say: Callable[[str], None]) -> list:
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from ansinh.demo.story import at
    from ansinh.project.bench import doubles, laws, office, pages, transitions, watching
    from ansinh.project.bench.figures import as_table
    from ansinh.project.bench.province import DAY, fill

    timezone.activate("Asia/Ho_Chi_Minh")
    say(f"Dựng {people} người (tải máy lúc đầu {os.getloadavg()[0]:.1f})")
    province, figures = fill(people, at(DAY), say)
    say(as_table(figures))
    steps: tuple[tuple[str, Callable[[], list]], ...] = (
        ("Số liệu", lambda: pages.measure_statistics(province)),
        ("Tìm kiếm", lambda: pages.measure_search(province)),
        ("Trang", lambda: pages.measure_pages(province)),
        ("Luật", lambda: laws.measure(province)),
        ("Chuyển mức theo luật mới", lambda: transitions.measure(province)),
        ("Tháng của cả tỉnh", lambda: office.measure_run(province)),
        ("Hồ sơ trùng", lambda: doubles.measure_doubles(province)),
        ("Cần rà soát", lambda: watching.measure_watch(province)),
        (f"Nhập {rows} dòng", lambda: office.measure_import(province, rows)),
        ("Danh sách hồ sơ", lambda: watching.measure_desk(province)),
    )
    for what, step in steps:
        say(f"Đo: {what} (tải máy {os.getloadavg()[0]:.1f})")
        found = step()
        say(as_table(found))
        figures += found
    connections.close_all()
    return figures
