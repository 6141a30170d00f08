"""What the house tests walk over: rooms and floors, program files, templates, addresses."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, get_resolver

TOP = Path(__file__).resolve().parents[2]
HOUSE = TOP / "src" / "ansinh"
SHELLS = {"web", "portal", "api", "project"}


@cache
def contract() -> dict:
    """The import contract as it stands in pyproject.toml."""
    (found,) = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return found


@cache
def floors() -> dict[str, int]:
    """Each room and how high its floor lies; the ground is 0."""
    layers = list(reversed(contract()["layers"]))
    return {room.strip(" ()"): height for height, layer in enumerate(layers) for room in layer.split("|")}


def is_below(room: str, other: str) -> bool:
    """`room` lies on a lower floor than `other`, or is the same room."""
    return room == other or floors()[room] < floors()[other]


def room_of(path: Path) -> str:
    """The room of a file of the house; a lone file at the top belongs to `project`."""
    parts = path.relative_to(HOUSE).parts
    return parts[0] if len(parts) > 1 else "project"


def programs(*, tests: bool = False) -> Iterator[tuple[Path, str]]:
    """Every program file of the house with its text."""
    for path in sorted(HOUSE.rglob("*.py")):
        if tests or "tests" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def templates() -> Iterator[tuple[Path, str]]:
    """Every template of the house with its text."""
    for path in sorted(HOUSE.glob("*/templates/**/*.html")):
        yield path, path.read_text(encoding="utf-8")


def template_name(path: Path) -> str:
    """'people/list.html'."""
    return path.relative_to(path.parents[len(path.parts) - path.parts.index("templates") - 2]).as_posix()


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a program."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(text: str) -> Iterator[str]:
    """Every module of ours that a program imports, and each name taken out of it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("ansinh."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ansinh"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def addresses() -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site: its name ('people:list'), its path and its pattern."""
    yield from _addresses(get_resolver().url_patterns, "", "")


def _addresses(patterns, space: str, before: str) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", path, pattern
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern.url_patterns, inner, path)


@cache
def room_of_address() -> dict[str, str]:
    """The room whose view answers under a name."""
    return {name: pattern.callback.__module__.split(".")[1] for name, _, pattern in addresses()}
