"""Every move of every workflow is named in a test of its room or in a journey."""

from __future__ import annotations

import re

import pytest
from tests.house.test_words import workflows
from tests.house.walking import HOUSE, TOP

from ansinh.kernel.workflow import Move, Workflow


def unnamed(workflow: Workflow, said: str) -> list[str]:
    """Acts of the table that no test names in quotes."""
    return [move.act for move in workflow.moves if not re.search(rf"[\"']{move.act}[\"']", said)]


@pytest.mark.parametrize(("room", "workflow"), workflows(), ids=lambda value: getattr(value, "noun", value))
def test_every_move_is_named_in_a_test(room, workflow):
    files = [*(HOUSE / room / "tests").glob("test_*.py"), *(TOP / "tests").glob("journeys/test_*.py")]
    assert unnamed(workflow, "\n".join(path.read_text(encoding="utf-8") for path in files)) == []


def test_a_move_no_test_names_would_be_found():
    table = Workflow("x", {"a": "A", "b": "B"}, "a", (Move("go", ("a",), "b", (), "Đi"), Move("back", ("b",), "a", (), "Về")))
    assert unnamed(table, 'move(act="go")') == ["back"]


@pytest.mark.parametrize(("room", "workflow"), workflows(), ids=lambda value: getattr(value, "noun", value))
def test_every_state_can_be_reached(room, workflow):
    reached = {workflow.start}
    for _ in workflow.states:
        reached |= {move.target for move in workflow.moves if reached & set(move.sources)}
    assert reached == workflow.states.keys()
