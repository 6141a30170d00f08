"""Users: create, passwords, sessions, deactivate."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.models import Post, Session, User
from ansinh.access.queries.sessions import sessions_of
from ansinh.database import roles
from ansinh.database.acting import acting_as, as_log_in
from ansinh.journal import operations as journal
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AlreadyDone, InvalidInput

# Django's own words for these are not all Vietnamese.
_WEAK = {
    "password_too_short": gettext_lazy("Mật khẩu cần ít nhất 12 ký tự."),
    "password_too_similar": gettext_lazy("Mật khẩu quá giống tên đăng nhập hoặc họ tên."),
    "password_too_common": gettext_lazy("Mật khẩu này quá phổ biến, dễ bị đoán."),
    "password_entirely_numeric": gettext_lazy("Mật khẩu không được chỉ toàn chữ số."),
}


def _check(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        words = [str(_WEAK.get(found.code, found.messages[0])) for found in error.error_list]
        raise InvalidInput(" ".join(words), field="password") from None


@transaction.atomic
def create_user(*, username: str, full_name: str, password: str, by: Post | None, now: datetime) -> User:
    """Create a user who must change the password at the first log-in."""
    if User.objects.filter(username__iexact=username).exists():
        raise InvalidInput(_("Tên đăng nhập “%(name)s” đã có người dùng.") % {"name": username}, field="username")
    user = User(username=username, full_name=full_name, must_change_password=True)
    _check(password, user)
    user.set_password(password)
    user.save()
    actor = by.actor if by else Actor("Hệ thống")
    journal.record(by=actor, act="create_user", noun="user", key=username, at=now)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, keep: str | None, now: datetime) -> None:
    """The user's own change. Every session but `keep` ends."""
    _check(password, user)
    user.set_password(password)
    user.must_change_password = False
    # Whatever post the user acts in: no role but the administrator's may write accounts.
    with acting_as(roles.ADMIN):
        user.save(update_fields=["password", "must_change_password"])
    end_all(user, keep=keep)
    journal.record(by=Actor(user.full_name), act="change_password", noun="user", key=user.username, at=now)


@transaction.atomic
def reset_password(*, user: User, password: str, by: Post, now: datetime) -> None:
    """The administrator's reset: every session of the user ends, and the next log-in asks for a new password."""
    _check(password, user)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_all(user)
    journal.record(by=by.actor, act="reset_password", noun="user", key=user.username, at=now)


@transaction.atomic
def deactivate_user(*, user: User, by: Post, now: datetime) -> None:
    """Nobody logs in as this user any more; what they did stays theirs."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all(user)
    journal.record(by=by.actor, act="deactivate_user", noun="user", key=user.username, at=now)


@transaction.atomic
def end_sessions(*, user: User, by: Actor, now: datetime, keep: str | None = None) -> int:
    """End every session of a user but the one whose key is `keep`. Returns how many."""
    count = end_all(user, keep=keep)
    journal.record(by=by, act="end_sessions", noun="user", key=user.username, detail={"count": count}, at=now)
    return count


@transaction.atomic
def end_session(*, user: User, code: str, by: Actor, real_now: datetime, now: datetime) -> None:
    """End one session of a user. `real_now` is the time of the clock, by which sessions live. Raises AlreadyDone when it is over."""
    found = next((one for one in sessions_of(user, now=real_now) if one.code == code), None)
    if found is None:
        raise AlreadyDone(_("Phiên này đã kết thúc."))
    with as_log_in():
        Session.objects.filter(pk=found.key).delete()
    journal.record(by=by, act="end_session", noun="user", key=user.username, detail={"address": found.address}, at=now)


def end_all(user: User, *, keep: str | None = None) -> int:
    """Part of the acts that put somebody out."""
    with as_log_in():
        return Session.objects.filter(user=user).exclude(pk=keep or "").delete()[0]
