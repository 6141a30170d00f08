"""A province's resolution as a file: the words of the law files, read strictly, each fault with its line.

resolution: {number: "63/2025/NQ-HĐND", title: "…", issued_on: '2025-11-27', in_force_from: '2026-01-01',
             applies_to_months_from: '2026-01', territory: '33@2025-07-01'}
levels:  [{standard_vnd: 650000, applies_to: [monthly, social_pension], basis: "Điều 2"}]
amounts: [{of: DISABLED_SEVERE, amount_vnd: 1000000, basis: "Khoản 1 Điều 3"}]
groups:  [{key: poor_ill, title: "…", when: "poor and age >= 60", coefficient: '1.0', basis: "Điều 4"}]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any

import yaml

from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.kernel.money import hundredths
from ansinh.law.engine.errors import LawFileError
from ansinh.law.resolutions import SCOPES, Amount, ExtraGroup, Provincial

MOST_BYTES = 200_000
LONGEST = 600
MOST_VND = 10**12
YEARS = range(2015, 2101)  # a regime before, a slip of the hand after


@dataclass(frozen=True)
class Level:
    """A standard (đồng a month) for the scopes the words of the resolution reach, and where it says so."""

    standard_vnd: int
    applies_to: frozenset[str]
    basis: str = ""


@dataclass(frozen=True)
class Resolution:
    """One resolution whole. Benefit months from `start` up to but without `end`; `territory` as the caller names it."""

    number: str
    title: str
    issued_on: date
    in_force_from: date
    start: date
    end: date | None = None
    territory: str = ""
    replaces: str = ""
    levels: tuple[Level, ...] = ()
    amounts: tuple[tuple[Amount, str], ...] = ()
    groups: tuple[ExtraGroup, ...] = ()

    @property
    def cited(self) -> str:
        """As papers cite it."""
        return f"Nghị quyết số {self.number} ngày {self.issued_on:%d/%m/%Y}"

    def parts(self) -> tuple[Provincial, ...]:
        """What is laid over the law, one part for each thing it sets, each with its own article."""
        whole = Provincial(
            standard_vnd=0, start=self.start, applies_to=frozenset(), end=self.end, instrument=self.cited,
            issued_on=self.issued_on, in_force_from=self.in_force_from,
            territories=frozenset({self.territory} if self.territory else ()),
        )  # fmt: skip
        levels = (
            replace(whole, standard_vnd=one.standard_vnd, applies_to=one.applies_to, instrument=self._article(one.basis))
            for one in self.levels
        )
        amounts = (replace(whole, amounts=(one,), instrument=self._article(basis)) for one, basis in self.amounts)
        groups = (replace(whole, groups=(one,)) for one in self.groups)
        return (*levels, *amounts, *groups)

    def _article(self, basis: str) -> str:
        return f"{basis} {self.cited}".strip()


class FileFaults(LawFileError):
    """A file that cannot be taken; `faults` are the sentences, each with its line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


# --- kinds of values ---------------------------------------------------------------------------------------------------


def _text(node: yaml.Node) -> str:
    text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
    if text and text.isprintable() and len(text) <= LONGEST:
        return text
    raise InvalidInput(f"phải là chữ, không bỏ trống, nhiều nhất {LONGEST} ký tự")


def _key(node: yaml.Node) -> str:
    text = _text(node)
    if not text.isascii() or not text.isidentifier():
        raise InvalidInput("phải là tên không dấu, không cách, ví dụ poor_ill")
    return text


def _day(node: yaml.Node) -> date:
    try:
        return _of_our_time(date.fromisoformat(_text(node)))
    except ValueError:
        raise InvalidInput("phải là ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-01-01") from None


def _month(node: yaml.Node) -> date:
    text = _text(node)
    try:
        return _of_our_time(date.fromisoformat(f"{text}-01"))
    except ValueError:
        raise InvalidInput("phải là tháng dạng NĂM-THÁNG, ví dụ 2026-01") from None


def _of_our_time(day: date) -> date:
    if day.year not in YEARS:
        raise InvalidInput(f"phải là năm từ {YEARS.start} đến {YEARS.stop - 1}")
    return day


def _money(node: yaml.Node) -> int:
    text = _text(node)
    if not text.isdecimal() or not 0 < int(text) <= MOST_VND:
        raise InvalidInput("phải là số nguyên đồng lớn hơn 0, không dấu chấm, ví dụ 650000")
    return int(text)


def _coefficient(node: yaml.Node) -> int:
    try:
        value = hundredths(_text(node))
    except AnsinhError:
        value = 0
    if not 0 < value <= 10_000:
        raise InvalidInput("phải là hệ số lớn hơn 0, ví dụ '1.5'")
    return value


def _names(allowed: tuple[str, ...]) -> Callable[[yaml.Node], frozenset[str]]:
    def read(node: yaml.Node) -> frozenset[str]:
        found = [child.value for child in node.value] if isinstance(node, yaml.SequenceNode) else None
        if not found or set(map(str, found)) - set(allowed):
            raise InvalidInput(f"phải là danh sách trong: {', '.join(allowed)}")
        return frozenset(map(str, found))

    return read


Fields = Mapping[str, tuple[Callable[[yaml.Node], Any], bool]]
_PAPER: Fields = {
    "number": (_text, True), "title": (_text, True), "issued_on": (_day, True), "in_force_from": (_day, True),
    "applies_to_months_from": (_month, True), "to": (_month, False), "territory": (_text, True), "replaces": (_text, False),
}  # fmt: skip
_LEVEL: Fields = {"standard_vnd": (_money, True), "applies_to": (_names(SCOPES), True), "basis": (_text, False)}
_AMOUNT: Fields = {
    "of": (_text, True), "amount_vnd": (_money, True), "coefficient": (_coefficient, False), "basis": (_text, False),
}  # fmt: skip
_GROUP: Fields = {
    "key": (_key, True), "title": (_text, True), "when": (_text, True), "coefficient": (_coefficient, False),
    "amount_vnd": (_money, False), "basis": (_text, False), "brings": (_names(("funeral", "health_insurance")), False),
}  # fmt: skip
_LISTS: Mapping[str, Fields] = {"levels": _LEVEL, "amounts": _AMOUNT, "groups": _GROUP}


# --- reading -----------------------------------------------------------------------------------------------------------


class _Reading:
    """Goes through the nodes once and keeps every fault."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []

    def fault(self, node: yaml.Node, text: str) -> None:
        line = node.start_mark.line + 1
        self.faults.append((line, f"Dòng {line}{text}"))

    def entries(self, node: yaml.Node, where: str, known: tuple[str, ...]) -> Iterator[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f", {where}: phải là các mục “tên: giá trị”.")
            return
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name not in known:
                self.fault(key, f", {where}: không có mục “{name}”; các mục là {', '.join(known)}.")
            elif name in seen:
                self.fault(key, f", {where}: mục “{name}” lặp lại.")
            else:
                yield name, value
            seen.add(name)

    def fields(self, node: yaml.Node, where: str, fields: Fields) -> dict[str, Any]:
        found: dict[str, Any] = {}
        named: set[str] = set()
        for name, value in self.entries(node, where, tuple(fields)):
            named.add(name)
            try:
                found[name] = fields[name][0](value)
            except InvalidInput as wrong:
                seen = value.value if isinstance(value, yaml.ScalarNode) else "danh sách"
                self.fault(value, f", {where}.{name}: thấy “{seen}”, {wrong}.")
        for name, (_kind, needed) in fields.items():
            if needed and name not in named:
                self.fault(node, f", {where}: thiếu mục “{name}”.")
        return found

    def rows(self, node: yaml.Node, where: str, fields: Fields) -> list[dict[str, Any]]:
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f", {where}: phải là danh sách, mỗi dòng bắt đầu bằng dấu “-”.")
            return []
        return [self.fields(child, f"{where}[{number}]", fields) for number, child in enumerate(node.value, start=1)]


def read_resolution(data: bytes) -> Resolution:
    """The resolution of a file. Raises FileFaults with one sentence for each thing that is wrong, in order of lines."""
    root = _root(data)
    reading = _Reading()
    sections = dict(reading.entries(root, "tệp", ("resolution", *_LISTS)))
    if "resolution" not in sections:
        reading.fault(root, ", tệp: thiếu mục “resolution”.")
    paper = reading.fields(sections["resolution"], "resolution", _PAPER) if "resolution" in sections else {}
    rows = {name: reading.rows(sections[name], name, fields) if name in sections else [] for name, fields in _LISTS.items()}
    if reading.faults:
        raise FileFaults([text for _line, text in sorted(reading.faults, key=itemgetter(0))])
    return _resolution(paper, rows)


def _root(data: bytes) -> yaml.Node:
    if len(data) > MOST_BYTES:
        raise FileFaults([f"Tệp nặng {len(data) // 1000} kB, tối đa {MOST_BYTES // 1000} kB."])
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise FileFaults(["Tệp không phải văn bản UTF-8. Hãy lưu lại dạng YAML, mã UTF-8."]) from None
    except (yaml.YAMLError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = f"Dòng {mark.line + 1}: " if mark else ""
        raise FileFaults(
            [f"{line}không đọc được cú pháp YAML; xem lại dấu hai chấm, dấu nháy và khoảng thụt đầu dòng."]
        ) from None
    if root is None:
        raise FileFaults(["Tệp rỗng."])
    return root


def _resolution(paper: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> Resolution:
    return Resolution(
        number=paper["number"], title=paper["title"], issued_on=paper["issued_on"], in_force_from=paper["in_force_from"],
        start=paper["applies_to_months_from"], end=paper.get("to"), territory=paper["territory"],
        replaces=paper.get("replaces", ""),
        levels=tuple(Level(**row) for row in rows["levels"]),
        amounts=tuple(
            (Amount(row["of"], row["amount_vnd"], row.get("coefficient")), row.get("basis", "")) for row in rows["amounts"]
        ),
        groups=tuple(ExtraGroup(**row) for row in rows["groups"]),
    )  # fmt: skip
