"""Which browsers somebody is logged in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings

from ansinh.access import sessions
from ansinh.access.models import Session, User
from ansinh.database.acting import as_log_in


@dataclass(frozen=True)
class OpenSession:
    """One browser: `code` names it on pages, for whoever knows the key is in."""

    code: str
    since: datetime | None
    seen: datetime | None
    address: str
    agent: str
    key: str


def sessions_of(user: User, *, now: datetime) -> list[OpenSession]:
    """Sessions that still open something at `now`, the one used last first."""
    with as_log_in():
        rows = list(Session.objects.filter(user=user, expire_date__gt=now))
    found = [_open(row) for row in rows]
    idle = timedelta(seconds=settings.ANSINH_IDLE_SECONDS)
    alive = [one for one in found if one.seen is None or now - one.seen <= idle]
    return sorted(alive, key=lambda one: (one.seen or now, one.code), reverse=True)


def session_code(key: str) -> str:
    """What a page may show of a session: no way back to its key."""
    return sha256(key.encode()).hexdigest()[:12]


def _open(row: Session) -> OpenSession:
    data = row.get_decoded()
    return OpenSession(
        code=session_code(row.session_key),
        since=_moment(data.get(sessions.SINCE)),
        seen=_moment(data.get(sessions.ALIVE)),
        address=data.get(sessions.ADDRESS, ""),
        agent=data.get(sessions.AGENT, ""),
        key=row.session_key,
    )


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
