"""Acts on tasks, notices and the duty calendar."""

from ansinh.work.operations.duty import add_duty, remove_duty
from ansinh.work.operations.notices import notify, read_notices
from ansinh.work.operations.tasks import extend_task, give_task, move_task

__all__ = ["add_duty", "extend_task", "give_task", "move_task", "notify", "read_notices", "remove_duty"]
