"""Reading and checking the files of the procedures. An unknown key, a gap between regimes or a wrong sum of days is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import read_yaml

FOLDER = Path(__file__).resolve().parent
LEVELS = ("commune", "district", "province", "facility", "anywhere")
ACTS = ("grant", "adjust", "stop", "suspend", "resume", "move", "one_off")
TELLS = ("organiser", "carer")


@dataclass(frozen=True)
class Case:
    """What somebody may come with, e.g. a disability; `asks` are the facts of the register it turns on.

    `code`: the national code, where this case has one of its own.
    """

    key: str
    label: str
    label_en: str
    asks: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True)
class Form:
    """A declaration form of the decree; for these cases, or for all when there are none."""

    number: str
    mark: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper that goes with the form. `in_databases`: not to be asked for again where a national database has it."""

    key: str
    label: str
    label_en: str
    mark: str
    cases: tuple[str, ...] = ()
    in_databases: bool = False


@dataclass(frozen=True)
class Step:
    """One step: who at which level, within how many days of its own (None: within the whole)."""

    key: str
    label: str
    label_en: str
    level: str
    actor: str
    actor_en: str
    mark: str
    days: int | None = None
    unit: str = "working"


@dataclass(frozen=True)
class Version:
    """The procedure under one regime: the whole time in `days`, its steps in order, what comes out."""

    regime: str
    start: date
    end: date | None
    days: int
    unit: str
    mark: str
    basis: str
    result: str
    result_en: str
    forms: tuple[Form, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]

    def in_force(self, day: date) -> bool:
        """Whether a dossier received on `day` follows this version."""
        return self.start <= day and (self.end is None or day < self.end)

    def papers_for(self, case: str) -> tuple[Paper, ...]:
        """The papers that go with a case."""
        return tuple(paper for paper in self.papers if not paper.cases or case in paper.cases)

    def form_for(self, case: str) -> Form | None:
        """The form of a case; the decree has one for each."""
        return next((form for form in self.forms if not form.cases or case in form.cases), None)


@dataclass(frozen=True)
class ProcedureSheet:
    """One administrative procedure through all its regimes. `code` is the national one, with its mark.

    `tells`: whom the form names beside the person: the organiser of a burial, the carer.
    """

    key: str
    label: str
    label_en: str
    code: str
    code_mark: str
    benefit: str
    act: str
    cases: tuple[Case, ...]
    versions: tuple[Version, ...]
    tells: str = ""

    def on(self, day: date) -> Version | None:
        """The version for a dossier received on `day`; None where the law had no such procedure."""
        return next((version for version in self.versions if version.in_force(day)), None)

    def case(self, key: str) -> Case | None:
        """The case of a key."""
        return next((case for case in self.cases if case.key == key), None)


_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT = {"type": "string", "minLength": 1}
_MARK = {"enum": ["V", "K", "?"]}
_KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_DAYS = {"type": "integer", "minimum": 0, "maximum": 366}
_UNIT = {"enum": ["working", "calendar"]}
_KEYS = {"type": "array", "items": _KEY, "minItems": 1}
_WORDS = {"label": _TEXT, "label_en": _TEXT}


def _closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _rows(item: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least}


_STEP = _closed(
    {"key": _KEY, **_WORDS, "level": {"enum": list(LEVELS)}, "actor": _TEXT, "actor_en": _TEXT, "mark": _MARK},
    {"days": _DAYS, "unit": _UNIT},
)
_VERSION = _closed(
    {
        "regime": {"enum": ["R1", "R2", "R3"]}, "start": _DAY, "days": _DAYS, "unit": _UNIT, "mark": _MARK, "basis": _TEXT,
        "result": _TEXT, "result_en": _TEXT, "forms": _rows(_closed({"number": _TEXT, "mark": _MARK}, {"cases": _KEYS})),
        "papers": _rows(_closed({"key": _KEY, **_WORDS, "mark": _MARK}, {"cases": _KEYS, "in_databases": {"type": "boolean"}})),
        "steps": _rows(_STEP, 2),
    },
    {"end": _DAY},
)  # fmt: skip
_SHEET = _closed(
    {
        "key": _KEY, **_WORDS, "code": _TEXT, "code_mark": _MARK, "benefit": _KEY, "act": {"enum": list(ACTS)},
        "cases": _rows(_closed({"key": _KEY, **_WORDS, "asks": {"type": "array", "items": _KEY}}, {"code": _TEXT}), 1),
        "versions": _rows(_VERSION, 1),
    },
    {"tells": {"enum": list(TELLS)}},
)  # fmt: skip


@cache
def load_sheets(folder: Path = FOLDER) -> Mapping[str, ProcedureSheet]:
    """Every procedure by its key, in the order of the files. Raises LawFileError, with every fault, for a file that does not fit."""
    found: dict[str, ProcedureSheet] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = read_yaml(path.read_bytes())
        try:
            jsonschema.validate(content, _SHEET)
        except jsonschema.ValidationError as error:
            raise LawFileError(f"{path.name}: {error.json_path}: {error.message}") from None
        made = _sheet(content)
        if faults := list(_faults(made, path.stem)):
            raise LawFileError(f"{path.name}: " + "; ".join(faults))
        found[made.key] = made
    return found


def sheet(key: str) -> ProcedureSheet:
    """One procedure. Raises LawFileError for a key no file has."""
    try:
        return load_sheets()[key]
    except KeyError:
        raise LawFileError(f"Không có thủ tục “{key}”.") from None


def _sheet(row: dict[str, Any]) -> ProcedureSheet:
    cases = tuple(Case(**{**case, "asks": tuple(case["asks"])}) for case in row["cases"])
    return ProcedureSheet(**{**row, "cases": cases, "versions": tuple(_version(version) for version in row["versions"])})


def _version(row: dict[str, Any]) -> Version:
    end = date.fromisoformat(row["end"]) if "end" in row else None
    forms = tuple(Form(**{**form, "cases": tuple(form.get("cases", ()))}) for form in row["forms"])
    papers = tuple(Paper(**{**paper, "cases": tuple(paper.get("cases", ()))}) for paper in row["papers"])
    steps = tuple(Step(**step) for step in row["steps"])
    dates = {"start": date.fromisoformat(row["start"]), "end": end}
    return Version(**{**row, **dates, "forms": forms, "papers": papers, "steps": steps})


def _cases_named(version: Version) -> Iterator[tuple[str, ...]]:
    yield from (form.cases for form in version.forms)
    yield from (paper.cases for paper in version.papers)


def _faults(made: ProcedureSheet, stem: str) -> Iterator[str]:
    """What a schema cannot see."""
    if made.key != stem:
        yield f"khóa {made.key} khác tên tệp"
    for earlier, later in zip(made.versions, made.versions[1:], strict=False):
        if earlier.end != later.start:
            yield f"{earlier.regime} và {later.regime} không nối tiếp nhau"
    known = {case.key for case in made.cases}
    for version in made.versions:
        named = {key for cases in _cases_named(version) for key in cases}
        if unknown := named - known:
            yield f"{version.regime}: không có trường hợp {', '.join(sorted(unknown))}"
        own = [step.days for step in version.steps if step.days is not None]
        if own and sum(own) != version.days:
            yield f"{version.regime}: tổng các bước {sum(own)} ngày khác thời hạn {version.days} ngày"
        if len({step.key for step in version.steps}) != len(version.steps):
            yield f"{version.regime}: hai bước cùng khóa"
