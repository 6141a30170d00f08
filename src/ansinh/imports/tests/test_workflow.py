"""The table of moves beside what the office says about it: from where, to where, and by whom it is refused."""

from __future__ import annotations

import pytest

from ansinh.imports.workflow import BATCH, ROW
from ansinh.kernel.errors import MoveNotAllowed, NotAllowed

# workflow, act, from, to, a post that may, a post that may not
MOVES = [
    (BATCH, "check", "read", "checked", "commune_officer", "commune_chairman"),
    (BATCH, "check", "checked", "checked", "commune_officer", "commune_chairman"),
    (BATCH, "commit", "checked", "committed", "division_officer", "accountant"),
    (BATCH, "undo", "committed", "checked", "commune_officer", "accountant"),
    (BATCH, "discard", "read", "discarded", "commune_head", "commune_chairman"),
    (BATCH, "discard", "checked", "discarded", "commune_head", "commune_chairman"),
    (ROW, "find_problem", "ready", "problem", "commune_officer", "commune_chairman"),
    (ROW, "find_problem", "unsure", "problem", "commune_officer", "commune_chairman"),
    (ROW, "find_problem", "problem", "problem", "commune_officer", "commune_chairman"),
    (ROW, "ask_person", "ready", "unsure", "commune_officer", "commune_chairman"),
    (ROW, "ask_person", "problem", "unsure", "commune_officer", "commune_chairman"),
    (ROW, "ask_person", "unsure", "unsure", "commune_officer", "commune_chairman"),
    (ROW, "clear", "problem", "ready", "commune_officer", "commune_chairman"),
    (ROW, "clear", "unsure", "ready", "commune_officer", "commune_chairman"),
    (ROW, "clear", "set_aside", "ready", "commune_officer", "commune_chairman"),
    (ROW, "clear", "ready", "ready", "commune_officer", "commune_chairman"),
    (ROW, "set_aside", "ready", "set_aside", "commune_officer", "commune_chairman"),
    (ROW, "set_aside", "problem", "set_aside", "commune_officer", "commune_chairman"),
    (ROW, "set_aside", "unsure", "set_aside", "commune_officer", "commune_chairman"),
    (ROW, "commit", "ready", "committed", "commune_officer", "commune_chairman"),
    (ROW, "undo", "committed", "ready", "commune_head", "commune_chairman"),
    (ROW, "drop", "set_aside", "dropped", "commune_officer", "commune_chairman"),
    (ROW, "drop", "problem", "dropped", "commune_officer", "commune_chairman"),
    (ROW, "drop", "unsure", "dropped", "commune_officer", "commune_chairman"),
]


@pytest.mark.parametrize(("table", "act", "source", "target", "may", "may_not"), MOVES)
def test_a_move_leads_where_the_office_says_and_only_for_its_posts(table, act, source, target, may, may_not):
    assert table.find(act, source, may).target == target
    with pytest.raises(NotAllowed):
        table.find(act, source, may_not)


@pytest.mark.parametrize("table", [BATCH, ROW], ids=lambda table: table.noun)
def test_the_table_has_no_move_but_these(table):
    written = {(act, source, target) for found, act, source, target, _, _ in MOVES if found is table}
    assert written == {(move.act, source, move.target) for move in table.moves for source in move.sources}


@pytest.mark.parametrize("table", [BATCH, ROW], ids=lambda table: table.noun)
def test_any_other_move_is_refused_in_words(table):
    known = {(move.act, source) for move in table.moves for source in move.sources}
    for act in {move.act for move in table.moves}:
        for state, words in table.states.items():
            if (act, state) not in known:
                with pytest.raises(MoveNotAllowed, match=str(words)):
                    table.find(act, state)
