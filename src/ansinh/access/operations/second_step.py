"""The second step of log-in: enrol a device, give a code, renew recovery codes, reset.

Secrets lie in tables of the log-in alone. A wrong code is counted and journaled before it is refused, so that the
refusal undoes neither.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from ansinh.access.models import Post, User
from ansinh.access.operations.users import end_all
from ansinh.database.acting import as_log_in
from ansinh.journal import operations as journal
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AlreadyDone, InvalidInput

RECOVERY_CODES = 10
_SEPARATORS = re.compile(r"[\s-]")
_SIX_DIGITS = re.compile(r"[0-9]{6}")


class WrongCode(InvalidInput):
    """The code is not of this device now, was used before, or came too soon after a wrong one."""


def enrol(*, user: User, key: str, code: str, replaces: bool, keep: str | None, now: datetime) -> tuple[Device, list[str]]:
    """Take the device whose secret is `key` as the user's when `code` is of it; an earlier one is forgotten if it `replaces`.

    Gives the device and ten recovery codes, to be shown once. Every session of the user but `keep` ends. Raises WrongCode, and AlreadyDone
    when there is a device nobody asked to replace: the password alone must never do that.
    """
    with transaction.atomic(), as_log_in():
        _lock(user)
        earlier = TOTPDevice.objects.filter(user=user)
        if earlier.exists() and not replaces:
            raise AlreadyDone(_("Tài khoản đã có thiết bị xác thực."))
        replaced, _rows = earlier.delete()
        device = TOTPDevice.objects.create(user=user, name="totp", key=key)
        if not device.verify_token(_plain(code)):
            raise WrongCode(_wrong(), field="code")
        codes = _new_recovery_codes(user)
        end_all(user, keep=keep)
        act = "second_step_replaced" if replaced else "second_step_enrolled"
        journal.record(by=Actor(user.full_name), act=act, noun="user", key=user.username, at=now)
    return device, codes


def give_code(*, user: User, code: str, now: datetime) -> Device:
    """The user gives six digits of the device, or a recovery code, which is then used up. Raises WrongCode."""
    given = _plain(code)
    is_spare = not _SIX_DIGITS.fullmatch(given)
    by = {"by": Actor(user.full_name), "noun": "user", "key": user.username, "at": now}
    with transaction.atomic(), as_log_in():
        kind = StaticDevice if is_spare else TOTPDevice
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        allowed, why = device.verify_is_allowed() if device else (True, None)
        passed = allowed and device is not None and device.verify_token(given)
        if not passed and allowed:
            journal.record(act="second_step_failed", **by)
        elif passed and is_spare:
            journal.record(act="recovery_code_used", detail={"left": device.token_set.count()}, **by)
        elif passed:
            journal.record(act="second_step_given", **by)
    if not passed:
        raise WrongCode(_wrong() if allowed else _too_soon(why["locked_until"]), field="code")
    return device


@transaction.atomic
def renew_recovery_codes(*, user: User, now: datetime) -> list[str]:
    """Ten new recovery codes; those before them open nothing any more."""
    with as_log_in():
        codes = _new_recovery_codes(user)
    journal.record(by=Actor(user.full_name), act="recovery_codes_renewed", noun="user", key=user.username, at=now)
    return codes


@transaction.atomic
def reset_second_step(*, user: User, reason: str, by: Post | None, now: datetime) -> None:
    """Forget a user's device and recovery codes, which nobody sees: the next log-in enrols anew. All sessions end.

    `by` is None at the machine itself, for the administrator who lost the last device. Raises InvalidInput without a
    reason, AlreadyDone when there is no device.
    """
    if not reason.strip():
        raise InvalidInput(_("Cần ghi lý do đặt lại bước xác thực thứ hai."), field="reason")
    with as_log_in():
        forgotten, _rows = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if not forgotten:
            raise AlreadyDone(_("Người này chưa đăng ký thiết bị nào."))
        end_all(user)
    actor = by.actor if by else Actor("Hệ thống")
    detail = {"reason": reason.strip()}
    journal.record(by=actor, act="second_step_reset", noun="user", key=user.username, detail=detail, at=now)


def _lock(user: User) -> None:
    """Two enrolments of one user come one after the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _new_recovery_codes(user: User) -> list[str]:
    # The device stays: sessions that came in by it name it.
    device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _plain(code: str) -> str:
    """As it is kept: people type the gaps they see, and capitals."""
    return _SEPARATORS.sub("", code).lower()


def _wrong() -> str:
    return _("Mã không đúng hoặc đã dùng rồi. Chờ mã tiếp theo trên điện thoại rồi nhập lại.")


def _too_soon(until: datetime) -> str:
    return _("Vừa nhập sai. Hãy đợi đến %(time)s rồi nhập lại.") % {"time": f"{timezone.localtime(until):%H:%M:%S}"}
