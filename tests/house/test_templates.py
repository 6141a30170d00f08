"""House rules of templates, in every room: nothing inline, nothing from another host, nothing unused."""

import re

import pytest
from django.conf import settings
from tests.house.walking import HOUSE, programs, room_of, template_name, templates

from ansinh.pages.nouns import noun_url

BANNED = {
    "inline style": r"\sstyle\s*=",
    "inline script": r"<script(?![^>]*\ssrc=)|\son\w+\s*=\s*[\"']|javascript:",
    "another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "an address written by hand": r"\s(?:href|action|src|hx-[a-z]+)\s*=\s*[\"']/\w",
    "htmx that evaluates": r"hx-on|hx-vals\s*=\s*[\"']js:|hx-trigger=\"[^\"]*\[",
}


@pytest.mark.parametrize("rule", BANNED)
def test_no_template_has(rule):
    assert [template_name(path) for path, text in templates() if re.search(BANNED[rule], text)] == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("inline style", '<p style="color: red">'),
        ("inline script", "<script>alert(1)</script>"),
        ("inline script", '<a onclick="go()">'),
        ("another host", '<img src="//elsewhere/x.png">'),
        ("an address written by hand", '<a href="/nguoi/{{ code }}/">'),
        ("htmx that evaluates", '<p hx-on:click="go()">'),
    ],
)
def test_what_is_banned_would_be_found(rule, said):
    assert re.search(BANNED[rule], said)


_ADDRESS = re.compile(r"""f?["']/[a-z-]+/[^"']*["']""")


def addresses_by_hand(text: str) -> list[str]:
    """Addresses of pages that a program spells out instead of asking for them by name."""
    return _ADDRESS.findall(text)


def test_no_view_or_question_writes_an_address_by_hand():
    found = [
        f"{path.relative_to(HOUSE)}: {said}"
        for path, text in programs()
        if {"views", "queries"} & {*path.relative_to(HOUSE).parts, path.stem}
        for said in addresses_by_hand(text)
    ]
    assert found == []
    assert addresses_by_hand('redirect(f"/nguoi/{code}/")') and not addresses_by_hand('redirect("people:list")')


def test_every_noun_that_is_linked_has_a_page():
    linked = {match for _, text in templates() for match in re.findall(r"{% noun '(\w+)'", text)}
    assert linked <= settings.ANSINH_NOUNS.keys()
    assert {noun_url(noun, "NT00000001") for noun in settings.ANSINH_NOUNS} == {
        "/nguoi/NT00000001/",
        "/nguoi/NT00000001/vi-sao/",
        "/nguoi/trung/NT00000001/",
        "/quyet-dinh/NT00000001/",
        "/ho-so/NT00000001/",
        "/chi-tra/NT00000001/",
        "/chi-tra/ban-giao/NT00000001/",
        "/ho/NT00000001/",
        "/giao-viec/NT00000001/",
        "/niem-yet/NT00000001/",
        "/tro-giup/danh-sach/NT00000001/",
        "/bao-ve-khan-cap/NT00000001/",
        "/quy-cuu-tro/NT00000001/",
        "/don-thu/NT00000001/",
        "/chinh-sach/nghi-quyet/NT00000001/vi-du/",
        "/nhap-danh-sach/NT00000001/",
        "/nguoi/NT00000001/sua-sai/",
        "/quyet-dinh/NT00000001/sua-sai/",
        "/nhap-danh-sach/NT00000001/sua-sai/",
    }


# Use -----------------------------------------------------------------------------------------------------------------
def unused(names: list[str], said: str) -> list[str]:
    """Templates that no program and no template names."""
    return [n for n in names if not n.startswith("django/") and f'"{n}"' not in said and f"'{n}'" not in said]


def test_every_template_is_used():
    said = "\n".join(text for _, text in (*programs(), *templates()))
    assert unused([template_name(path) for path, _ in templates()], said) == []


def test_an_unused_template_would_be_found():
    assert unused(["web/home.html", "web/old.html"], 'TemplateResponse(request, "web/home.html")') == ["web/old.html"]


# Lines ---------------------------------------------------------------------------------------------------------------
LONGEST_LINE = 240
# Rooms whose templates are still to be broken into lines. A room that has become short must leave this list.
STILL_LONG = {"imports", "pages", "payments"}


def long_lines(text: str) -> list[int]:
    """Numbers of lines nobody reads to their end."""
    return [number for number, line in enumerate(text.splitlines(), start=1) if len(line) > LONGEST_LINE]


def test_lines_of_templates_can_be_read():
    found = {(room_of(path), f"{template_name(path)}:{number}") for path, text in templates() for number in long_lines(text)}
    assert sorted(where for room, where in found if room not in STILL_LONG) == []
    assert sorted(STILL_LONG - {room for room, _ in found}) == []


def test_a_long_line_would_be_found():
    assert long_lines("short\n" + "x" * 241) == [2]
