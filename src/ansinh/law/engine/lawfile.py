"""The whole law, read once from its files, checked, and asked: what is in force for this month?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ansinh.kernel.periods import last_day
from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.expressions import Expression, parse
from ansinh.law.engine.parameters import (
    Choice,
    DatedValue,
    Instrument,
    OpenQuestion,
    Parameter,
    dated_value,
    overlay,
)
from ansinh.law.engine.rules import Category, ChangeOfLaw, Definition, Fact, Procedure, Regime, Rule
from ansinh.law.engine.schema import check_law_file

_Dated = TypeVar("_Dated", Rule, Regime)
ROOT = Path(__file__).resolve().parent.parent
FILES = (
    "instruments.yaml",
    "procedures.yaml",
    "standards/parameters.yaml",
    "standards/open_questions.yaml",
    "standards/unread.yaml",
    "standards/facts.yaml",
    "benefits/categories.yaml",
    "benefits/monthly_allowance/parameters.yaml",
    "benefits/monthly_allowance/rules.yaml",
    "benefits/social_pension/parameters.yaml",
    "benefits/social_pension/rules.yaml",
    "benefits/residential_upbringing/parameters.yaml",
    "benefits/residential_upbringing/rules.yaml",
    "benefits/carer_money/rules.yaml",
    "benefits/disabled_parent_support/rules.yaml",
    "benefits/one_off/parameters.yaml",
    "benefits/leader_gifts/parameters.yaml",
)


@dataclass(frozen=True)
class Unread:
    """A text of law that has not been seen; an officer answers it with a source."""

    key: str
    label: str
    question: str
    basis: str


@dataclass(frozen=True)
class InForce:
    """The law of one benefit month: the regime of its last day, its rules, its numbers with what set them."""

    month: date
    regime: Regime | None
    rules: tuple[Rule, ...]
    numbers: Mapping[str, int]
    sources: Mapping[str, DatedValue]
    # What was made of this law once and never changes, such as its words: kept as long as the law itself.
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class LawBook:
    """Everything the law files say."""

    instruments: Mapping[str, Instrument]
    regimes: tuple[Regime, ...]
    parameters: Mapping[str, Parameter]
    questions: Mapping[str, OpenQuestion]
    unread: tuple[Unread, ...]
    facts: Mapping[str, Fact]
    definitions: Mapping[str, Definition]
    rules: tuple[Rule, ...]
    categories: Mapping[str, Category]
    kinds: Mapping[str, tuple[str, str]]
    changes: tuple[ChangeOfLaw, ...]
    hash: str
    procedures: tuple[Procedure, ...] = ()
    _months: dict[tuple[date, date | None, str], InForce] = field(default_factory=dict, compare=False, repr=False)

    def regime_on(self, day: date) -> Regime | None:
        """The regime in force on a day (None before 2015)."""
        return next((regime for regime in self.regimes if regime.in_force(day)), None)

    def at(self, month: date, *, known_on: date | None = None, middle_from: str = "2026-07-01") -> InForce:
        """The law of a benefit month. `middle_from` answers the open question `r3_5a_75_from`."""
        key = (month, known_on, middle_from)
        found = self._months.get(key)
        if found is None:
            found = self._months[key] = self._in_force(month, known_on, middle_from)
        return found

    def _in_force(self, month: date, known_on: date | None, middle_from: str) -> InForce:
        end = last_day(month)
        sources: dict[str, DatedValue] = {}
        for key, parameter in self.parameters.items():
            value = parameter.find(month, known_on)
            if key == "age_elder_alone_higher" and middle_from == "2026-10-05" and month < date(2026, 10, 1):
                value = parameter.find(date(2026, 6, 1), known_on)
            if value is not None:
                sources[key] = value
        numbers = {key: value.value for key, value in sources.items()}
        rules = tuple(rule for rule in self.rules if rule.in_force(end))
        return InForce(month, self.regime_on(end), rules, numbers, sources)

    def reformed(self, changes: Iterable[tuple[str, DatedValue]], rules: Iterable[Rule] = ()) -> LawBook:
        """The law under a reform: dated values laid over and rules replaced by key from their start on."""
        replaced = {rule.key: rule for rule in rules}
        kept = tuple(rule for rule in self.rules if rule.key not in replaced or rule.start < replaced[rule.key].start)
        return replace(self, parameters=overlay(self.parameters, changes), rules=kept + tuple(replaced.values()), _months={})

    def as_before(self, day: date) -> LawBook:
        """The law as if nothing had changed on that day or later: what was in force on the eve goes on."""
        parameters = {}
        for key, parameter in self.parameters.items():
            known = tuple(value for value in parameter.values if value.in_force_from < day)
            if known:
                parameters[key] = replace(parameter, values=known)
        rules = tuple(_going_on(rule, day) for rule in self.rules if rule.start < day)
        regimes = tuple(_going_on(regime, day) for regime in self.regimes if regime.start < day)
        return replace(self, parameters=parameters, rules=rules, regimes=regimes, _months={})

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Tie order of the categories: the order of the points in Điều 5."""
        return {rule.category: rule.order for rule in self.rules}


def _going_on(one: _Dated, day: date) -> _Dated:
    return replace(one, end=None) if one.end and one.end >= day else one


@cache
def load(root: Path = ROOT) -> LawBook:
    """Read, check and keep the law files."""
    digest = hashlib.sha256()
    sections: dict[str, list[Any]] = {}
    kinds_of_rules: list[tuple[str, Any]] = []
    for name in FILES:
        raw = (root / name).read_bytes()
        digest.update(name.encode() + b"\0" + raw)
        content = yaml.load(raw, Loader=_LOADER)
        check_law_file(name, content)
        for section, rows in content.items():
            if section == "rules":
                kinds_of_rules.extend((name.split("/")[1], row) for row in rows)
            else:
                sections.setdefault(section, []).extend(rows)
    book = _build(sections, kinds_of_rules, digest.hexdigest())
    check(book)
    return book


def _build(sections: Mapping[str, list[Any]], rule_rows: list[tuple[str, Any]], digest: str) -> LawBook:
    definitions = _definitions(sections["definitions"])
    inline = {key: definition.expression for key, definition in definitions.items()}
    rules = tuple(_rule(row, folder, inline) for folder, row in rule_rows)
    return LawBook(
        instruments={row["key"]: _instrument(row) for row in sections["instruments"]},
        regimes=tuple(_regime(row) for row in sections["regimes"]),
        parameters={row["key"]: _parameter(row) for row in sections["parameters"]},
        questions={row["key"]: _question(row) for row in sections["open_questions"]},
        unread=tuple(Unread(**row) for row in sections["unread"]),
        facts={row["key"]: Fact(**row) for row in sections["facts"]},
        definitions=definitions,
        rules=rules,
        categories={row["key"]: _category(row, rules) for row in sections["categories"]},
        kinds={row["key"]: (row["label"], row["label_en"]) for row in sections["kinds"]},
        changes=tuple(_change(row) for row in sections["changes"]),
        hash=digest,
        procedures=tuple(_procedure(row) for row in sections["procedures"]),
    )


def _definitions(rows: list[Any]) -> dict[str, Definition]:
    result: dict[str, Definition] = {}
    for row in rows:
        known = {key: definition.expression for key, definition in result.items()}
        result[row["key"]] = Definition(row["key"], row["label"], row["basis"], parse(row["expression"], known))
    return result


def _rule(row: dict[str, Any], folder: str, inline: Mapping[str, Expression]) -> Rule:
    values = dict(row)
    values["start"] = date.fromisoformat(row["start"])
    values["end"] = date.fromisoformat(row["end"]) if "end" in row else None
    values["when"] = parse(row["when"], inline)
    values["coefficient"] = parse(row["coefficient"], inline)
    values["anchors"] = tuple(row.get("anchors", {}).items())
    return Rule(kind=folder, **values)


def _instrument(row: dict[str, Any]) -> Instrument:
    days: dict[str, Any] = {k: date.fromisoformat(row[k]) for k in ("issued_on", "in_force_from", "in_force_to") if k in row}
    values: dict[str, Any] = {"issued_on": None, **row, **days}
    return Instrument(**values)


def _change(row: dict[str, Any]) -> ChangeOfLaw:
    days: dict[str, Any] = {key: date.fromisoformat(row[key]) for key in ("day", "rules_from", "money_from")}
    return ChangeOfLaw(**{**row, **days})


def _regime(row: dict[str, Any]) -> Regime:
    end = date.fromisoformat(row["end"]) if "end" in row else None
    return Regime(row["key"], row["label"], row["label_en"], date.fromisoformat(row["start"]), end, row["instrument"])


def _procedure(row: dict[str, Any]) -> Procedure:
    end = date.fromisoformat(row["end"]) if row.get("end") else None
    dates = {"start": date.fromisoformat(row["start"]), "end": end}
    return Procedure(**{**row, **dates, "kinds": tuple(row["kinds"])})


def _parameter(row: dict[str, Any]) -> Parameter:
    values = tuple(dated_value(value) for value in row["values"])
    return Parameter(row["key"], row["label"], row["label_en"], row["unit"], values)


def _question(row: dict[str, Any]) -> OpenQuestion:
    choices = tuple(Choice(**choice) for choice in row["choices"])
    end = date.fromisoformat(row["end"]) if row.get("end") else None
    values: dict[str, Any] = {"default": None, **row, "choices": choices, "end": end}
    return OpenQuestion(**values)


def _category(row: dict[str, Any], rules: tuple[Rule, ...]) -> Category:
    codes = tuple((rule.code, rule.start.isoformat()) for rule in rules if rule.category == row["key"])
    names = (row["key"], row["kind"], row["label"], row["label_en"], row["short"])
    return Category(*names, codes, tuple(row["words"]), row.get("sensitive", False))


def check(book: LawBook) -> None:
    """Overlaps, gaps, unknown names: the faults a schema cannot see."""
    faults = [*_rule_faults(book), *_name_faults(book), *_value_faults(book), *_regime_faults(book)]
    if faults:
        raise LawFileError("Tệp luật mâu thuẫn:\n" + "\n".join(faults))


def _rule_faults(book: LawBook) -> list[str]:
    faults = []
    by_key: dict[str, list[Rule]] = {}
    for rule in book.rules:
        by_key.setdefault(rule.key, []).append(rule)
        if rule.category not in book.categories:
            faults.append(f"quy tắc {rule.key}: không có nhóm {rule.category}")
        if rule.end and rule.end <= rule.start:
            faults.append(f"quy tắc {rule.key}: ngày hết hiệu lực trước ngày có hiệu lực")
    for key, versions in by_key.items():
        versions.sort(key=lambda rule: rule.start)
        for earlier, later in zip(versions, versions[1:], strict=False):
            if earlier.end is None or earlier.end > later.start:
                faults.append(f"quy tắc {key}: hai phiên bản chồng nhau từ {later.start:%d/%m/%Y}")
            elif earlier.end < later.start:
                faults.append(f"quy tắc {key}: hở từ {earlier.end:%d/%m/%Y} đến {later.start:%d/%m/%Y}")
    return faults


def _name_faults(book: LawBook) -> list[str]:
    known = set(book.facts) | set(book.parameters)
    return [
        f"quy tắc {rule.key}: không biết tên “{name}”"
        for rule in book.rules
        for name in sorted((rule.when.names | rule.coefficient.names | ({rule.count} if rule.count else set())) - known)
    ]


def _value_faults(book: LawBook) -> list[str]:
    faults = []
    for parameter in book.parameters.values():
        starts = [value.applies_to_months_from for value in parameter.values]
        if len(set(starts)) != len(starts) or starts != sorted(starts):
            faults.append(f"tham số {parameter.key}: giá trị trùng tháng hoặc không theo thứ tự")
        faults.extend(
            f"tham số {parameter.key}: không có văn bản {value.instrument}"
            for value in parameter.values
            if value.instrument not in book.instruments
        )
    for question in book.questions.values():
        if question.default is not None:
            question.check(question.default)
    return faults


def _regime_faults(book: LawBook) -> list[str]:
    return [
        f"chế độ {earlier.key} và {later.key} không nối tiếp nhau"
        for earlier, later in zip(book.regimes, book.regimes[1:], strict=False)
        if earlier.end != later.start
    ]


class _LOADER(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without surprises: dates stay text, a key given twice is a fault."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise LawFileError(f"Khóa “{key}” lặp lại ở dòng {key_node.start_mark.line + 1}.")
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_LOADER.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_LOADER.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str | bytes) -> Any:
    """YAML of ours: dates as text, no key twice."""
    return yaml.load(text, Loader=_LOADER)
