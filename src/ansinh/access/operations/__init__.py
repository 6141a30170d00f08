"""Acts on offices, posts and users."""

from ansinh.access.operations.load import load_reference
from ansinh.access.operations.offices import fill_post, open_office, open_post, vacate_post
from ansinh.access.operations.users import (
    change_password,
    create_user,
    deactivate_user,
    end_sessions,
    reset_password,
)

__all__ = [
    "change_password",
    "create_user",
    "deactivate_user",
    "end_sessions",
    "fill_post",
    "load_reference",
    "open_office",
    "open_post",
    "reset_password",
    "vacate_post",
]
