"""Open an occasion, and the list of a commune for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.access.queries import communes_of
from ansinh.emergency.models import AidList, AidListStep, Cause, GiftGroup, Giver, Occasion, OccasionKind
from ansinh.emergency.workflow import OFFICERS, OPENERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.localities.models import Unit


@dataclass(frozen=True)
class NewOccasion:
    """What is written down of an event, a round of gifts or a visit; each kind needs its own part of it."""

    kind: str
    name: str
    first_day: date
    last_day: date | None = None
    place: str = ""
    note: str = ""
    cause: str = ""
    paper: str = ""
    level_vnd: int | None = None
    goods: str = ""
    goods_vnd: int | None = None
    cutoff_on: date | None = None
    groups: Sequence[str] = ()
    giver: str = ""


@transaction.atomic
def open_occasion(*, new: NewOccasion, by: Post, now: datetime) -> Occasion:
    """Write down an event, a round of gifts or a visit. A commune's is its own, with its list; the division's is for every commune.

    Raises NotAllowed for a post that opens none, InvalidInput for what is missing.
    """
    if by.role not in OPENERS:
        raise NotAllowed(_("Chức vụ này không lập đợt trợ giúp, tặng quà."))
    _check(new, now.date())
    own = by.office.kind == OfficeKind.COMMUNE
    made = Occasion.objects.create(
        kind=new.kind, name=new.name.strip(), cause=new.cause, first_day=new.first_day, last_day=new.last_day,
        place=new.place.strip(), note=new.note.strip(), unit=by.office.unit if own else None, paper=new.paper.strip(),
        level_vnd=new.level_vnd, goods=new.goods.strip(), goods_vnd=new.goods_vnd, cutoff_on=new.cutoff_on,
        groups=list(new.groups), giver=new.giver, opened_by=by, opened_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="open_occasion", noun="occasion", key=made.code, detail={"kind": made.kind}, at=now)
    if own:
        open_list(occasion=made, unit=made.unit, by=by, now=now)
    return made


def _check(new: NewOccasion, on: date) -> None:
    if not new.name.strip():
        raise InvalidInput(_("Hãy ghi tên đợt."), field="name")
    if new.last_day and new.last_day < new.first_day:
        raise InvalidInput(_("Ngày kết thúc trước ngày bắt đầu."), field="last_day")
    checks = {OccasionKind.RELIEF: _check_event, OccasionKind.GIFTS: _check_gifts, OccasionKind.VISIT: _check_visit}
    checks[OccasionKind(new.kind)](new, on)


def _check_event(new: NewOccasion, on: date) -> None:
    if new.cause not in Cause:
        raise InvalidInput(_("Hãy chọn nguyên nhân."), field="cause")
    if new.first_day > on:
        raise InvalidInput(_("Sự kiện chưa xảy ra: ngày bắt đầu chưa tới."), field="first_day")


def _check_gifts(new: NewOccasion, on: date) -> None:
    if not new.paper.strip():
        raise InvalidInput(_("Hãy ghi nghị quyết, quyết định về đợt quà."), field="paper")
    if not new.level_vnd and not new.goods.strip():
        raise InvalidInput(_("Hãy ghi mức tiền hoặc hiện vật của mỗi suất quà."), field="level_vnd")
    if new.cutoff_on is None:
        raise InvalidInput(_("Hãy ghi ngày chốt đối tượng."), field="cutoff_on")
    if not new.groups or any(group not in GiftGroup for group in new.groups):
        raise InvalidInput(_("Hãy chọn ít nhất một nhóm đối tượng."), field="groups")


def _check_visit(new: NewOccasion, on: date) -> None:
    if new.giver not in Giver:
        raise InvalidInput(_("Hãy chọn cấp của đoàn."), field="giver")


@transaction.atomic
def open_list(*, occasion: Occasion, unit: Unit, by: Post, now: datetime) -> AidList:
    """The list of a commune for an occasion; once the last one is decided, a further one for those who came late.

    Raises AlreadyDone while the last one is not decided, NotAllowed for a post or a commune that has no part in it.
    """
    if by.role not in OFFICERS or unit not in communes_of(by, on=now.date()):
        raise NotAllowed(_("Chỉ xã, phường lập danh sách của chính mình."))
    if occasion.unit_id and occasion.unit_id != unit.pk:
        raise NotAllowed(_("Đợt này là của xã, phường khác."))
    Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    last = AidList.objects.filter(occasion=occasion, unit=unit).order_by("-number").first()
    if last and last.state not in ("decided", "accounted"):
        raise AlreadyDone(
            _("Danh sách %(code)s của đợt này còn đang làm; hãy thêm vào danh sách đó, hoặc chờ quyết định.")
            % {"code": last.code}
        )
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first() or by.office
    made = AidList.objects.create(
        occasion=occasion, unit=unit, office=office, number=last.number + 1 if last else 1, prepared_by=by, prepared_at=now
    )
    AidListStep.objects.create(list=made, act="open", target=made.state, post=by, actor=by.actor.text, at=now)
    detail = {"occasion": occasion.code, "number": made.number}
    journal.record(by=by.actor, act="open_aid_list", noun="aid_list", key=made.code, detail=detail, at=now)
    return made
