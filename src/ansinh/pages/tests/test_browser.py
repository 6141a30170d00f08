"""The living page in a real browser: axe finds nothing, nothing scrolls sideways, nothing breaks the policy."""

import os
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MIDDLEWARE = [
    "ansinh.pages.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.pages.preferences.ChosenLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Keeps the report of the tests clean."""


@pytest.fixture
def site(settings):
    """The public pages, served without a database."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler

    settings.MIDDLEWARE = MIDDLEWARE
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def broken_rules(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("path", ["/thanh-phan/", "/tuy-chon/", "/khong-co-trang-nay/"])
def test_pages_are_clean_at_every_width_in_light_and_dark(site, browser, path):
    for width in (1280, 360):
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            refused: list[str] = []
            page.on("console", lambda m, r=refused: r.append(m.text) if "Content Security Policy" in m.text else None)
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert broken_rules(page) == []
            assert refused == []
            page.close()


def test_large_text_does_not_scroll_sideways_on_a_small_phone(site, browser):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.context.add_cookies([{"name": "ansinh_look", "value": ".larger.roomy", "url": site}])
    page.goto(f"{site}/thanh-phan/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_escape_closes_a_menu_and_gives_the_focus_back(site, browser):
    page = browser.new_page()
    page.goto(f"{site}/thanh-phan/")
    menu = page.locator("details.bar__who")
    menu.locator("summary").click()
    menu.locator("a").first.focus()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_choosing_dark_and_english_works_without_script(site, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/tuy-chon/")
    page.get_by_label("Tối", exact=True).check()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    page.goto(f"{site}/tuy-chon/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_watched_job_becomes_its_result_and_stops_asking(site, browser):
    page = browser.new_page()
    page.goto(f"{site}/thanh-phan/")
    page.get_by_text("104/104. Xong.").wait_for(timeout=8000)
    assert page.locator("[hx-trigger='every 2s']").count() == 0
