"""Building blocks of the case schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
ANY_TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "format": "date"}
MONTH: Schema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
BIRTH: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
COEFFICIENT: Schema = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
DECIMAL: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
PERSON: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
CODE: Schema = {"type": "string", "pattern": r"^ND(136|20|176|335)(\.[0-9]+)(\.[0-9a-eđghikl]+)*$"}
CASE_ID: Schema = {"type": "string", "pattern": "^[A-Z]+-[A-Z]?[0-9]+[a-z]?$"}


def one_of_words(*words: Any) -> Schema:
    """One of these values."""
    return {"enum": list(words)}


def exactly(value: Any) -> Schema:
    """This value."""
    return {"const": value}


def record(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, **more: Any) -> Schema:
    """A mapping with these keys and no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False, **more}


def rows(item: Schema, **more: Any) -> Schema:
    """A list of one shape."""
    return {"type": "array", "items": item, **more}


def timeline(value: Schema) -> Schema:
    """A constant, or a list of {value, from, to} of which at least one date is given."""
    period = record({"value": value}, {"from": DAY, "to": DAY}, minProperties=2)
    return {"anyOf": [value, rows(period, minItems=1)]}


def variants(choices: Iterable[Schema]) -> Schema:
    """Exactly one of several shapes, told apart by their constant keys."""
    return {"oneOf": list(choices)}


HEADER: dict[str, Schema] = {"id": CASE_ID, "title": TEXT, "legal_basis": rows(ANY_TEXT, minItems=1)}
REMARKS: dict[str, Schema] = {"notes": ANY_TEXT, "open_question": ANY_TEXT}


def flat_questions(expect: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every question of a case, those inside the choices of an open question too."""
    for question in expect:
        if question["ask"] == "options":
            for choice in question["choices"]:
                yield from flat_questions(choice["expect"])
        else:
            yield question
