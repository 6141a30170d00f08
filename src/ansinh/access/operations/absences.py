"""Write down who is away and who stands in; end it before its time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Absence, Post
from ansinh.access.queries.absences import HEADS, possible_deputies
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed


@transaction.atomic
def record_absence(*, post: Post, deputy: Post | None, first: date, last: date, reason: str, by: Post, now: datetime) -> Absence:
    """The holder of a post is away from `first` to `last`, both included; `deputy` does the work meanwhile, nobody where it is None.

    Raises NotAllowed for somebody else's post unless by a head of the office, InvalidInput for days that lie behind or run
    backwards, for a deputy of another office, without the competence, or away then too, AlreadyDone when the days overlap.
    """
    _may(post, by)
    if last < first:
        raise InvalidInput(_("Ngày về trước ngày đi."), field="last")
    if last < now.date():
        raise InvalidInput(_("Những ngày này đã qua."), field="last")
    if deputy is not None:
        _check_deputy(post, deputy, first, last, now.date())
    days = DateRange(first, last + timedelta(days=1))
    try:
        with transaction.atomic():
            made = Absence.objects.create(
                post=post, deputy=deputy, period=days, reason=reason.strip(), recorded_by=by, recorded_at=now
            )
    except IntegrityError as error:
        if "one_absence_at_a_time" not in str(error):
            raise
        raise AlreadyDone(_("%(name)s đã được ghi vắng mặt trong những ngày này.") % {"name": post.holder_name}) from None
    detail = {"deputy": deputy.code if deputy else "", "from": f"{first}", "to": f"{last}"}
    journal.record(by=by.actor, act="record_absence", noun="post", key=post.code, detail=detail, at=now)
    return made


def _may(post: Post, by: Post) -> None:
    if by.absence is not None or (post.pk != by.pk and (by.role not in HEADS or post.office_id != by.office_id)):
        raise NotAllowed(_("Chỉ người đó hoặc thủ trưởng cơ quan ghi vắng mặt."))


def _check_deputy(post: Post, deputy: Post, first: date, last: date, on: date) -> None:
    if not possible_deputies(post, on=on).filter(pk=deputy.pk).exists():
        raise InvalidInput(
            _("%(name)s không thể thay: phải là người cùng cơ quan, có thẩm quyền làm việc của “%(title)s”.")
            % {"name": deputy.holder_name, "title": post.title},
            field="deputy",
        )
    if Absence.objects.filter(post=deputy, period__overlap=DateRange(first, last + timedelta(days=1))).exists():
        raise InvalidInput(_("%(name)s cũng vắng mặt trong những ngày này.") % {"name": deputy.holder_name}, field="deputy")


@transaction.atomic
def end_absence(*, absence: Absence, by: Post, now: datetime) -> Absence:
    """The holder is back today: the absence ends now, or never begins. Raises AlreadyDone when it is over, NotAllowed."""
    held = Absence.objects.select_for_update(of=("self",)).select_related("post__user", "post__office").get(pk=absence.pk)
    _may(held.post, by)
    today = now.date()
    if held.is_over(today):
        raise AlreadyDone(_("Lần vắng mặt này đã kết thúc."))
    held.period = DateRange(min(held.period.lower, today), today)  # the same day twice: no day at all
    held.save(update_fields=["period"])
    journal.record(by=by.actor, act="end_absence", noun="post", key=held.post.code, detail={"on": f"{today}"}, at=now)
    return held
