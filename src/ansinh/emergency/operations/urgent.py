"""One urgent, grave case in one act: event, list and line, the meeting of the village skipped, sent for signature."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import OfficeKind, Post
from ansinh.emergency.models import AidList, OccasionKind
from ansinh.emergency.operations.deciding import skip_review, submit
from ansinh.emergency.operations.lines import Asked, add_lines
from ansinh.emergency.operations.occasions import NewOccasion, open_occasion
from ansinh.kernel.errors import InvalidInput, NotAllowed


@transaction.atomic
def open_urgent_case(
    *, new: NewOccasion, asked: Asked, reason: str, accept_open: bool, by: Post, now: datetime
) -> AidList:  # fmt: skip
    """Write down one urgent case and send it for signature at once. Raises what the single steps raise, and then nothing is kept."""
    if by.office.kind != OfficeKind.COMMUNE:
        raise NotAllowed(_("Trường hợp cấp bách do xã, phường lập."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do cấp bách."), field="reason")
    if new.kind != OccasionKind.RELIEF:
        raise InvalidInput(_("Trường hợp cấp bách là trợ giúp khẩn cấp."))
    made = open_occasion(new=new, by=by, now=now).lists.get()
    add_lines(aid_list=made, asked=[asked], by=by, now=now)
    skip_review(aid_list=made, note=reason, by=by, now=now)
    return submit(aid_list=made, by=by, now=now, accept_open=accept_open)
