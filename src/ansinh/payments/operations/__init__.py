"""Acts of the month: propose, check, approve, close, hand over, take the return, settle."""

from ansinh.payments.operations.budget import record_budget
from ansinh.payments.operations.claims import (
    NoSuchPayer,
    correct_repayment,
    draft_write_off,
    plan_recovery,
    record_repayment,
)
from ansinh.payments.operations.close import close_list
from ansinh.payments.operations.cutting_off import set_cut_off
from ansinh.payments.operations.doubles import merge_duplicate
from ansinh.payments.operations.draft_from_lists import draft_from_lists
from ansinh.payments.operations.hand_over import hand_over
from ansinh.payments.operations.hold import acknowledge_stop, hold_line, release_line, request_stop
from ansinh.payments.operations.minutes import print_minutes
from ansinh.payments.operations.move import (
    approve_list,
    check_list,
    recall_list,
    reconcile_list,
    return_list,
    settle_list,
    withdraw_list,
)
from ansinh.payments.operations.past_months import draft_past_months
from ansinh.payments.operations.prepare import open_run, prepare_run, propose_lists
from ansinh.payments.operations.sources import choose_source
from ansinh.payments.operations.take_return import take_return

__all__ = [
    "NoSuchPayer",
    "acknowledge_stop",
    "approve_list",
    "check_list",
    "choose_source",
    "close_list",
    "correct_repayment",
    "draft_from_lists",
    "draft_past_months",
    "draft_write_off",
    "hand_over",
    "hold_line",
    "merge_duplicate",
    "open_run",
    "plan_recovery",
    "prepare_run",
    "print_minutes",
    "propose_lists",
    "recall_list",
    "reconcile_list",
    "record_budget",
    "record_repayment",
    "release_line",
    "request_stop",
    "return_list",
    "set_cut_off",
    "settle_list",
    "take_return",
    "withdraw_list",
]
