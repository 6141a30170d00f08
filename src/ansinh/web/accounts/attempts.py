"""Whose attempt to log in it is, so that guesses are counted for one name from one address, however it is written."""

from __future__ import annotations

import ipaddress
import unicodedata

from django.conf import settings
from django.http import HttpRequest


def name_tried(request: HttpRequest, credentials: dict | None = None) -> str:
    """The name in one spelling: log-in does not mind capitals, so counting must not either."""
    given = (credentials or request.POST).get("username") or ""
    return unicodedata.normalize("NFKC", str(given)).strip().casefold()[:150]


def address_of(request: HttpRequest) -> str | None:
    """Where it came from. Behind our own reverse proxy everybody has the proxy's address; it names the real one last."""
    nearest = request.META.get("REMOTE_ADDR")
    if not settings.SECURE_PROXY_SSL_HEADER:
        return nearest
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return nearest
