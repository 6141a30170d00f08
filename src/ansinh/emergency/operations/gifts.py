"""The list of a round of gifts, derived from the ledger and the register on the cut-off day: one gift for each person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.models import AidKind, AidLine, AidList, OccasionKind, Resources
from ansinh.emergency.operations.move import lock
from ansinh.emergency.queries.recipients import Recipient, recipients
from ansinh.emergency.workflow import OFFICERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed

_AT_ONCE = 1000


@transaction.atomic
def fill_gifts(*, aid_list: AidList, by: Post, now: datetime) -> int:
    """Put everybody on the list who is in one of the groups on the cut-off day and has no gift of this round yet.

    Asked again it adds only who was found since; a further list of the round takes those who came late. Returns how many.
    """
    held = lock(aid_list)
    if by.role not in OFFICERS:
        raise NotAllowed(_("Chức vụ này không lập danh sách."))
    occasion = held.occasion
    if occasion.kind != OccasionKind.GIFTS or occasion.cutoff_on is None:
        raise InvalidInput(_("Đợt này không lập danh sách từ sổ."))
    if occasion.cutoff_on > now.date():
        raise InvalidInput(_("Ngày chốt %(day)s chưa tới.") % {"day": f"{occasion.cutoff_on:%d/%m/%Y}"})
    if not held.is_open:
        raise NotAllowed(_("Danh sách không còn đang lập; người đến sau vào danh sách bổ sung."))
    before = held.lines.count()
    lines = [_gift(held, one) for one in recipients(occasion, held.unit)]
    # Whoever has a gift of this round already, on an earlier list or in another commune, keeps that one.
    AidLine.objects.bulk_create(lines, batch_size=_AT_ONCE, ignore_conflicts=True)
    added = held.lines.count() - before
    journal.record(by=by.actor, act="fill_gifts", noun="aid_list", key=held.code, detail={"lines": added}, at=now)
    return added


def _gift(held: AidList, one: Recipient) -> AidLine:
    occasion = held.occasion
    return AidLine(
        list=held, occasion=occasion, unit=held.unit, kind=AidKind.GIFT, thing=AidKind.GIFT, subject=one.subject,
        person_id=one.person_id, recipient=one.full_name, sort_key=one.sort_key, born_text=one.born_text,
        personal_number=one.personal_number, village=one.village, village_name=one.village.name if one.village else "",
        note=f"Nay cư trú tại {one.now_in}." if one.now_in else "", happened_on=occasion.cutoff_on, persons=1,
        amount_vnd=occasion.level_vnd or 0, goods=occasion.goods, goods_vnd=occasion.goods_vnd or 0, article=occasion.paper,
        resources=Resources.PROVINCE,
    )  # fmt: skip
