"""Each role opens every kind of page it can reach: nothing fails, nothing scrolls sideways, axe finds nothing.

The slow look with axe is taken once for each kind of page, whoever opens it first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Error

ROLES = {
    "canbo.quynhphu": "chuyên viên xã", "chutich.quynhphu": "chủ tịch", "ketoan.quynhphu": "kế toán", "vanthu.quynhphu": "văn thư",
    "chuyenvien.so": "chuyên viên Sở", "kiemtra.so": "người kiểm tra", "quantri": "quản trị", "buudien": "tổ chức chi trả",
}  # fmt: skip
PAGES_OF_A_ROLE = 70
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"
LEFT_OUT = re.compile(r"/dang-xuat/|/static/|/tep/|/ky-nhan/|/tep-loi/|[?&]xuat=")


def shape(address: str) -> tuple[str, frozenset[str]]:
    """Pages that differ only in the row they show are of one kind."""
    parts = urlsplit(address)
    path = re.sub(r"[A-Z]{2}\d{4,}|UBND-\d+|(?<=/)\d+(?=/)|(?<=/che-do/)\w+|(?<=/nguoi-dung/)[\w.]+", "*", parts.path)
    return path, frozenset(name for name, _ in parse_qsl(parts.query))


def kinds_of_pages(page, site: str):
    """Open one page of each kind that links lead to; yields (address, status)."""
    waiting, known = [page.url], set()
    while waiting and len(known) < PAGES_OF_A_ROLE:
        address = waiting.pop(0)
        if shape(address) in known:
            continue
        known.add(shape(address))
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            continue
        yield address, answer.status
        links = [a.split("#")[0] for a in page.evaluate(LINKS)]
        waiting += [a for a in links if a.startswith(site) and not LEFT_OUT.search(a)]


def broken_rules(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in Axe().run(page).response["violations"]]


def faults(page, *, with_axe: bool) -> list[str]:
    """What is wrong with the page at a desk and on a phone."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"rộng {wide} px trên màn hình {width} px"] if wide > width else []
        found += [rule for rule in broken_rules(page) if rule not in found] if with_axe else []
    return found


@pytest.fixture(scope="session")
def is_first(tmp_path_factory, testrun_uid) -> Callable[[str], bool]:
    """`is_first(address)`: no process of this run has met this kind of page before."""
    met = tmp_path_factory.getbasetemp().parent / f"met-{testrun_uid}"
    met.mkdir(exist_ok=True)

    def ask(address: str) -> bool:
        path, asked = shape(address)
        try:
            (met / hashlib.sha256(repr((path, sorted(asked))).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return ask


@pytest.mark.parametrize("username", ROLES, ids=str)
def test_every_page_of_a_role_opens_and_is_clean(site, enter, is_first, username):
    page = enter(username)
    opened, wrong = 0, []
    for address, status in kinds_of_pages(page, site):
        opened += 1
        problems = [f"trả về {status}"] if status != 200 else []
        problems += faults(page, with_axe=is_first(address.removeprefix(site)))
        wrong += [f"{address.removeprefix(site)} {problem}" for problem in problems]
    assert wrong == []
    assert opened > 5


def test_a_page_that_fails_is_seen(site, enter):
    page = enter("canbo.quynhphu")
    assert page.goto("/nguoi/NT99999999/").status == 404
    page.evaluate("document.querySelector('h1').remove(); document.body.style.minWidth = '3000px'")
    found = faults(page, with_axe=True)
    assert any("rộng" in problem for problem in found)
    assert any("heading" in problem for problem in found)
