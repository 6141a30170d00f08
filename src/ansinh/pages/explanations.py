"""The shape of "Vì sao?": what a room hands to the panel, whatever engine found it."""

from __future__ import annotations

from typing import TypedDict


class Law(TypedDict, total=False):
    """An article as in the gazette, and its page."""

    text: str
    url: str


class Mark(TypedDict):
    """A state beside a line: a kind of `tag` and its words."""

    kind: str
    text: str


class Part(TypedDict, total=False):
    """A factor of the sum: value and what it is; sign '', '×', '+', '−' or '='. After '=' another sum may begin."""

    sign: str
    value: str
    label: str


class Node(TypedDict, total=False):
    """A factor with its facts below it, then its articles. `label` is set in bold before `text`."""

    label: str
    text: str
    url: str
    link: str
    mark: Mark
    children: list[Node]
    law: list[Law]


class Note(TypedDict, total=False):
    """A notice inside the panel, mostly law that is not confirmed."""

    kind: str
    text: str
    url: str
    link: str


class Lost(TypedDict, total=False):
    """What was considered and lost: amount None where nothing was due."""

    label: str
    amount: int | None
    reason: str
    law: Law


class Near(TypedDict):
    """A rule nearly met: what is missing, each in words."""

    label: str
    missing: list[str]
    law: Law


class Explanation(TypedDict, total=False):
    """The panel: a title, the sum, notices, the tree, what was lost, and what would have to be true."""

    title: str
    sumline: list[Part]
    notes: list[Note]
    tree: list[Node]
    lost: list[Lost]
    near: list[Near]
