"""House rules of templates, in every room: nothing inline, nothing from another host, nothing unused."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
BANNED = {
    "inline style": r"\sstyle\s*=",
    "inline script": r"<script(?![^>]*\ssrc=)|\son\w+\s*=\s*[\"']|javascript:",
    "another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "htmx that evaluates": r"hx-on|hx-vals\s*=\s*[\"']js:|hx-trigger=\"[^\"]*\[",
}


@pytest.mark.parametrize("rule", BANNED)
def test_no_template_has(rule):
    found = [str(t.relative_to(HOUSE)) for t in TEMPLATES if re.search(BANNED[rule], t.read_text(encoding="utf-8"))]
    assert found == []


def test_every_template_is_used():
    texts = [p.read_text(encoding="utf-8") for p in [*HOUSE.glob("*/**/*.py"), *TEMPLATES] if "tests" not in p.parts]
    said = "\n".join(texts)
    names = [t.relative_to(t.parents[len(t.parts) - t.parts.index("templates") - 2]).as_posix() for t in TEMPLATES]
    unused = [n for n in names if not n.startswith("django/") and f'"{n}"' not in said and f"'{n}'" not in said]
    assert unused == []
