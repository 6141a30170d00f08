"""Written mandates to sign TUQ. for the head of a body: what the law lets, for limited days and contents (Điều 13 NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Mandate, Post
from ansinh.access.queries.mandates import MANDATES_RECORD, acts_of, body_of, possible_givers, possible_holders
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed


@transaction.atomic
def record_mandate(
    *, giver: Post, post: Post, acts: Sequence[str], number: str, signed_on: date, first: date, last: date, content: str, by: Post,
    now: datetime,
) -> Mandate:  # fmt: skip
    """Record the signed paper by which `giver` lets `post` sign TUQ. from `first` to `last`, both included.

    Raises NotAllowed for whoever may not record it (never who receives it), InvalidInput where the law does not let it: a giver who
    is not the head, a holder who heads no unit of the body, no number, days without end or before the paper, acts the giver does
    not decide.
    """
    _check_hand(by, post)
    if not possible_givers(body_of(by.office), on=first).filter(pk=giver.pk).exists():
        raise InvalidInput(_("Chỉ người đứng đầu cơ quan giao ký thừa ủy quyền; cấp phó không giao lại."), field="giver")
    if not possible_holders(giver, on=first).filter(pk=post.pk).exists():
        raise InvalidInput(
            _("Chỉ giao được cho người đứng đầu đơn vị thuộc cơ quan; người ấy không giao lại cho người khác."), field="post"
        )
    if not number.strip():
        raise InvalidInput(_("Việc giao ký thừa ủy quyền phải bằng văn bản: hãy ghi số, ký hiệu."), field="number")
    if last < first:
        raise InvalidInput(_("Ngày cuối trước ngày đầu."), field="last")
    if signed_on > now.date():
        raise InvalidInput(_("Ngày ký chưa tới."), field="signed_on")
    if first < signed_on:
        raise InvalidInput(_("Ủy quyền không có hiệu lực trước ngày ký văn bản ủy quyền."), field="first")
    if not acts or set(acts) - set(acts_of(giver, on=first)):
        raise InvalidInput(_("Hãy chọn ít nhất một việc mà người giao có thẩm quyền ký."), field="acts")
    made = Mandate.objects.create(
        giver=giver, post=post, acts=sorted(set(acts)), number=number.strip(), signed_on=signed_on, content=content.strip(),
        period=DateRange(first, last + timedelta(days=1)), recorded_by=by, recorded_at=now,
    )  # fmt: skip
    detail = {"number": made.number, "post": post.code, "from": f"{first}", "to": f"{last}"}
    journal.record(by=by.actor, act="record_mandate", noun="mandate", key=made.code, detail=detail, at=now)
    return made


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: Post, now: datetime) -> Mandate:
    """The mandate was withdrawn: it ends today, or never begins. What was signed by it stands. Raises AlreadyDone when it is over."""
    held = Mandate.objects.select_for_update(of=("self",)).select_related("post__office", "giver__office").get(pk=mandate.pk)
    _check_hand(by, held.post)
    if body_of(by.office) != held.giver.office:
        raise NotAllowed(_("Chỉ cơ quan của người giao chấm dứt ủy quyền."))
    today = now.date()
    if held.is_over(today):
        raise AlreadyDone(_("Ủy quyền này đã hết hạn."))
    held.period = DateRange(min(held.period.lower, today), today)
    held.save(update_fields=["period"])
    journal.record(by=by.actor, act="end_mandate", noun="mandate", key=held.code, detail={"on": f"{today}"}, at=now)
    return held


def _check_hand(by: Post, post: Post) -> None:
    if by.absence is not None or by.role not in MANDATES_RECORD:
        raise NotAllowed(_("Chỉ văn thư, trưởng phòng, người đứng đầu cơ quan ghi văn bản ủy quyền."))
    if by.pk == post.pk or (by.user_id and by.user_id == post.user_id):
        raise NotAllowed(_("Người được ủy quyền không tự ghi văn bản ủy quyền cho mình."))
