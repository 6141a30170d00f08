"""Each allowed move is made, each other one refused, and by the wrong role too; nothing is written then."""

from __future__ import annotations

from itertools import product

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.dossiers.models import Dossier, DossierStep
from ansinh.dossiers.tests.factories import act, dossier, fresh
from ansinh.dossiers.workflow import DOSSIER
from ansinh.kernel.errors import MoveNotAllowed, NotAllowed

pytestmark = pytest.mark.django_db

ACTS = ("receive", "verify", "ask", "complete", "submit", "return", "decide", "refuse", "reopen", "deliver", "withdraw")
ALLOWED = {(source, move.act) for move in DOSSIER.moves for source in move.sources}
COMMUNE = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
)  # fmt: skip


def by_of(name: str):
    """Somebody who may do the act: never the one who proposed."""
    return post(Role.CLERK if name in ("decide", "refuse", "reopen") else Role.COMMUNE_OFFICER)


def test_the_table_has_the_acts_tested_here():
    assert {move.act for move in DOSSIER.moves} == set(ACTS)


def proposed_refusal() -> Dossier:
    made = dossier("verifying")
    with as_post(post(), on=DAY):
        return act("submit_refusal", made)


@pytest.mark.parametrize(("state", "name"), sorted(ALLOWED))
def test_an_allowed_move_is_made(state: str, name: str):
    made = dossier(state) if name != "refuse" else proposed_refusal()
    target = next(move.target for move in DOSSIER.moves if move.act == name and state in move.sources)
    by = by_of(name)
    with as_post(by, on=DAY):
        assert act(name, made, by=by).state == target
        step = made.steps.order_by("-id").first()
        assert (step.act, step.source, step.target, step.post) == (name, state, target, by)


@pytest.mark.parametrize(("state", "name"), sorted(set(product(DOSSIER.states, ACTS)) - ALLOWED))
def test_any_other_move_is_refused(state: str, name: str):
    made = dossier(state)
    by = by_of(name)
    with as_post(by, on=DAY):
        before = DossierStep.objects.count()
        with pytest.raises(MoveNotAllowed):
            act(name, made, by=by)
        made.refresh_from_db()
        assert (made.state, DossierStep.objects.count()) == (state, before)


@pytest.mark.parametrize("move", DOSSIER.moves, ids=lambda move: move.act)
def test_a_role_the_table_does_not_name_may_not(move):
    made = dossier(move.sources[0])
    for role in set(COMMUNE) - set(move.roles):
        by = post(role)
        with as_post(by, on=DAY), pytest.raises(NotAllowed):
            act(move.act, made, by=by)
    assert fresh(made).state == move.sources[0]
