"""Acting as a post: its database role and the rows of its places, for one request or one job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from ansinh.access.models import OfficeKind, Post, Role
from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.localities.queries import scope_ids

_BY_ROLE = {
    Role.INSPECTOR: roles.AUDITOR,
    Role.ADMINISTRATOR: roles.ADMIN,
    Role.SYSTEM: roles.SYSTEM,
    Role.PAYER: roles.PAYER,
}
_BY_OFFICE = {
    OfficeKind.COMMUNE: roles.COMMUNE,
    OfficeKind.DISTRICT: roles.COMMUNE,
    OfficeKind.DIVISION: roles.PROVINCE,
    OfficeKind.DEPARTMENT: roles.PROVINCE,
    OfficeKind.FACILITY: roles.FACILITY,
    OfficeKind.PAYER: roles.PAYER,
}


def database_role(post: Post) -> str:
    """The role of the database a post acts under. An office that has none sees nothing personal."""
    return _BY_ROLE.get(post.role) or _BY_OFFICE.get(post.office.kind, roles.ADMIN)


@contextmanager
def as_post(post: Post | None, *, on: date) -> Iterator[None]:
    """Run the block in one transaction as `post` (office and unit loaded); None is the system's own work."""
    if post is None:
        with acting_as(roles.SYSTEM):
            yield
        return
    role = database_role(post)
    units = scope_ids(post.office.unit, on=on) if role == roles.COMMUNE and post.office.unit else ()
    with acting_as(role, units=units, office=post.office_id):
        yield
