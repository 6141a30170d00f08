"""What an officer does with an item: dismiss it with a reason, take it up again, have the dossier or the draft made ready."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations import ItemDraft, draft_decision
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.watch.models import WatchItem, WatchKind
from ansinh.watch.operations.resuming import draft_resumption
from ansinh.watch.queries import article_of, office_of, unanswered
from ansinh.watch.queries.resuming import stopped_entries
from ansinh.watch.workflow import DRAFTS, WATCH_ITEM


def _lock(item: WatchItem) -> WatchItem:
    found = WatchItem.objects.select_for_update(of=("self",)).select_related("person__unit", "unit", "entitlement", "dossier")
    return found.get(pk=item.pk)


def _move(item: WatchItem, act: str, *, by: Post, now: datetime, note: str) -> WatchItem:
    held = _lock(item)
    step = WATCH_ITEM.find(act, held.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    held.state, held.note, held.moved_by, held.moved_at = step.target, note.strip(), by, now
    held.save(update_fields=["state", "note", "moved_by", "moved_at"])
    journal.record(by=by.actor, act=f"{act}_watch_item", noun="watch_item", key=held.code, detail={"kind": held.kind}, at=now)
    return held


@transaction.atomic
def dismiss(*, item: WatchItem, note: str, by: Post, now: datetime) -> WatchItem:
    """Say that nothing is to be done about an item, and why: it is not shown again while its cause stays.

    Raises InvalidInput without a reason, NotAllowed, MoveNotAllowed.
    """
    return _move(item, "dismiss", by=by, now=now, note=note)


@transaction.atomic
def reopen(*, item: WatchItem, by: Post, now: datetime) -> WatchItem:
    """Take a dismissed item up again. Raises NotAllowed, MoveNotAllowed."""
    return _move(item, "reopen", by=by, now=now, note="")


@transaction.atomic
def prepare(*, item: WatchItem, by: Post, now: datetime) -> Dossier | Decision:
    """The dossier for an item, opened now or before; for money that nobody fetched, the draft of a suspension.

    An unsigned decision about the same entry is that answer already. Raises AlreadyDone when the item no longer waits,
    NotAllowed for a post that receives no dossiers.
    """
    held = _lock(item)
    if held.state != "open":
        raise AlreadyDone(_("Việc này không còn chờ xem; hãy tải lại danh sách."))
    if draft := _draft_about(held):
        return draft
    if held.kind == WatchKind.UNCOLLECTED:
        return _suspension(held, by, now)
    if held.kind == WatchKind.RESUME:
        return _resumption(held, by, now)
    procedure, case = held.asked_by
    running = unanswered([held.person_id]).filter(procedure=procedure).order_by("-id").first()
    # What a person asks for is said by the person: a reminder puts no words into the dossier.
    words = "" if held.may_remind else held.reason
    made = running or dossiers.open_dossier(procedure=procedure, case=case, person=held.person, request=words, by=by, now=now)
    held.dossier = made
    held.save(update_fields=["dossier"])
    _journal(held, made.code, by, now)
    return made


def _draft_about(item: WatchItem) -> Decision | None:
    if item.entitlement_id is None:
        return None
    return Decision.objects.filter(state="draft", items__entitlement=item.entitlement_id).order_by("-id").first()


def _suspension(item: WatchItem, by: Post, now: datetime) -> Decision:
    if by.role not in DRAFTS or item.entitlement is None:
        raise NotAllowed(_("Chức vụ này không soạn quyết định tạm dừng."))
    made = draft_decision(
        office=office_of(item.unit, by.office), unit=item.unit, kind="suspend", origin="proposed", items=[line_of(item, "suspend")], by=by,
        now=now, month=item.month, title=f"Tạm dừng do ba tháng liền chưa nhận: {item.person.full_name}",
    )  # fmt: skip
    _journal(item, made.code, by, now)
    return made


def _resumption(item: WatchItem, by: Post, now: datetime) -> Decision:
    if by.role not in DRAFTS:
        raise NotAllowed(_("Chức vụ này không soạn quyết định hưởng lại."))
    entries = stopped_entries(item.person, since=item.month)
    made = draft_resumption(person=item.person, entries=entries, why="ghi sai đã được sửa", by=by, now=now)
    if made is None:
        raise AlreadyDone(_("Không còn tháng nào phải cho hưởng lại; hãy rà soát lại."))
    _journal(item, made.code, by, now)
    return made


def line_of(item: WatchItem, act: str) -> ItemDraft:
    """The line of a decision that stops or suspends the entry of an item from its month."""
    entry = item.entitlement
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    return ItemDraft(
        person_id=item.person_id, act=act, from_month=item.month, entitlement=entry, reason=item.reason,
        article=article_of(item, tells=False), **{name: getattr(entry, name) for name in kept},
    )  # fmt: skip


def _journal(item: WatchItem, code: str, by: Post, now: datetime) -> None:
    detail = {"kind": item.kind, "made": code}
    journal.record(by=by.actor, act="prepare_watch_item", noun="watch_item", key=item.code, detail=detail, at=now)
