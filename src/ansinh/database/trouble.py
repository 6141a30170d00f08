"""Trouble that is nobody's fault: the database away, a row held by somebody else, a full disk. Told apart to be told in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble: the status of the page, its heading, what happened, and what to do."""

    status: int
    title: Any
    said: Any
    to_do: Any


BUSY = Trouble(
    409,
    _("Người khác đang làm"),
    _("Người khác đang ghi đúng phần này, nên việc của ông, bà chưa được ghi."),
    _("Đợi một lát, mở lại trang để xem người kia đã ghi gì, rồi làm lại nếu vẫn cần."),
)
AWAY = Trouble(
    503,
    _("Chưa kết nối được cơ sở dữ liệu"),
    _("Máy chủ mất kết nối tới cơ sở dữ liệu, nên việc đang làm dở chưa được ghi; điều đã ghi trước đó vẫn còn."),
    _("Hệ thống tự kết nối lại. Đợi một phút, mở lại trang để xem việc đã ghi hay chưa, rồi làm lại nếu cần."),
)
FULL = Trouble(
    503,
    _("Ổ đĩa máy chủ đã đầy"),
    _("Ổ đĩa của máy chủ không còn chỗ, nên việc này chưa được ghi; không có gì bị ghi dở."),
    _("Báo quản trị viên dọn chỗ trên máy chủ, rồi làm lại."),
)

_FULL = "53100"
_BUSY = ("40001", "40P01", "55P03")  # serialization failure, deadlock, lock not available in time
_AWAY = ("08", "57P0", "53300")  # connection lost, server stopping or starting, too many connections


def trouble_of(error: BaseException | None) -> Trouble | None:
    """The trouble behind an error, or None when it is a fault of the program."""
    return next((found for link in _chain(error) if (found := _one(link))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from, outermost first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _one(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    state = getattr(error, "sqlstate", None)
    if state is None:
        # Without a state the server did not answer at all. Django's own error stands before the driver's, which may know more.
        is_mute = isinstance(error, OperationalError | InterfaceError) and getattr(error.__cause__, "sqlstate", None) is None
        return AWAY if is_mute else None
    if state == _FULL:
        return FULL
    if state in _BUSY:
        return BUSY
    return AWAY if state.startswith(_AWAY) else None
