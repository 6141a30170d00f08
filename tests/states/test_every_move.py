"""Every state of every workflow with every act: what the table allows is done and leads where it says, all else is refused and changes nothing."""

from __future__ import annotations

from itertools import product

import pytest
from tests.states.drivers import BY_NOUN, DRIVERS, Driver, fresh

from ansinh.access.tests.factories import post
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.kernel.workflow import Workflow

pytestmark = pytest.mark.django_db
# Where a thing may stand in a state that its table lets nobody reach by an act, and where an act asks for more than a move.
UNREACHED = {("batch", "read")}
# A committed list takes in the rows mended since: it refuses for want of rows, not by the table, and is looked over anew.
OTHERWISE = {("batch", "committed", "commit"): InvalidInput}
STAYS = {("batch", "committed", "check")}


def acts_of(table: Workflow) -> list[str]:
    return sorted({move.act for move in table.moves})


def moves_of(table: Workflow, act: str, state: str) -> list:
    return [move for move in table.moves if move.act == act and state in move.sources]


def roles_of(table: Workflow, act: str) -> set[str]:
    return {role for move in table.moves if move.act == act for role in move.roles}


CASES = [
    (driver.table.noun, state, act)
    for driver in DRIVERS
    for state, act in product(driver.table.states, acts_of(driver.table))
    if (driver.table.noun, state) not in UNREACHED
]


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.table.noun)
def test_each_state_is_brought_about_and_each_act_has_its_doing(driver: Driver):
    reached = {state for state in driver.table.states if (driver.table.noun, state) not in UNREACHED}
    assert driver.way.keys() == reached
    assert sorted(driver.acts) == acts_of(driver.table)


@pytest.mark.parametrize(("noun", "state", "act"), CASES)
def test_an_act_does_what_the_table_says_and_nothing_else(noun, state, act):
    driver = BY_NOUN[noun]
    made = driver.brought(state)
    assert made.state == state
    allowed = moves_of(driver.table, act, state)
    if allowed:
        assert driver.do(act, made).state == allowed[0].target
        return
    if (noun, state, act) in STAYS:
        assert driver.do(act, made).state == state
        return
    with pytest.raises(OTHERWISE.get((noun, state, act), (MoveNotAllowed, AlreadyDone))):
        driver.do(act, made)
    assert fresh(made).state == state


WITHOUT_A_POST = {("watch_item", "resolve"), ("watch_item", "return"), ("duplicate_pair", "ask_anew")}
ROLES = [
    (driver.table.noun, act, role)
    for driver in DRIVERS
    for act, role in product(acts_of(driver.table), driver.roles)
    if (driver.table.noun, act) not in WITHOUT_A_POST and role not in roles_of(driver.table, act)
]


@pytest.mark.parametrize(("noun", "act", "role"), ROLES)
def test_a_role_the_table_does_not_name_may_not(noun, act, role):
    driver = BY_NOUN[noun]
    state = next(move.sources[0] for move in driver.table.moves if move.act == act)
    state = "checked" if (noun, state) in UNREACHED else state
    made = driver.brought(state)
    with pytest.raises(NotAllowed):
        driver.do(act, made, by=post(role, office=driver.office))
    assert fresh(made).state == state
