"""`ansinh demo --check`, as a newcomer runs it, in a home of its own."""

import os
import shutil
import subprocess
import sys

import pytest

from ansinh.demo.posts import Login
from ansinh.project.cluster_place import place_for
from ansinh.project.demo_check import Seen, check_roles, menu_of


@pytest.fixture
def home(tmp_path):
    yield tmp_path
    shutil.rmtree(place_for(tmp_path).base, ignore_errors=True)


def demo(home, *more: str) -> subprocess.CompletedProcess:
    ours = {
        name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL") and not name.startswith("ANSINH_")
    }
    command = [sys.executable, "-m", "ansinh.project.cli", "demo", "--check", "--people", "900", *more]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, env={**ours, "ANSINH_HOME": str(home)}, cwd=home
    )


@pytest.mark.slow
def test_a_fresh_demonstration_opens_for_every_role_and_a_second_one_keeps_it(home):
    first = demo(home)

    assert first.returncode == 0, first.stdout + first.stderr
    assert "Mọi trang của 11 vai trò đều mở được" in first.stdout
    assert "Việc của tôi" in first.stdout
    assert "✗" not in first.stdout and "Không kết nối được" not in first.stdout

    second = demo(home)

    assert second.returncode == 0, second.stdout + second.stderr
    assert "giữ nguyên" in second.stdout


def test_the_log_ins_of_the_demonstration_are_one_a_role_the_first_commune_first(home):
    from ansinh.access.models import Role
    from ansinh.demo import posts

    roles = [role for role, *_ in (*posts._COMMUNE_POSTS, *posts._PROVINCE_POSTS)]

    assert roles[0] == Role.COMMUNE_OFFICER
    assert len(set(roles) | {Role.PAYER}) == 11


def test_a_page_that_fails_is_counted(monkeypatch):
    def get(self, path, data=None):
        status = 500 if path == "/hong/" else 200
        body = '<title>T</title><nav><a href="/hong/">x</a></nav><input name="csrfmiddlewaretoken" value="t">'
        return Seen("/" if data else path, status, "T", "", 1, body)

    monkeypatch.setattr("ansinh.project.demo_check.Visitor.get", get)
    said = []

    assert check_roles([Login("Vai", "Nơi", "ai")], base="http://x", say=said.append) == 1
    assert any("✗500" in line and "/hong/" in line for line in said)


def test_being_sent_back_to_the_log_in_page_is_not_well():
    assert not Seen("/dang-nhap/", 200, "Đăng nhập", "", 1, "").is_well
    assert Seen("/", 200, "Việc của tôi", "", 1, "").is_well


def test_the_menu_is_read_without_the_page_itself_and_without_other_links():
    body = '<nav><a href="/">a</a><a href="/nguoi/">b</a><a href="/nguoi/">b</a></nav><a href="/xoa/">c</a>'

    assert menu_of(Seen("/", 200, "T", "", 1, body)) == ["/nguoi/"]
