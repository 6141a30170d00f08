"""Confirm or correct the holidays of a year, with their source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post, Role
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.law.procedures import HolidayYear
from ansinh.law.procedures.calendar import year_faults
from ansinh.lawbook.models import HolidayList

CONFIRMS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


@transaction.atomic
def confirm_holidays(
    *, year: int, days_off: Iterable[date], worked: Iterable[date], source: str, by: Post, now: datetime
) -> HolidayList:
    """Days off besides weekends, and weekend days worked instead. The newest list of a year holds; older ones stay.

    Raises NotAllowed for another post, InvalidInput for a list without a source or with a day that cannot be in it.
    """
    if by.role not in CONFIRMS:
        raise NotAllowed(_("Chuyên viên, trưởng phòng của Sở xác nhận lịch nghỉ."))
    if not source.strip():
        raise InvalidInput(_("Hãy ghi nguồn: văn bản, số, ngày, nơi trả lời."), field="source")
    listed = HolidayYear(year, frozenset(days_off), frozenset(worked), frozenset(), source.strip(), "V")
    if not listed.days_off:
        raise InvalidInput(_("Danh sách ngày nghỉ bỏ trống."), field="days_off")
    if faults := year_faults(listed):
        raise InvalidInput("; ".join(faults), field="days_off")
    texts = {name: [day.isoformat() for day in sorted(getattr(listed, name))] for name in ("days_off", "worked")}
    made = HolidayList.objects.create(year=year, **texts, source=listed.source, confirmed_by=by, confirmed_at=now)
    journal.record(
        by=by.actor, act="confirm_holidays", noun="holiday_list", key=str(year), detail={**texts, "source": source}, at=now
    )
    return made
