"""Acts on the register of people."""

from ansinh.people.operations.circumstances import end_circumstance, set_circumstance, set_household_circumstance
from ansinh.people.operations.duplicates import (
    find_duplicates,
    judge_apart,
    judge_same,
    look_again,
    name_pair,
    part,
    take_apart,
)
from ansinh.people.operations.households import join_household, leave_household, open_household
from ansinh.people.operations.lives import record_death, rule_on_birth, undo_death
from ansinh.people.operations.payees import end_account, end_guardian, end_payee, set_account, set_guardian, set_payee
from ansinh.people.operations.register import (
    Newcomer,
    add_other_name,
    add_other_number,
    correct_identity,
    hold_name,
    register_person,
)
from ansinh.people.operations.register_many import Arrival, register_people
from ansinh.people.operations.relatives import mark_as_same, record_relative, undo_same
from ansinh.people.operations.residence import move_across, move_within
from ansinh.people.operations.take_back import restore_facts, unregister_people

__all__ = [
    "Arrival",
    "Newcomer",
    "add_other_name",
    "add_other_number",
    "correct_identity",
    "end_account",
    "end_circumstance",
    "end_guardian",
    "end_payee",
    "find_duplicates",
    "hold_name",
    "join_household",
    "judge_apart",
    "judge_same",
    "leave_household",
    "look_again",
    "mark_as_same",
    "move_across",
    "move_within",
    "name_pair",
    "open_household",
    "part",
    "record_death",
    "record_relative",
    "register_people",
    "register_person",
    "restore_facts",
    "rule_on_birth",
    "set_account",
    "set_circumstance",
    "set_guardian",
    "set_household_circumstance",
    "set_payee",
    "take_apart",
    "undo_death",
    "undo_same",
    "unregister_people",
]
