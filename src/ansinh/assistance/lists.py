"""The kinds of lists this room brings to `imports`: new enrolments, adjustments, ends, and a village's monthly changes."""

from __future__ import annotations

from ansinh.assistance import layouts
from ansinh.assistance.operations.commit_changes import commit_changes
from ansinh.assistance.operations.commit_ends import commit_ends
from ansinh.assistance.operations.commit_grants import commit_adjustments, commit_enrolments
from ansinh.assistance.operations.examine_changes import examine_changes
from ansinh.assistance.operations.examine_lists import examine_adjustments, examine_ends, examine_enrolments
from ansinh.assistance.operations.undo_lists import resting_on, undo_list
from ansinh.imports.kinds import ListKind

ENROLMENTS = ListKind(layouts.ENROLMENT, examine_enrolments, commit_enrolments, resting_on=resting_on, undo=undo_list)
ADJUSTMENTS = ListKind(layouts.ADJUSTMENT, examine_adjustments, commit_adjustments, resting_on=resting_on, undo=undo_list)
ENDS = ListKind(layouts.END, examine_ends, commit_ends, resting_on=resting_on, undo=undo_list)
CHANGES = ListKind(layouts.CHANGES, examine_changes, commit_changes, needs_decision=False, resting_on=resting_on, undo=undo_list)
