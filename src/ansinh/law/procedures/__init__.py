"""Administrative procedures as dated data: papers, forms, steps with who acts in which time, by the regime of the day of receipt.

One file for each procedure, and the holiday calendar in `../standards/holidays.yaml`. A new regime is a new `versions` row.
`../procedures.yaml` tells the same law as sentences beside each benefit; the times are those of the parameters of deadlines, and a test
holds them together.
"""

from ansinh.law.procedures.calendar import Calendar, HolidayYear, load_years
from ansinh.law.procedures.clock import Clock, due_day, step_days
from ansinh.law.procedures.files import Case, Form, Paper, ProcedureSheet, Step, Version, load_sheets, sheet

__all__ = [
    "Calendar",
    "Case",
    "Clock",
    "Form",
    "HolidayYear",
    "Paper",
    "ProcedureSheet",
    "Step",
    "Version",
    "due_day",
    "load_sheets",
    "load_years",
    "sheet",
    "step_days",
]
