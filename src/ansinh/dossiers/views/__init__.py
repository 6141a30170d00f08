"""Doors of the dossiers: the desk, opening, one act each, the holidays."""

from ansinh.dossiers.views.acting import act
from ansinh.dossiers.views.desk import desk, load
from ansinh.dossiers.views.holidays import holiday_year, holidays
from ansinh.dossiers.views.opening import declaration, newcomer, open_one, start
from ansinh.dossiers.views.printing import print_out

__all__ = ["act", "declaration", "desk", "holiday_year", "holidays", "load", "newcomer", "open_one", "print_out", "start"]
