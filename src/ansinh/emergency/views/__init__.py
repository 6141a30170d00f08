"""Doors of emergency support, gifts, protection and relief funds."""

from ansinh.emergency.views.funds import correct_fund_entry, fund, funds
from ansinh.emergency.views.lines import add_line, blank, fill, line, mark, paste
from ansinh.emergency.views.lists import aid_list, correct_supply, decide, payer_file, signing, step, supplies
from ansinh.emergency.views.occasions import occasion, occasions, open_event, open_gifts, open_list, open_visit, urgent
from ansinh.emergency.views.papers import number_paper, papers, print_paper
from ansinh.emergency.views.protecting import (
    decide_protection,
    end_protection,
    protection,
    protections,
    stay_sheet,
    take_in,
)

__all__ = [
    "add_line",
    "aid_list",
    "blank",
    "correct_fund_entry",
    "correct_supply",
    "decide",
    "decide_protection",
    "end_protection",
    "fill",
    "fund",
    "funds",
    "line",
    "mark",
    "number_paper",
    "occasion",
    "occasions",
    "open_event",
    "open_gifts",
    "open_list",
    "open_visit",
    "papers",
    "paste",
    "payer_file",
    "print_paper",
    "protection",
    "protections",
    "signing",
    "stay_sheet",
    "step",
    "supplies",
    "take_in",
    "urgent",
]
