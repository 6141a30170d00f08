"""Set the day up to which changes enter a commune's next list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import OfficeKind, Post
from ansinh.access.queries import communes_of
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit
from ansinh.payments.models import CutOff

LAST_DAY = 28  # every month has it


@transaction.atomic
def set_cut_off(*, unit: Unit | None, day: int | None, by: Post, now: datetime) -> None:
    """Set a commune's own day; `day` None returns it to the common one; `unit` None sets the common day of the province.

    Lists already made keep the day they were made with, until they are proposed again.
    """
    if day is not None and not 1 <= day <= LAST_DAY:
        raise InvalidInput(_("Ngày chốt là một ngày trong tháng, từ 1 đến %(last)d.") % {"last": LAST_DAY}, field="day")
    if unit is None and (day is None or by.office.kind == OfficeKind.COMMUNE):
        raise InvalidInput(_("Ngày chung do cấp tỉnh đặt và không để trống."), field="unit")
    if unit is not None and not communes_of(by, on=now.date()).filter(pk=unit.pk).exists():
        raise InvalidInput(_("Xã, phường này không thuộc địa bàn của ông, bà."), field="unit")
    if day is None:
        CutOff.objects.filter(unit=unit).delete()
    else:
        CutOff.objects.update_or_create(unit=unit, defaults={"day": day})
    place = unit.code if unit else "common"
    journal.record(by=by.actor, act="set_cut_off", noun="cut_off", key=place, detail={"day": day}, at=now)
