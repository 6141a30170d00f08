"""Doors of the dossiers: the desk, the calendar, opening, one act each, the holidays."""

from ansinh.dossiers.views.acting import act
from ansinh.dossiers.views.desk import desk, load
from ansinh.dossiers.views.holidays import holiday_year, holidays
from ansinh.dossiers.views.month import month
from ansinh.dossiers.views.opening import declaration, newcomer, open_one, start

__all__ = ["act", "declaration", "desk", "holiday_year", "holidays", "load", "month", "newcomer", "open_one", "start"]
