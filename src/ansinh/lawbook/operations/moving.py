"""The only writer of a resolution's state. Who wrote or proposed it confirms nothing."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.lawbook import queries
from ansinh.lawbook.models import Resolution, ResolutionEffect, ResolutionStep
from ansinh.lawbook.operations.resolutions import lock
from ansinh.lawbook.workflow import RESOLUTION


@transaction.atomic
def propose_resolution(*, resolution: Resolution, by: Post, now: datetime) -> Resolution:
    """Put a resolution before the person who confirms.

    Raises InvalidInput while it is not issued, the law refuses it or its effect is not counted.
    """
    found = _held(resolution, "propose", by)
    _must_be_issued(found, now)
    if wrong := queries.faults(found):
        raise InvalidInput(" ".join(wrong))
    if not ResolutionEffect.objects.filter(resolution=found).exists():
        raise InvalidInput(_("Hãy tính tác động của nghị quyết trước khi trình; người xác nhận xem cùng số liệu."))
    return _move(found, "propose", by=by, now=now)


@transaction.atomic
def confirm_resolution(*, resolution: Resolution, by: Post, now: datetime) -> Resolution:
    """From now on the law counts it. Raises NotAllowed for whoever wrote or proposed it, in whichever post."""
    found = _held(resolution, "confirm", by)
    if queries.worked_on(found, by):
        raise NotAllowed(_("Người nhập hoặc trình nghị quyết không tự xác nhận. Hãy nhờ người khác đối chiếu với văn bản."))
    _must_be_issued(found, now)
    if wrong := queries.faults(found):
        raise InvalidInput(" ".join(wrong))
    return _move(found, "confirm", by=by, now=now)


@transaction.atomic
def return_resolution(*, resolution: Resolution, note: str, by: Post, now: datetime) -> Resolution:
    """Back to whoever wrote it, with the reason."""
    return _move(_held(resolution, "return", by), "return", by=by, now=now, note=note)


@transaction.atomic
def recall_resolution(*, resolution: Resolution, note: str, by: Post, now: datetime) -> Resolution:
    """Taken back from who confirms, with the reason, to be mended. Raises NotAllowed for whoever neither wrote nor proposed it."""
    found = _held(resolution, "recall", by)
    if not queries.worked_on(found, by):
        raise NotAllowed(_("Người nhập hoặc trình nghị quyết mới lấy lại được; người xác nhận thì trả lại, ghi rõ lý do."))
    return _move(found, "recall", by=by, now=now, note=note)


@transaction.atomic
def withdraw_resolution(*, resolution: Resolution, note: str, by: Post, now: datetime) -> Resolution:
    """Taken back before anybody confirmed it, with the reason; it stays readable."""
    return _move(_held(resolution, "withdraw", by), "withdraw", by=by, now=now, note=note)


def _held(resolution: Resolution, act: str, by: Post) -> Resolution:
    """The resolution held for a move this post may make. Raises NotAllowed, MoveNotAllowed."""
    duty = next(move for move in RESOLUTION.moves if move.act == act)
    RESOLUTION.find(act, duty.sources[0], by.role)  # who may not do it at all has no right to hold the row either
    found = lock(resolution)
    RESOLUTION.find(act, found.state, by.role)
    return found


def _must_be_issued(resolution: Resolution, now: datetime) -> None:
    """A draft may be tried before the council votes; nothing counts before the paper exists."""
    if resolution.issued_on > timezone.localdate(now):
        raise InvalidInput(
            _("Nghị quyết ghi ngày ban hành %(day)s, sau ngày hôm nay. Chỉ trình, xác nhận nghị quyết đã ban hành.")
            % {"day": f"{resolution.issued_on:%d/%m/%Y}"}
        )


def _move(resolution: Resolution, act: str, *, by: Post, now: datetime, note: str = "") -> Resolution:
    step = RESOLUTION.find(act, resolution.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    source, resolution.state = resolution.state, step.target
    resolution.save(update_fields=["state"])
    ResolutionStep.objects.create(
        resolution=resolution, act=act, source=source, target=step.target, post=by, actor=by.actor.text, note=note.strip(), at=now
    )
    journal.record(
        by=by.actor, act=f"{act}_resolution", noun="resolution", key=resolution.code,
        detail={"number": resolution.number, "from": source, "to": step.target}, at=now,
    )  # fmt: skip
    return resolution


@transaction.atomic
def record_effect(*, resolution: Resolution, month: date, figures: dict, by: Post, now: datetime) -> ResolutionEffect:
    """Keep what a resolution would change in a month, in place of what was counted before."""
    effect, _made = ResolutionEffect.objects.update_or_create(
        resolution=resolution, defaults={"month": month, "computed_at": now, **figures}
    )
    journal.record(
        by=by.actor, act="count_resolution", noun="resolution", key=resolution.code,
        detail={"month": f"{month:%Y-%m}", "people": effect.people}, at=now,
    )  # fmt: skip
    return effect
