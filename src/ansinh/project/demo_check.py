"""`ansinh demo --check`: the real server on a free port, looked at through the eyes of each role of the demonstration."""

from __future__ import annotations

import html
import http.cookiejar
import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ansinh.demo.posts import PASSWORD, Login
from ansinh.kernel.errors import AnsinhError
from ansinh.project.serve import Child, answers, web_command

_PATIENCE = 60.0
_HOST = "127.0.0.1"
_TAGS = re.compile(r"<[^>]+>")
_MENU = re.compile(r"<nav\b.*?</nav>", re.DOTALL)
_HIDDEN = re.compile(r"<(\w+)\b[^>]*\shidden>.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """One page as somebody got it."""

    path: str
    status: int
    title: str
    sentence: str
    milliseconds: int
    body: str

    @property
    def is_well(self) -> bool:
        return self.status == 200 and bool(self.title) and "/dang-nhap" not in self.path


class Visitor:
    """A browser without pictures: keeps cookies, follows redirects, measures."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def log_in(self, username: str, password: str) -> Seen:
        """The way of the form: its page first, for the token. Returns the page one lands on."""
        page = self.get("/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
        if token is None:
            raise AnsinhError("Trang đăng nhập không có biểu mẫu.")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token[1]}
        return self.get(page.path, urllib.parse.urlencode(form).encode())

    def get(self, path: str, data: bytes | None = None) -> Seen:
        request = urllib.request.Request(self._base + path, data, {"Referer": self._base + path})
        started = time.monotonic()
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                status, body, url = answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as error:
            status, body, url = error.code, error.read().decode(errors="replace"), error.url
        took = round((time.monotonic() - started) * 1000)
        return Seen(url.removeprefix(self._base), status, _first("title", body), _first("p", _main(body)), took, body)


def check_roles(logins: list[Login], *, base: str, say: Callable[[str], None]) -> int:
    """Log in as each, open home and every page of the menu, say what was there. Returns how many pages were not well."""
    wrong = 0
    for login in logins:
        visitor = Visitor(base)
        home = visitor.log_in(login.username, PASSWORD)
        pages = [home, *(visitor.get(path) for path in menu_of(home))]
        say(f"{login.role} ({login.username})")
        for page in pages:
            wrong += not page.is_well
            mark = " " if page.is_well else "✗"
            say(f" {mark}{page.status} {page.milliseconds:>5} ms  {page.path:<28} {page.title} | {page.sentence}")
    return wrong


def menu_of(home: Seen) -> list[str]:
    """The pages of the menu, without the one we stand on."""
    links = re.findall(r'href="(/[^"#]*)"', "".join(_MENU.findall(home.body)))
    return [path for path in dict.fromkeys(map(html.unescape, links)) if path != home.path and "?" not in path]


@contextmanager
def running_site(say: Callable[[str], None]) -> Iterator[str]:
    """The real server on a free port for the block; its address."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port = probe.getsockname()[1]
    child = Child("Máy chủ trang", web_command(_HOST, port, 1))
    say(f"Mở máy chủ tại http://{_HOST}:{port} để kiểm tra")
    child.start(time.monotonic())
    try:
        limit = time.monotonic() + _PATIENCE
        while not answers(_HOST, port):
            if child.process.poll() is not None or time.monotonic() > limit:
                raise AnsinhError("Máy chủ trang không trả lời.")
            time.sleep(0.1)
        yield f"http://{_HOST}:{port}"
    finally:
        child.ask_to_stop()
        child.wait_until(time.monotonic() + 20)


def _first(tag: str, body: str) -> str:
    """The words of the first such element, on one line."""
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", body, re.DOTALL)
    return " ".join(html.unescape(_TAGS.sub("", found[1])).split())[:100] if found else ""


def _main(body: str) -> str:
    """The page's own part, without what it shows only when something goes wrong."""
    return _HIDDEN.sub("", body[body.find("<main") :])
