"""Sessions end by themselves: after half an hour without a sign of life, and in any case after a working day."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

ALIVE, SINCE, ADDRESS, AGENT = "alive_at", "since", "address", "agent"


def note_start(request: HttpRequest, *, address: str | None) -> None:
    """Remember when, from where and with what program somebody logged in: shown in the list of sessions."""
    request.session[SINCE] = request.session[ALIVE] = time.time()
    request.session[ADDRESS] = address or ""
    request.session[AGENT] = request.META.get("HTTP_USER_AGENT", "")[:300]


def is_idle_too_long(request: HttpRequest) -> bool:
    last = request.session.get(ALIVE)
    return last is not None and time.time() - last > settings.ANSINH_IDLE_SECONDS


def note_alive(request: HttpRequest) -> None:
    """At most one write of the session a minute."""
    now = time.time()
    if now - request.session.get(ALIVE, 0) > 60:
        request.session[ALIVE] = now
