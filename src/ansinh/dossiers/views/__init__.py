"""Doors of the dossiers: the desk, the calendar, opening, one act each, posted lists, the holidays."""

from ansinh.dossiers.views.acting import act
from ansinh.dossiers.views.desk import desk, load
from ansinh.dossiers.views.holidays import holiday_year, holidays
from ansinh.dossiers.views.month import month
from ansinh.dossiers.views.opening import declaration, newcomer, open_one, start
from ansinh.dossiers.views.posting import conclude, opinion, post_new, posting, postings, print_posting, take_down
from ansinh.dossiers.views.printing import number, print_out

__all__ = [
    "act",
    "conclude",
    "declaration",
    "desk",
    "holiday_year",
    "holidays",
    "load",
    "month",
    "newcomer",
    "number",
    "open_one",
    "opinion",
    "post_new",
    "posting",
    "postings",
    "print_out",
    "print_posting",
    "start",
    "take_down",
]
