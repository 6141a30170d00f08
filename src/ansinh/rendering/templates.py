"""Word files with fields, filled by docxtpl: what a template uses, what is wrong with it, and the filled paper.

An office writes its own template in Word, so a template is text of a stranger: it may name fields, walk lists and ask whether
something is there, and nothing else. Everything filled in stays text.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from ansinh.rendering.layout import NOT_IN_XML

HEAVIEST = 40 * 1024 * 1024  # unpacked
_FILTERS = ("upper", "lower")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not, nodes.And,
    nodes.Or, nodes.Const, nodes.Compare, nodes.Operand, nodes.Filter,
)  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """A field a template may use: its name, or a list whose lines have fields of their own (`inner`; empty: lines are text)."""

    name: str
    is_list: bool = False
    inner: tuple[Slot, ...] = ()


@dataclass
class Reading:
    """What a template says: the fields it uses, those nobody knows, and what it may not do. `broken`: it cannot be read at all."""

    used: set[str] = field(default_factory=set)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forbidden: list[str] = field(default_factory=list)
    broken: str = ""


def read_template(data: bytes, slots: tuple[Slot, ...]) -> Reading:
    """Read a Word file and hold its fields against those there are. `unknown` gives, for each, the names that were possible there."""
    reading = Reading()
    try:
        texts = list(_parts(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        reading.broken = str(error) or type(error).__name__
        return reading
    for text in texts:
        try:
            tree = _environment().parse(text)
        except TemplateSyntaxError as error:
            reading.broken = error.message or "syntax"
            return reading
        _walk(tree, {slot.name: slot for slot in slots}, reading)
    return reading


def fill(data: bytes, values: Mapping[str, Any]) -> bytes:
    """The paper: each field replaced by its value, as text. Raises jinja2.UndefinedError when a field has no value."""
    template = DocxTemplate(BytesIO(data))
    template.render(_cleaned(values), jinja_env=_environment(), autoescape=True)
    target = BytesIO()
    template.save(target)
    return target.getvalue()


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _cleaned(value: Any) -> Any:
    """Values without the characters no Word file may hold."""
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    if isinstance(value, Mapping):
        return {key: _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list | tuple) else value


def _parts(data: bytes) -> Iterator[str]:
    """The body, headers and footers as docxtpl reads them."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > HEAVIEST:
            raise ValueError("unpacked over 40 MB")
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.namelist()):
            raise ValueError("macros")
    template = DocxTemplate(BytesIO(data))
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


# --- what a template says --------------------------------------------------------------------------------------------


def _walk(node: nodes.Node, known: Mapping[str, Slot], reading: Reading) -> None:
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Filter) and node.name not in _FILTERS):
        reading.forbidden.append(type(node).__name__ if not isinstance(node, nodes.Filter) else f"| {node.name}")
        return
    if isinstance(node, nodes.For):
        _walk_list(node, known, reading)
        return
    if isinstance(node, nodes.Getattr | nodes.Name):
        _slot(node, known, reading)
        return
    for child in node.iter_child_nodes():
        _walk(child, known, reading)


def _walk_list(node: nodes.For, known: Mapping[str, Slot], reading: Reading) -> None:
    """`{% for line in a_list %}`: within it `line` is one line of the list, and `loop` tells its place."""
    if not isinstance(node.iter, nodes.Getattr | nodes.Name) or not isinstance(node.target, nodes.Name):
        reading.forbidden.append("for")
        return
    listed = _slot(node.iter, known, reading)
    if node.test or node.else_ or node.recursive or (listed and not listed.is_list):
        reading.forbidden.append("for")
        return
    inner = {**known, "loop": Slot("loop", inner=(Slot("index"), Slot("first"), Slot("last")))}
    line = Slot(node.target.name, inner=listed.inner) if listed else None
    if line is not None:
        inner[line.name] = line
        for child in node.body:
            _walk(child, inner, reading)


def _slot(node: nodes.Node, known: Mapping[str, Slot], reading: Reading) -> Slot | None:
    """The field a name stands for; None, and written down, when there is none of that name there."""
    if isinstance(node, nodes.Name):
        name, said, there = node.name, node.name, known
    else:
        assert isinstance(node, nodes.Getattr)
        if not isinstance(node.node, nodes.Getattr | nodes.Name):
            reading.forbidden.append(type(node.node).__name__)
            return None
        whole = _slot(node.node, known, reading)
        if whole is None:
            return None
        there = {slot.name: slot for slot in whole.inner}
        name, said = node.attr, f"{_said(node.node)}.{node.attr}"
    if name not in there:
        reading.unknown[said] = tuple(there)
        return None
    reading.used.add(name)
    return there[name]


def _said(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else f"{_said(node.node)}.{node.attr}"  # type: ignore[attr-defined]
