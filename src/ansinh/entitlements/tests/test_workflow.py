"""The table of moves beside what the office says about it: from where, to where, and by whom it is refused."""

from __future__ import annotations

import pytest

from ansinh.entitlements.workflow import DECISION
from ansinh.kernel.errors import MoveNotAllowed, NotAllowed

# workflow, act, from, to, a post that may, a post that may not
MOVES = [
    (DECISION, "record", "draft", "signed", "clerk", "accountant"),
    (DECISION, "discard", "draft", "discarded", "commune_officer", "clerk"),
    (DECISION, "revoke", "signed", "revoked", "commune_chairman", "payer"),
]


@pytest.mark.parametrize(("table", "act", "source", "target", "may", "may_not"), MOVES)
def test_a_move_leads_where_the_office_says_and_only_for_its_posts(table, act, source, target, may, may_not):
    assert table.find(act, source, may).target == target
    with pytest.raises(NotAllowed):
        table.find(act, source, may_not)


@pytest.mark.parametrize("table", [DECISION], ids=lambda table: table.noun)
def test_the_table_has_no_move_but_these(table):
    written = {(act, source, target) for found, act, source, target, _, _ in MOVES if found is table}
    assert written == {(move.act, source, move.target) for move in table.moves for source in move.sources}


@pytest.mark.parametrize("table", [DECISION], ids=lambda table: table.noun)
def test_any_other_move_is_refused_in_words(table):
    known = {(move.act, source) for move in table.moves for source in move.sources}
    for act in {move.act for move in table.moves}:
        for state, words in table.states.items():
            if (act, state) not in known:
                with pytest.raises(MoveNotAllowed, match=str(words)):
                    table.find(act, state)
