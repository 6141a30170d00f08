"""Hold a line before the list closes; ask the payer to stop one after it was handed over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed
from ansinh.payments.models import PaymentLine, StopRequest
from ansinh.payments.workflow import LINE


def _lock(line: PaymentLine) -> PaymentLine:
    return PaymentLine.objects.select_for_update(of=("self",)).select_related("list").get(pk=line.pk)


@transaction.atomic
def hold_line(*, line: PaymentLine, reason: str, by: Post, now: datetime) -> PaymentLine:
    """Hold a line of a list not yet signed (dừng chi), with the reason."""
    line = _lock(line)
    if line.list.state not in ("proposed", "checking"):
        raise MoveNotAllowed(_("Danh sách đã duyệt; hãy gửi yêu cầu dừng chi sau khi chuyển tổ chức chi trả."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do dừng chi."), field="reason")
    line.state = LINE.find("hold", line.state, by.role).target
    line.hold_reason = reason.strip()
    line.save(update_fields=["state", "hold_reason"])
    journal.record(by=by.actor, act="hold", noun="payment_line", key=line.code, detail={"reason": reason}, at=now)
    return line


@transaction.atomic
def release_line(*, line: PaymentLine, reason: str, by: Post, now: datetime) -> PaymentLine:
    """Let a held line be paid again, with the reason. Once the list is out for signature the paper has no such money."""
    line = _lock(line)
    if line.list.state == "checking":
        raise MoveNotAllowed(_("Danh sách đang trình ký, bản in không có dòng này. Trả lại danh sách rồi mới bỏ dừng chi."))
    if line.list.state != "proposed":
        raise MoveNotAllowed(_("Danh sách đã duyệt, không đổi được nữa."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do bỏ dừng chi."), field="reason")
    line.state, line.hold_reason = LINE.find("release", line.state, by.role).target, ""
    line.save(update_fields=["state", "hold_reason"])
    journal.record(by=by.actor, act="release", noun="payment_line", key=line.code, detail={"reason": reason}, at=now)
    return line


@transaction.atomic
def request_stop(*, line: PaymentLine, reason: str, by: Post, now: datetime) -> StopRequest:
    """Ask the payer to stop a line that was handed over and is not paid yet (yêu cầu dừng chi)."""
    line = _lock(line)
    if line.handover_id is None:
        raise MoveNotAllowed(_("Dòng này chưa chuyển tổ chức chi trả; hãy dừng chi ngay trong danh sách."))
    if line.state != "due":
        raise AlreadyDone(_("Dòng này đã có kết quả: %(state)s.") % {"state": line.get_state_display()})
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do dừng chi."), field="reason")
    if StopRequest.objects.filter(line=line).exists():
        raise AlreadyDone(_("Đã có yêu cầu dừng chi cho dòng này."))
    request = StopRequest.objects.create(line=line, unit=line.unit, reason=reason.strip(), asked_by=by, asked_at=now)
    journal.record(by=by.actor, act="request_stop", noun="payment_line", key=line.code, at=now)
    return request


@transaction.atomic
def acknowledge_stop(*, request: StopRequest, stopped: bool, note: str, by: Post, now: datetime) -> StopRequest:
    """The payer's answer: stopped in time, or already paid."""
    request = StopRequest.objects.select_for_update(of=("self",)).select_related("line").get(pk=request.pk)
    if request.acknowledged_at:
        raise AlreadyDone(_("Yêu cầu này đã được trả lời."))
    request.acknowledged_at, request.acknowledged_by = now, by.actor.text
    request.outcome = ("Đã dừng. " if stopped else "Đã chi trước khi nhận yêu cầu. ") + note.strip()
    request.save(update_fields=["acknowledged_at", "acknowledged_by", "outcome"])
    _answer_line(request, stopped)
    journal.record(
        by=by.actor, act="acknowledge_stop", noun="payment_line", key=request.line.code, detail={"stopped": stopped}, at=now
    )
    return request


def _answer_line(request: StopRequest, stopped: bool) -> None:
    """A stopped line is held for good; one already paid keeps its own answer from the payer's return."""
    if stopped:
        PaymentLine.objects.filter(pk=request.line_id, state="due").update(state="held", hold_reason=request.reason)
