"""Acts on offices, posts, absences, users, their sessions and their second step."""

from ansinh.access.operations.absences import end_absence, record_absence
from ansinh.access.operations.load import load_reference
from ansinh.access.operations.mandates import end_mandate, record_mandate
from ansinh.access.operations.offices import fill_post, open_office, open_post, vacate_post
from ansinh.access.operations.second_step import (
    WrongCode,
    enrol,
    give_code,
    renew_recovery_codes,
    reset_second_step,
)
from ansinh.access.operations.users import (
    change_password,
    create_user,
    deactivate_user,
    end_session,
    end_sessions,
    reset_password,
)

__all__ = [
    "WrongCode",
    "change_password",
    "create_user",
    "deactivate_user",
    "end_absence",
    "end_mandate",
    "end_session",
    "end_sessions",
    "enrol",
    "fill_post",
    "give_code",
    "load_reference",
    "open_office",
    "open_post",
    "record_absence",
    "record_mandate",
    "renew_recovery_codes",
    "reset_password",
    "reset_second_step",
    "vacate_post",
]
