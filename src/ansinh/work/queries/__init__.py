"""Questions about tasks, notices and the duty calendar."""

from ansinh.work.queries.duty import DutyDay, duty_between, keeps_duty, week_of
from ansinh.work.queries.notices import notices_of, unread_count
from ansinh.work.queries.tasks import NextStep, next_steps, possible_doers, task_counts, tasks_of

__all__ = [
    "DutyDay",
    "NextStep",
    "duty_between",
    "keeps_duty",
    "next_steps",
    "notices_of",
    "possible_doers",
    "task_counts",
    "tasks_of",
    "unread_count",
    "week_of",
]
