"""Doors of tasks, notices and the duty calendar."""

from ansinh.work.views.duty import add, remove, week
from ansinh.work.views.notices import notice, notices, read_all
from ansinh.work.views.tasks import give, step, task, tasks

__all__ = ["add", "give", "notice", "notices", "read_all", "remove", "step", "task", "tasks", "week"]
