"""Acts on occasions, lists, lines, supplies, protections and funds."""

from ansinh.emergency.operations.deciding import account, decide, reopen, review, send_back, skip_review, submit
from ansinh.emergency.operations.funds import correct_fund_entry, open_fund, record_fund_entry
from ansinh.emergency.operations.gifts import fill_gifts
from ansinh.emergency.operations.lines import add_lines
from ansinh.emergency.operations.marking import leave_out, mark_lines, put_back
from ansinh.emergency.operations.occasions import open_list, open_occasion
from ansinh.emergency.operations.printing import number_aid_paper, print_aid_paper
from ansinh.emergency.operations.protecting import decide_protection, end_protection, take_in
from ansinh.emergency.operations.supplies import correct_supply, record_supply
from ansinh.emergency.operations.urgent import open_urgent_case

__all__ = [
    "account",
    "add_lines",
    "correct_fund_entry",
    "correct_supply",
    "decide",
    "decide_protection",
    "end_protection",
    "fill_gifts",
    "leave_out",
    "mark_lines",
    "number_aid_paper",
    "open_fund",
    "open_list",
    "open_occasion",
    "open_urgent_case",
    "print_aid_paper",
    "put_back",
    "record_fund_entry",
    "record_supply",
    "reopen",
    "review",
    "send_back",
    "skip_review",
    "submit",
    "take_in",
]
