"""The table of moves beside what the office says about it: from where, to where, and by whom it is refused."""

from __future__ import annotations

import pytest

from ansinh.kernel.errors import MoveNotAllowed, NotAllowed
from ansinh.payments.workflow import LINE, LIST

# workflow, act, from, to, a post that may, a post that may not
MOVES = [
    (LIST, "check", "proposed", "checking", "commune_officer", "commune_chairman"),
    (LIST, "recall", "checking", "proposed", "commune_officer", "commune_chairman"),
    (LIST, "withdraw", "proposed", "withdrawn", "commune_officer", "commune_chairman"),
    (LIST, "renew", "withdrawn", "proposed", "division_officer", "accountant"),
    (LIST, "return", "checking", "proposed", "commune_chairman", "commune_officer"),
    (LIST, "approve", "checking", "approved", "commune_chairman", "commune_officer"),
    (LIST, "reopen", "approved", "proposed", "commune_chairman", "commune_officer"),
    (LIST, "close", "approved", "closed", "accountant", "commune_chairman"),
    (LIST, "hand_over", "closed", "handed_over", "accountant", "commune_chairman"),
    (LIST, "reconcile", "handed_over", "reconciled", "accountant", "payer"),
    (LIST, "settle", "reconciled", "settled", "accountant", "commune_officer"),
    (LINE, "hold", "due", "held", "commune_officer", "payer"),
    (LINE, "release", "held", "due", "commune_head", "payer"),
    (LINE, "pay", "due", "paid", "payer", "commune_chairman"),
    (LINE, "leave", "due", "unpaid", "payer", "commune_chairman"),
]


@pytest.mark.parametrize(("table", "act", "source", "target", "may", "may_not"), MOVES)
def test_a_move_leads_where_the_office_says_and_only_for_its_posts(table, act, source, target, may, may_not):
    assert table.find(act, source, may).target == target
    with pytest.raises(NotAllowed):
        table.find(act, source, may_not)


@pytest.mark.parametrize("table", [LINE, LIST], ids=lambda table: table.noun)
def test_the_table_has_no_move_but_these(table):
    written = {(act, source, target) for found, act, source, target, _, _ in MOVES if found is table}
    assert written == {(move.act, source, move.target) for move in table.moves for source in move.sources}


@pytest.mark.parametrize("table", [LINE, LIST], ids=lambda table: table.noun)
def test_any_other_move_is_refused_in_words(table):
    known = {(move.act, source) for move in table.moves for source in move.sources}
    for act in {move.act for move in table.moves}:
        for state, words in table.states.items():
            if (act, state) not in known:
                with pytest.raises(MoveNotAllowed, match=str(words)):
                    table.find(act, state)
