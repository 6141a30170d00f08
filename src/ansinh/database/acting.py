"""Acting under a role and a scope inside one transaction. What was in force before is restored on the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from ansinh.database import roles

_SETTINGS = ("ansinh.units", "ansinh.office")
_role: ContextVar[str] = ContextVar("role", default="")


def role_in_force() -> str:
    """The role the innermost `acting_as` took; empty outside. A hint for choosing a quick road: rights are asked of the database."""
    return _role.get()


@contextmanager
def acting_as(role: str, *, units: Iterable[int] = (), payer: int | None = None, office: int | None = None) -> Iterator[None]:
    """Run the block in one transaction as `role`, seeing rows of `units` (ids of localities) or given to `office`.

    Everything is local to the transaction (`SET LOCAL`): a pooled connection can never carry it to the next user.
    Raises ValueError for a role that is not one of ours.
    """
    if role not in (roles.APP, *roles.GROUPS):
        raise ValueError(f"not a role of the house: {role}")
    values = ("{" + ",".join(str(int(u)) for u in units) + "}", str(office or ""))
    with transaction.atomic():
        before = _take(role, values)
        token = _role.set(role)
        try:
            yield
        finally:
            _role.reset(token)
        # Not in a finally: after an error the savepoint or transaction is rolled back, and SET LOCAL with it.
        if not connection.needs_rollback:
            _take(*before)


@contextmanager
def as_maintenance() -> Iterator[None]:
    """For factories, repair and reference loads: sees and writes every row, in one transaction, said out loud."""
    with acting_as(roles.MAINTENANCE):
        yield


@contextmanager
def as_log_in() -> Iterator[None]:
    """For what belongs to the log-in alone (sessions, devices of the second step): no post's role has a right to it.

    Outside any role the application already stands there, and nothing is asked of the database.
    """
    if role_in_force() in ("", roles.APP):
        yield
        return
    with acting_as(roles.APP):
        yield


def _take(role: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Set role and settings, and give back those that were in force."""
    current = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_user, {current}")
        was, *settings = cursor.fetchone()
        cursor.execute(
            "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in range(len(values) + 1)),
            [item for pair in zip(("role", *_SETTINGS), (role, *values), strict=True) for item in pair],
        )
    return was, tuple(settings)
