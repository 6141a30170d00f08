"""The only writer of a line's state: left out, allotted, received, absent, handed back. A wrong mark is followed by another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.models import AidLine, AidLineStep, AidList
from ansinh.emergency.operations.move import lock
from ansinh.emergency.workflow import LINE
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed


def _write(
    lines: Collection[AidLine], act: str, *, by: Post, on: date, now: datetime, note: str = "", fetched_by: str = ""
) -> None:
    """Take one step of the table on locked lines. Raises MoveNotAllowed naming the first it does not fit, NotAllowed, InvalidInput."""
    steps = []
    for line in lines:
        try:
            step = LINE.find(act, line.state, by.role if act not in ("allot", "recall") else None)
        except MoveNotAllowed as error:
            raise MoveNotAllowed(f"{line.recipient}: {error}") from None
        if step.needs_note and not note.strip():
            raise InvalidInput(_("Hãy ghi lý do."), field="note")
        source, line.state, line.marked_on, line.fetched_by = line.state, step.target, on, fetched_by.strip()
        steps.append(
            AidLineStep(
                line=line, act=act, source=source, target=step.target, actor=by.actor.text, on=on, fetched_by=fetched_by.strip(),
                note=note.strip(), at=now,
            )
        )  # fmt: skip
    if lines:
        marked = AidLine.objects.filter(pk__in=[line.pk for line in lines])
        marked.update(state=step.target, marked_on=on, fetched_by=fetched_by.strip())  # an act has one target
    AidLineStep.objects.bulk_create(steps, batch_size=1000)


def allot(aid_list: AidList, *, by: Post, on: date, now: datetime) -> int:
    """The decision gives what the list asks: every line of it waits to be received. For use inside the decision. Returns how many."""
    lines = list(aid_list.lines.select_for_update(of=("self",)).filter(state="listed"))
    _write(lines, "allot", by=by, on=on, now=now)
    return len(lines)


def recall(aid_list: AidList, *, by: Post, on: date, now: datetime) -> None:
    """The decision is taken back before anything was handed out. For use inside the recall. Raises InvalidInput when something was."""
    if aid_list.lines.filter(state__in=("given", "absent", "handed_back")).exists():
        raise InvalidInput(_("Đã phát hoặc đã đánh dấu; không thu hồi được. Hãy ghi nộp lại, hoặc bỏ đánh dấu trước."))
    _write(list(aid_list.lines.select_for_update(of=("self",)).filter(state="to_give")), "recall", by=by, on=on, now=now)


@transaction.atomic
def leave_out(*, line: AidLine, note: str, by: Post, now: datetime) -> AidLine:
    """Leave somebody out of a list that is being made, with the reason; the line stays readable."""
    return _while_listing(line, "leave_out", note, by, now)


@transaction.atomic
def put_back(*, line: AidLine, by: Post, now: datetime) -> AidLine:
    """Take somebody into the list again. Raises AlreadyDone when they stand there for the same thing by now."""
    try:
        with transaction.atomic():
            return _while_listing(line, "put_back", "", by, now)
    except IntegrityError:
        raise AlreadyDone(_("Người này đã có một dòng khác trong danh sách cho cùng khoản.")) from None


def _while_listing(line: AidLine, act: str, note: str, by: Post, now: datetime) -> AidLine:
    held = lock(line.list)
    if held.state not in ("listing", "reviewed"):
        raise NotAllowed(_("Danh sách không còn đang lập."))
    found = AidLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    _write([found], act, by=by, on=now.date(), now=now, note=note)
    journal.record(by=by.actor, act=f"{act}_aid_line", noun="aid_line", key=found.code, at=now)
    return found


@transaction.atomic
def mark_lines(
    *, aid_list: AidList, lines: Collection[int], act: str, on: date, by: Post, now: datetime, fetched_by: str = "", note: str = ""
) -> int:  # fmt: skip
    """Mark what came of handing out: received (by whom for whom), absent, handed back, or a mark undone. All of them or none.

    Raises InvalidInput for a day before the decision or ahead, or without a line; MoveNotAllowed naming the line somebody marked meanwhile.
    """
    held = lock(aid_list)
    if held.state != "decided":
        raise NotAllowed(_("Chỉ đánh dấu khi danh sách đã có quyết định và chưa quyết toán."))
    if act not in ("give", "miss", "hand_back", "unmark"):
        raise InvalidInput(_("Không có việc này."), field="act")
    if not held.decided_on <= on <= now.date():
        raise InvalidInput(_("Ngày phải từ ngày quyết định đến hôm nay."), field="on")
    found = list(held.lines.select_for_update(of=("self",)).filter(pk__in=lines).order_by("pk"))
    if not found:
        raise InvalidInput(_("Hãy chọn ít nhất một dòng."))
    _write(found, act, by=by, on=on, now=now, note=note, fetched_by=fetched_by)
    codes = [line.code for line in found]
    detail = {"act": act, "lines": len(codes), "first": codes[0], "last": codes[-1]}
    journal.record(by=by.actor, act="mark_aid_lines", noun="aid_list", key=held.code, detail=detail, at=now)
    return len(found)
