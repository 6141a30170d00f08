"""Every act that changes something is written into the journal in the same transaction; every way out of data notes a read."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.house.test_doors import acts
from tests.house.walking import HOUSE, programs, room_of

# Acts that leave no entry of their own, and why.
SILENT = {
    ("people", "hold_name"): "holds a name until the transaction ends, writes nothing",
    ("access", "load_reference"): "reference rows of the program, not of the office",
    ("localities", "load_reference"): "reference rows of the program, not of the office",
    ("localities", "load_units"): "the command writes the entry: it knows the file",
    ("localities", "add_village"): "a name first met in a list or form, whose own entry follows",
    ("localities", "village_named"): "asks only",
    ("documents", "keep_scan"): "part of recording the signature of what the paper is about",
    ("documents", "keep_beside"): "the PDF of a print whose Word file is written down; handing it out is noted",
    ("documents", "make_pdf_later"): "asks for work; its making is that of keep_beside",
    ("documents", "sign_paper"): "part of recording the signature of what the paper is about",
    ("documents", "check_number"): "asks only",
    ("entitlements", "drop_proposals"): "part of drafting anew",
    ("files", "store"): "part of an act that is written down",
    ("files", "store_scan"): "part of an act that is written down",
    ("jobs", "start"): "the act itself is written down when it runs",
    ("jobs", "start_beside"): "the same, for each worker its share",
    ("jobs", "cancel"): "asks the work to stop; what it had not finished is undone",
    ("jobs", "resume"): "the act itself is written down when it runs",
    ("jobs", "requeue_lost"): "puts work back into the queue, nothing else",
    ("jobs", "run"): "the act itself is written down",
    ("payments", "open_run"): "part of proposing its lists",
    ("work", "notify"): "part of the act it tells of",
    ("work", "read_notices"): "one's own reading of what one was told",
    ("journal", "record"): "the journal itself",
    ("journal", "appended_last"): "puts off what its block writes down",
    ("journal", "note_read"): "the journal itself",
    ("journal", "seal_reads"): "the function of the database writes the entry",
    ("journal", "keep_head"): "copies the head out of the database",
}
# What hands data out as a file.
_OUT = ("_workbook", "_pdf", "content_disposition_header")


@dataclass
class Act:
    """A function of the operations: whom it calls, and whether it writes into the journal."""

    calls: set[str]
    writes: bool


def _called(node: ast.AST) -> set[str]:
    calls = [found.func for found in ast.walk(node) if isinstance(found, ast.Call)]
    return {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)}


def _writes(node: ast.AST, *names: str) -> bool:
    return any(
        isinstance(found, ast.Attribute)
        and found.attr in names
        and isinstance(found.value, ast.Name)
        and found.value.id == "journal"
        for found in ast.walk(node)
    )


def functions_of_operations(files: list[tuple[str, str]]) -> dict[str, list[Act]]:
    """By name, over all rooms: an act of an upper room may leave the writing to one below."""
    found: dict[str, list[Act]] = defaultdict(list)
    for _, text in files:
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name].append(Act(_called(node), _writes(node, "record")))
    return found


def is_written_down(name: str, known: dict[str, list[Act]], seen: frozenset[str] = frozenset()) -> bool:
    """The act, or something it calls, records an entry."""
    return name not in seen and any(
        act.writes or any(is_written_down(called, known, seen | {name}) for called in act.calls if called in known)
        for act in known.get(name, ())
    )


def _operations() -> list[tuple[str, str]]:
    return [
        (room_of(path), text) for path, text in programs() if "operations" in (*path.relative_to(HOUSE).parts[:-1], path.stem)
    ]


def test_every_act_is_written_down_or_has_a_reason_not_to_be():
    files = _operations()
    known = functions_of_operations(files)
    rooms = {room for room, _ in files}
    asked = {(room, name) for room in rooms for name in acts(HOUSE / room) if name in known}
    silent = {(room, name) for room, name in asked if not is_written_down(name, known)}
    assert len(asked) > 60
    assert silent - SILENT.keys() == set()
    assert SILENT.keys() - asked == set()


def test_a_silent_act_would_be_found():
    known = functions_of_operations(
        [("people", "def a(*, by):\n  _b()\ndef _b():\n  x.save()\ndef c():\n  d()\ndef d():\n  journal.record(by=1)")]
    )
    assert not is_written_down("a", known) and is_written_down("c", known)


# The law's own tables hold nobody's data.
_OF_NOBODY = {"lawbook/speaking/views.py: amounts"}


def silent_ways_out(text: str) -> list[str]:
    """Functions of views that write a file of data without a note."""
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(called.endswith(_OUT) for called in _called(node))
        and not _writes(node, "note_read", "record")
    ]


def _views() -> list[tuple[Path, str]]:
    return [(path, text) for path, text in programs() if path.stem == "views" or "views" in path.relative_to(HOUSE).parts]


def test_every_file_of_data_that_leaves_is_noted():
    found = [f"{path.relative_to(HOUSE)}: {name}" for path, text in _views() for name in silent_ways_out(text)]
    assert set(found) == _OF_NOBODY
    assert sum(any(out in text for out in _OUT) for _, text in _views()) >= 6


def test_a_file_that_leaves_in_silence_would_be_found():
    assert silent_ways_out("def export(request):\n  return HttpResponse(people_workbook(found))") == ["export"]
    assert silent_ways_out("def export(request):\n  journal.note_read(by=1)\n  return people_workbook(found)") == []
