"""Write the duty calendar of an office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.work.models import DayPart, DutyEntry
from ansinh.work.queries.duty import keeps_duty


@transaction.atomic
def add_duty(
    *,
    post: Post,
    kind: str,
    on: date,
    by: Post,
    now: datetime,
    session: str = DayPart.ALL,
    content: str = "",
    place: str = "",
) -> DutyEntry:
    """Say that a post of the own office is on duty, in a meeting or away on business on a day.

    Raises NotAllowed for a post that does not keep the calendar, InvalidInput for a post of another office, AlreadyDone for a
    line that stands there.
    """
    if not keeps_duty(by) or by.office.unit is None:
        raise NotAllowed(_("Chức vụ này không ghi lịch của cơ quan."))
    if post.office_id != by.office_id:
        raise InvalidInput(_("Chỉ ghi lịch cho người của cơ quan mình."), field="post")
    try:
        with transaction.atomic():
            made = DutyEntry.objects.create(
                office=by.office, unit=by.office.unit, kind=kind, post=post, on=on, session=session, content=content.strip(),
                place=place.strip(), recorded_by=by, recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        if "a_duty_once" not in str(error):
            raise
        raise AlreadyDone(
            _("%(name)s đã có lịch này ngày %(day)s.") % {"name": post.holder_name, "day": f"{on:%d/%m/%Y}"}
        ) from None
    detail = {"post": post.code, "on": f"{on}", "kind": kind}
    journal.record(by=by.actor, act="add_duty", noun="duty_entry", key=made.code, detail=detail, at=now)
    return made


@transaction.atomic
def remove_duty(*, entry: DutyEntry, by: Post, now: datetime) -> DutyEntry:
    """Take a line out of the calendar of the own office; it stays readable in the journal. Raises NotAllowed, AlreadyDone."""
    held = DutyEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not keeps_duty(by) or held.office_id != by.office_id:
        raise NotAllowed(_("Chức vụ này không ghi lịch của cơ quan."))
    if held.removed_at:
        raise AlreadyDone(_("Dòng lịch này đã bỏ."))
    held.removed_by_id, held.removed_at = by.pk, now
    held.save(update_fields=["removed_by", "removed_at"])
    journal.record(by=by.actor, act="remove_duty", noun="duty_entry", key=held.code, detail={"on": f"{held.on}"}, at=now)
    return held
