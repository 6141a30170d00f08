"""Walks the site as somebody who has logged in: every page reached by links, and every form on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

_ONE_OF_MANY = re.compile(
    r"[A-Z]{2}\d{6,}|[A-Z]+-?\d[\w-]*|\b\d+\b|[0-9a-f]{8}-[0-9a-f-]{27}|thử %20\d+|(?<=/nguoi-dung/)[^/]+|(?<=/che-do/)\w+"
)
ENOUGH = 3  # pages of one kind


@dataclass
class Field:
    """A field as the page offers it."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form: where it goes and what it asks."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        return self.method, kind_of(self.action), tuple(asked.name for asked in self.fields)


def kind_of(path: str) -> str:
    """The address with the things in it taken out: one kind of page."""
    return _ONE_OF_MANY.sub("#", path.split("?")[0])


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.links, self.forms = path, [], []
        self.form: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.path, given["href"]).split("#")[0])
        elif tag == "form":
            self.form = Form(urljoin(self.path, given.get("action", "")), given.get("method", "get").lower())
            self.forms.append(self.form)
        elif tag == "option" and self.select:
            self.select.choices.append(given.get("value", ""))
        elif self.form and given.get("name") and given["name"] != "csrfmiddlewaretoken":
            made = Field(given["name"], given.get("type", tag), given.get("value", ""))
            self.select = made if tag == "select" else None
            self.form.fields.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def walk(client: Client, start: Iterable[str]) -> tuple[dict[str, str], list[Form]]:
    """Every kind of page a client reaches, with its text, and every kind of form there. A page that breaks fails here already."""
    seen: Counter[str] = Counter()
    pages, forms, waiting = {}, {}, [*start]
    while waiting:
        path = waiting.pop(0)
        if not path.startswith("/") or path.startswith(("//", "/static")) or seen[kind_of(path)] >= ENOUGH or path in pages:
            continue
        seen[kind_of(path)] += 1
        pages[path] = ""
        response = client.get(path)
        assert response.status_code < 500, path
        if response.status_code in (301, 302):
            waiting.append(urljoin(path, response["Location"]))
        elif "html" in response.get("Content-Type", ""):
            pages[path] = response.content.decode()
            reader = _Reader(path)
            reader.feed(pages[path])
            waiting += reader.links
            for form in reader.forms:
                forms.setdefault(form.key, form)
    return pages, list(forms.values())
