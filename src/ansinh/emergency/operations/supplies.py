"""Resources of a list: asked for upwards, received, returned; corrected by a counter-entry."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.models import AidList, Resources, SupplyEntry, SupplyKind
from ansinh.emergency.operations.move import lock
from ansinh.emergency.workflow import GIVERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed


def _open(aid_list: AidList, by: Post) -> AidList:
    held = lock(aid_list)
    if by.role not in GIVERS:
        raise NotAllowed(_("Chức vụ này không ghi nguồn."))
    if held.state == "accounted":
        raise NotAllowed(_("Danh sách đã quyết toán, không ghi thêm nguồn."))
    return held


@transaction.atomic
def record_supply(
    *, aid_list: AidList, kind: str, resources: str, amount_vnd: int, rice_kg: int, paper: str, on: date, by: Post, now: datetime
) -> SupplyEntry:  # fmt: skip
    """Write down what was asked for upwards, what came, what went back. Money of a relief fund comes from the page of the fund."""
    held = _open(aid_list, by)
    if kind not in SupplyKind or resources not in Resources or (resources == Resources.FUND and kind == SupplyKind.RECEIVED):
        raise InvalidInput(_("Tiền, hàng của quỹ được phân bổ từ trang của quỹ."), field="resources")
    if kind == SupplyKind.ASKED and resources == Resources.COMMUNE:
        raise InvalidInput(_("Đề nghị cấp trên: chọn nguồn của tỉnh hoặc trung ương."), field="resources")
    if amount_vnd < 0 or rice_kg < 0 or not (amount_vnd or rice_kg):
        raise InvalidInput(_("Hãy ghi số tiền hoặc số gạo, lớn hơn 0."), field="amount_vnd")
    if on > now.date():
        raise InvalidInput(_("Ngày chưa tới."), field="on")
    if not paper.strip():
        raise InvalidInput(_("Hãy ghi văn bản, chứng từ."), field="paper")
    made = SupplyEntry.objects.create(
        list=held, unit=held.unit, kind=kind, resources=resources, amount_vnd=amount_vnd, rice_kg=rice_kg, paper=paper.strip(),
        on=on, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    detail = {"kind": kind, "vnd": amount_vnd, "kg": rice_kg}
    journal.record(by=by.actor, act="record_supply", noun="supply_entry", key=made.code, detail=detail, at=now)
    return made


@transaction.atomic
def correct_supply(*, entry: SupplyEntry, reason: str, by: Post, now: datetime) -> SupplyEntry:
    """Take a wrong entry back by its counter-entry, with the reason. Raises AlreadyDone when that was done before."""
    held = _open(entry.list, by)
    if entry.corrects_id:
        raise InvalidInput(_("Bút toán đảo không sửa được; hãy ghi lại bút toán đúng."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    try:
        with transaction.atomic():
            made = SupplyEntry.objects.create(
                list=held, unit=held.unit, kind=entry.kind, resources=entry.resources, amount_vnd=-entry.amount_vnd,
                rice_kg=-entry.rice_kg, paper=entry.paper, on=now.date(), corrects=entry, reason=reason.strip(), recorded_by=by,
                recorded_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDone(_("Bút toán này đã có bút toán đảo.")) from None
    journal.record(by=by.actor, act="correct_supply", noun="supply_entry", key=made.code, detail={"of": entry.code}, at=now)
    return made
