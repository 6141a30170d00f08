"""The words of the house: a glossary that is complete and not stale, docstrings, words for what the journal says."""

from __future__ import annotations

import ast
import re
from collections import Counter

import yaml
from django.apps import apps
from tests.house.walking import HOUSE, functions, programs, room_of

from ansinh.entitlements.models import Benefit
from ansinh.jobs.models import JobState
from ansinh.kernel.workflow import Workflow
from ansinh.web.journal.words import ACTS

GLOSSARY = HOUSE / "law" / "glossary"


# Glossary ------------------------------------------------------------------------------------------------------------
def entries() -> list[dict]:
    return [row for path in sorted(GLOSSARY.glob("*.yaml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def workflows() -> list[tuple[str, Workflow]]:
    """Every workflow of the house with its room."""
    from importlib import import_module

    found = []
    for path in sorted(HOUSE.glob("*/workflow.py")):
        if (room := room_of(path)) != "kernel":
            module = import_module(f"ansinh.{room}.workflow")
            found += [(room, value) for value in vars(module).values() if isinstance(value, Workflow)]
    return found


def nouns() -> set[str]:
    """Every model that is a row of its own, every benefit, every state of every workflow and of a job."""
    rows = {m for m in apps.get_models() if m.__module__.startswith("ansinh.") and not m._meta.proxy}
    folders = {path.parent.name for path in (HOUSE / "law" / "benefits").glob("*/__init__.py")}
    states = {state for _, workflow in workflows() for state in workflow.states}
    return {snake(m.__name__) for m in rows} | folders | {str(b) for b in Benefit} | states | {str(s) for s in JobState}


def gaps(known: set[str], glossary: list[dict]) -> dict[str, list[str]]:
    """What has no entry, what has two, what names nothing, what lacks its term, meaning or basis."""
    names = Counter(row["name"] for row in glossary)
    return {
        "missing": sorted(known - names.keys()),
        "twice": sorted(name for name, times in names.items() if times > 1),
        "stale": sorted(names.keys() - known),
        "bare": sorted(row["name"] for row in glossary if not all(row.get(k) for k in ("term", "meaning", "basis"))),
    }


def test_the_glossary_is_complete_one_to_one_and_not_stale():
    assert gaps(nouns(), entries()) == {"missing": [], "twice": [], "stale": [], "bare": []}


def test_a_gap_in_the_glossary_would_be_found():
    whole = {"term": "hồ sơ", "meaning": "…", "basis": "…"}
    glossary = [{"name": "dossier", **whole}, {"name": "dossier", **whole}, {"name": "old", "term": "cũ"}]
    found = gaps({"dossier", "decision"}, glossary)
    assert found == {"missing": ["decision"], "twice": ["dossier"], "stale": ["old"], "bare": ["old"]}


def test_one_vietnamese_term_means_one_thing_within_a_room():
    for path in sorted(GLOSSARY.glob("*.yaml")):
        terms = Counter(row["term"] for row in yaml.safe_load(path.read_text(encoding="utf-8")))
        assert [term for term, times in terms.items() if times > 1] == [], path.name


# The journal ---------------------------------------------------------------------------------------------------------
def acts_written(text: str) -> set[str]:
    """Acts that a program writes into the journal by name."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("record", "note_read"):
            found |= {k.value.value for k in node.keywords if k.arg == "act" and isinstance(k.value, ast.Constant)}
    return found


def test_every_act_of_the_journal_has_words():
    written = {act for _, text in programs() for act in acts_written(text)}
    moves = {move.act for room, workflow in workflows() if room != "imports" for move in workflow.moves}
    assert sorted(written - ACTS.keys()) == []
    assert sorted((moves & {"check", "approve", "close", "hand_over", "settle"}) - ACTS.keys()) == []


def test_an_act_without_words_would_be_found():
    assert acts_written('journal.record(by=by, act="surprise", noun="x", key="", at=now)') == {"surprise"}


# Docstrings ----------------------------------------------------------------------------------------------------------
def silent(text: str, *, public: bool) -> list[str]:
    """A module without a docstring (''), and public functions without one."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) else [""]
    if public:
        found += [n.name for n in functions(text) if n.col_offset == 0 and n.name[0] != "_" and not ast.get_docstring(n)]
    return found


def test_every_room_says_what_it_is_for():
    missing = [str(p.parent.name) for p in HOUSE.glob("*/__init__.py") if silent(p.read_text(encoding="utf-8"), public=False)]
    assert missing == []


def test_a_room_names_its_words_and_whom_it_asks():
    for path in HOUSE.glob("*/__init__.py"):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert path.parent.name in ("project", "demo", "web") or "Words owned" in said, path.parent.name
        assert path.parent.name == "project" or re.search(r"\bAsks\b", said), path.parent.name


def test_every_public_operation_and_query_says_what_it_does():
    found = [
        f"{path.relative_to(HOUSE)}: {name}"
        for path, text in programs()
        if {"operations", "queries"} & {*path.relative_to(HOUSE).parts, path.stem}
        for name in silent(text, public=path.stem != "__init__")
    ]
    assert found == []


def test_a_silent_operation_would_be_found():
    assert silent("def stop(*, by): ...\ndef _own(): ...", public=True) == ["", "stop"]
