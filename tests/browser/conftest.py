"""A real site for a real browser: the demonstration with few people, its own database, server and worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PEOPLE = 2_400
PATIENCE = 180  # seconds until the site answers
FLAGS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "thu-nghiem-an-sinh"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process of these has a site of its own; without a browser they fail in CI and are left out elsewhere."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)
            if not CHROMIUM and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="Chưa cài chromium"))


@pytest.fixture(scope="session")
def site(migrated, tmp_path_factory) -> Iterator[str]:
    """The address of a running demonstration, made for this run and ended after it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **migrated("browser"), "ANSINH_VAR": str(tmp_path_factory.mktemp("site"))}
    environment |= {"ANSINH_TODAY": "2026-11-20", "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-m", "ansinh.project.cli", "demo", "--port", str(port), "--people", str(PEOPLE)]
    log = tmp_path_factory.mktemp("log") / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://localhost:{port}/suc-khoe/", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"the site did not answer:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def enter(site, browser):
    """`enter(username, width)` is a page of somebody who has logged in; every such page is closed afterwards."""
    contexts = []

    def go_in(username: str, width: int = 1280):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", base_url=site
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/")
        return page

    yield go_in
    for context in contexts:
        context.close()
