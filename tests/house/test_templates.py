"""House rules of templates, in every room: nothing inline, nothing from another host, nothing unused."""

import re

import pytest
from tests.house.walking import programs, room_of, template_name, templates

BANNED = {
    "inline style": r"\sstyle\s*=",
    "inline script": r"<script(?![^>]*\ssrc=)|\son\w+\s*=\s*[\"']|javascript:",
    "another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
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
        ("htmx that evaluates", '<p hx-on:click="go()">'),
    ],
)
def test_what_is_banned_would_be_found(rule, said):
    assert re.search(BANNED[rule], said)


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
STILL_LONG = {"assistance", "entitlements", "imports", "pages", "payments"}


def long_lines(text: str) -> list[int]:
    """Numbers of lines nobody reads to their end."""
    return [number for number, line in enumerate(text.splitlines(), start=1) if len(line) > LONGEST_LINE]


def test_lines_of_templates_can_be_read():
    found = {(room_of(path), f"{template_name(path)}:{number}") for path, text in templates() for number in long_lines(text)}
    assert sorted(where for room, where in found if room not in STILL_LONG) == []
    assert sorted(STILL_LONG - {room for room, _ in found}) == []


def test_a_long_line_would_be_found():
    assert long_lines("short\n" + "x" * 241) == [2]
