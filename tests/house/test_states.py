"""No workflow without a test that goes through its table: each state with each act."""

from __future__ import annotations

from tests.house.test_words import workflows
from tests.house.walking import HOUSE
from tests.states.drivers import BY_NOUN

from ansinh.kernel.workflow import Workflow

# Moved by work that takes many at once, or by hand from any state: the room's own test goes through the table.
ELSEWHERE = {
    "row": "imports/tests/test_workflow.py",
    "aid_line": "emergency/tests/test_workflow.py",
    "payment_list": "payments/tests/test_moves.py",
    "payment_line": "payments/tests/test_moves.py",
}


def not_gone_through(tables: list[Workflow]) -> set[str]:
    return {table.noun for table in tables} - BY_NOUN.keys() - ELSEWHERE.keys()


def test_every_workflow_is_gone_through():
    tables = [table for _room, table in workflows()]
    assert not_gone_through(tables) == set()
    assert {*BY_NOUN, *ELSEWHERE} == {table.noun for table in tables}
    assert not BY_NOUN.keys() & ELSEWHERE.keys()


def test_the_tests_of_rooms_refuse_moves_too():
    for noun, path in ELSEWHERE.items():
        assert "MoveNotAllowed" in (HOUSE / path).read_text(encoding="utf-8"), noun


def test_a_new_table_would_be_missed():
    assert not_gone_through([Workflow("new_noun", {"a": "A"}, "a")]) == {"new_noun"}
