"""Strict schemas of the law files. An unknown key is a fault: a misspelt date must never be skipped."""

from __future__ import annotations

from typing import Any

import jsonschema

from ansinh.law.engine.errors import LawFileError

_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT = {"type": "string", "minLength": 1}
_MARK = {"enum": ["V", "K", "?"]}
_KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}


def _closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_VALUE = _closed(
    {
        "value": {"type": "integer"},
        "in_force_from": _DAY,
        "applies_to_months_from": {"type": "string", "pattern": r"^\d{4}-\d{2}-01$"},
        "instrument": _TEXT,
        "basis": _TEXT,
        "mark": _MARK,
    },
    {"issued_on": _DAY},
)
_DEFINITION = _closed({"key": _KEY, "label": _TEXT, "basis": _TEXT, "expression": _TEXT})
_RULE = _closed(
    {
        "key": _KEY,
        "category": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
        "code": {"type": "string", "pattern": r"^ND\d+(\.[0-9a-eđghikl]+)+(\.\*)?$"},
        "order": {"type": "integer"},
        "start": _DAY,
        "title": _TEXT,
        "title_en": _TEXT,
        "basis": _TEXT,
        "coefficient_basis": _TEXT,
        "mark": _MARK,
        "when": _TEXT,
        "coefficient": _TEXT,
    },
    {
        "end": _DAY,
        "clause": {"type": "integer"},
        "count": _KEY,
        "group": {"enum": ["single_parent", "rest", "pension", "residential", "care", "parent"]},
        "payee": {"enum": ["self", "own_household", "foster_household"]},
        "anchors": {"type": "object", "additionalProperties": {"enum": ["certificate", "age"]}},
    },
)
_INSTRUMENT = _closed(
    {"key": _TEXT, "number": _TEXT, "title": _TEXT, "title_en": _TEXT, "in_force_from": _DAY, "mark": _MARK},
    {"issued_on": _DAY, "in_force_to": _DAY, "source": _TEXT},
)
_REGIME = _closed({"key": _TEXT, "label": _TEXT, "label_en": _TEXT, "start": _DAY, "instrument": _TEXT}, {"end": _DAY})
_CHOICE = _closed({"value": _TEXT, "label": _TEXT})
_QUESTION = _closed(
    {
        "key": _KEY,
        "label": _TEXT,
        "label_en": _TEXT,
        "question": _TEXT,
        "choices": _list(_CHOICE),
        "while_unconfirmed": {"enum": ["hold", "warn"]},
        "basis": _TEXT,
        "mark": _MARK,
    },
    {"default": _TEXT, "end": _DAY},
)
_FACT = _closed(
    {"key": _KEY, "type": {"enum": ["number", "boolean"]}, "label": _TEXT, "label_en": _TEXT, "column": _KEY},
    {"unit": _TEXT, "negative": _TEXT, "phrases": {"type": "object", "additionalProperties": _TEXT}},
)
_CATEGORY = _closed(
    {"key": _TEXT, "kind": _KEY, "label": _TEXT, "label_en": _TEXT, "short": _TEXT, "words": _list(_TEXT)},
    {"sensitive": {"const": True}},
)
_PARAMETER = _closed({"key": _KEY, "label": _TEXT, "label_en": _TEXT, "unit": _TEXT, "values": {**_list(_VALUE), "minItems": 1}})
_PROCEDURE = _closed(
    {
        "key": _KEY,
        "kinds": _list(_KEY),
        "start": _DAY,
        "title": _TEXT,
        "title_en": _TEXT,
        "text": _TEXT,
        "text_en": _TEXT,
        "basis": _TEXT,
        "mark": _MARK,
    },
    {"end": _DAY},
)

_CHANGE = _closed(
    {
        "key": _TEXT, "label": _TEXT, "label_en": _TEXT, "day": _DAY, "rules_from": _DAY, "money_from": _DAY, "basis": _TEXT,
        "decided_by": _TEXT, "mark": _MARK,
    }
)  # fmt: skip

SECTIONS: dict[str, dict[str, Any]] = {
    "parameters": _list(_PARAMETER),
    "definitions": _list(_DEFINITION),
    "rules": _list(_RULE),
    "instruments": _list(_INSTRUMENT),
    "regimes": _list(_REGIME),
    "changes": _list(_CHANGE),
    "procedures": _list(_PROCEDURE),
    "open_questions": _list(_QUESTION),
    "unread": _list(_closed({"key": _KEY, "label": _TEXT, "question": _TEXT, "basis": _TEXT})),
    "facts": _list(_FACT),
    "categories": _list(_CATEGORY),
    "kinds": _list(_closed({"key": _KEY, "label": _TEXT, "label_en": _TEXT})),
}
_LAW_FILE = jsonschema.Draft202012Validator(
    {"type": "object", "properties": SECTIONS, "additionalProperties": False, "minProperties": 1}
)


def check_law_file(name: str, content: object) -> None:
    """Refuse a law file that does not fit, naming each place."""
    faults = sorted(_LAW_FILE.iter_errors(content), key=lambda fault: list(map(str, fault.absolute_path)))
    if faults:
        lines = [f"{name}: {'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in faults]
        raise LawFileError("Tệp luật không đúng khuôn dạng:\n" + "\n".join(lines))
