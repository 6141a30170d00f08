"""Sessions end by themselves: after half an hour without a sign of life, and in any case after a working day."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

_ALIVE = "alive_at"


def is_idle_too_long(request: HttpRequest) -> bool:
    last = request.session.get(_ALIVE)
    return last is not None and time.time() - last > settings.ANSINH_IDLE_SECONDS


def note_alive(request: HttpRequest) -> None:
    """At most one write of the session a minute."""
    now = time.time()
    if now - request.session.get(_ALIVE, 0) > 60:
        request.session[_ALIVE] = now
