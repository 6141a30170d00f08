"""Who must give a code of their telephone beside the password, and what is known of their device.

The codes themselves are django-otp's: TOTP of RFC 6238 on real time, whatever day the application is set to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from ansinh.access.models import Post, Role, User
from ansinh.database.acting import as_log_in

# Those who decide and their heads, those whose hands money goes through, and whoever gives posts and passwords to others.
GIVES_SECOND_STEP = (
    Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD, Role.FACILITY_HEAD, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER,
    Role.ACCOUNTANT, Role.PAYER,
    Role.ADMINISTRATOR,
)  # fmt: skip


@dataclass(frozen=True)
class SecondStep:
    """Somebody's device: since when, last used when, and how many recovery codes are left."""

    since: datetime
    used: datetime | None
    codes_left: int


def awaits_second_step(request: HttpRequest, posts: Iterable[Post]) -> bool:
    """Has this session the password alone, though one of the user's posts asks for more?"""
    if not settings.ANSINH_SECOND_STEP or not any(post.role in GIVES_SECOND_STEP for post in posts):
        return False
    return not request.user.is_verified()


def second_step_of(user: User) -> SecondStep | None:
    """The user's device without its secret; None when there is none."""
    with as_log_in():
        device = TOTPDevice.objects.filter(user=user, confirmed=True).only("created_at", "last_used_at").first()
        if device is None:
            return None
        spare = StaticDevice.objects.filter(user=user).first()
        return SecondStep(device.created_at, device.last_used_at, spare.token_set.count() if spare else 0)


def new_key() -> str:
    """A secret for a new device, in hex; nothing is kept until a code of it has been given."""
    return random_hex(20)


def setup_address(user: User, key: str) -> str:
    """What the QR code says to the telephone (otpauth://…). It holds the secret: for the page alone, never for a log."""
    return TOTPDevice(user=user, key=key).config_url
