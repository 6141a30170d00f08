"""A browser of somebody who holds a post, and addresses of pages."""

from __future__ import annotations

from django.test import Client

from ansinh.access.models import Role
from ansinh.access.tests.factories import QUYNH_PHU, post

BACKEND = "django.contrib.auth.backends.ModelBackend"
HTMX = {"HX-Request": "true"}


def signed_in(role: str = Role.COMMUNE_OFFICER, *, office: str = f"UBND-{QUYNH_PHU}") -> Client:
    """Logged in as the holder of this post (the commune officer of Quỳnh Phụ)."""
    client = Client()
    client.force_login(post(role, office=office).user, backend=BACKEND)
    return client


def division(role: str = Role.DIVISION_OFFICER) -> Client:
    """Logged in at the division of the province."""
    return signed_in(role, office="BTXH")
