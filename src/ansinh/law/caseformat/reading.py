"""Reading a file of worked cases: strict, whole, with the case and the place of every fault."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from ansinh.law.caseformat import poverty, social, support
from ansinh.law.caseformat.words import Schema, exactly, record, rows, variants
from ansinh.law.engine.errors import CaseFileError, LawFileError
from ansinh.law.engine.lawfile import read_yaml

_FORMATS = {social.FORMAT: social.case_schema, poverty.FORMAT: poverty.case_schema, support.FORMAT: support.case_schema}
# What a file of plain facts leaves out of a case.
_BARE_CASE = {"id": "TH-1", "regimes": ["R3"], "procedure": "settled", "legal_basis": ["–"], "confidence": "low"}
_TELLING = ("kind", "ask", "parameter", "format", "test", "procedure")


def schema() -> Schema:
    """All formats as one JSON Schema (2020-12), for people and other programs."""
    files = [record({"format": exactly(name), "cases": rows(build(), minItems=1)}) for name, build in _FORMATS.items()]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Worked cases of ansinh", **variants(files)}


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(_FORMATS[name](), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def read_cases(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Format and cases of a file. Refuses the whole file, naming every fault (CaseFileError)."""
    return _checked(path, _content(path))


def read_facts(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The same, and also a file of plain facts: `month` with `persons`, `household`, `events`, `law` as a case has them."""
    content = _content(path)
    if isinstance(content, dict) and "format" not in content and "cases" not in content:
        facts = {key: value for key, value in content.items() if key != "month"}
        asked = {"ask": "monthly", "month": content.get("month"), "total_vnd": 0}
        content = {"format": social.FORMAT, "cases": [{**_BARE_CASE, "title": path.name, **facts, "expect": [asked]}]}
    return _checked(path, content)


def _content(path: Path) -> Any:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise CaseFileError(f"{path}: không đọc được tệp ({fault}).") from None
    except (yaml.YAMLError, LawFileError, RecursionError) as fault:
        raise CaseFileError(f"{path}: không phải tệp YAML hợp lệ: {fault}") from None


def _checked(path: Path, content: Any) -> tuple[str, list[dict[str, Any]]]:
    faults = list(file_faults(content))
    if faults:
        raise CaseFileError(f"{path}: không đúng khuôn dạng, không chạy trường hợp nào.\n" + "\n".join(faults))
    return content["format"], content["cases"]


def file_faults(content: object) -> Iterator[str]:
    """Every fault of a file: its shape, doubled ids, persons that do not exist, days that do not exist."""
    if not isinstance(content, dict) or set(content) != {"format", "cases"}:
        yield "  (tệp): phải có đúng hai khóa “format” và “cases”"
        return
    name, cases = content["format"], content["cases"]
    if not isinstance(name, str) or name not in _FORMATS:
        yield f"  format: không biết khuôn dạng “{name}”; có: {', '.join(_FORMATS)}"
        return
    if not isinstance(cases, list) or not cases:
        yield "  cases: phải là danh sách có ít nhất một trường hợp"
        return
    seen: set[str] = set()
    for position, case in enumerate(cases):
        identity = str(case.get("id", f"#{position + 1}")) if isinstance(case, dict) else f"#{position + 1}"
        if identity in seen:
            yield f"  {identity}: id: lặp lại"
        seen.add(identity)
        for fault in _case_faults(name, case):
            yield f"  {identity}: {fault}"


def _case_faults(name: str, case: object) -> Iterator[str]:
    found = False
    for fault in _validator(name).iter_errors(case):
        found = True
        for one in _narrow(fault):
            place = "/".join(str(step) for step in one.absolute_path) or "(trường hợp)"
            yield f"{place}: {_told(one)}"
    if not found and name == social.FORMAT and isinstance(case, Mapping):
        yield from _reference_faults(case)


def _told(fault: jsonschema.ValidationError) -> str:
    text = str(fault.message)
    return text if len(text) < 300 else text[:297] + "..."


def _narrow(fault: jsonschema.ValidationError) -> list[jsonschema.ValidationError]:
    """Of several shapes, the faults of the one that the telling key chose; else the fault itself."""
    if fault.validator not in ("oneOf", "anyOf") or not fault.context:
        return [fault]
    by_shape: dict[Any, list[jsonschema.ValidationError]] = {}
    for one in fault.context:
        by_shape.setdefault(one.relative_schema_path[0], []).append(one)
    chosen = [shape for shape in by_shape.values() if not any(_wrong_shape(one, fault) for one in shape)]
    if len(chosen) != 1:
        return [fault]
    return [deeper for one in chosen[0] for deeper in _narrow(one)]


def _wrong_shape(one: jsonschema.ValidationError, outer: jsonschema.ValidationError) -> bool:
    steps = list(one.relative_path)
    if one.validator == "const":
        return len(steps) == 1 and steps[0] in _TELLING
    return one.validator == "type" and not steps


def _reference_faults(case: Mapping[str, Any]) -> Iterator[str]:
    persons = case.get("persons", {})
    for key, facts in persons.items():
        for named in [*facts.get("children", ()), *([facts["spouse"]] if "spouse" in facts else [])]:
            if named not in persons:
                yield f"persons/{key}: không có người “{named}”"
        if "birth" in facts and not _real(facts["birth"]):
            yield f"persons/{key}/birth: “{facts['birth']}” không có thật"
    for position, event in enumerate(case.get("events", ())):
        if "person" in event and event["person"] not in persons:
            yield f"events/{position}/person: không có người “{event['person']}”"
    for where, question in _questions(case.get("expect", ()), "expect"):
        for row in (question, *question.get("lines", ()), *question.get("lost", ())):
            if "person" in row and row["person"] not in persons:
                yield f"{where}/person: không có người “{row['person']}”"


def _questions(expect: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for position, question in enumerate(expect):
        yield f"{where}/{position}", question
        for index, choice in enumerate(question.get("choices", ())):
            yield from _questions(choice["expect"], f"{where}/{position}/choices/{index}/expect")


def _real(text: str) -> bool:
    year, month, day = (int(part) for part in [*re.split("-", text), "1", "1"][:3])
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
