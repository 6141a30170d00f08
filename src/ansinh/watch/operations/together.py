"""What is done about several items at once: people reminded, and one draft that stops what several dead people drew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.operations import draft_decision
from ansinh.entitlements.queries import is_sensitive
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.watch.models import WatchItem, WatchKind
from ansinh.watch.operations.answering import line_of
from ansinh.watch.queries import office_of
from ansinh.watch.workflow import DRAFTS, MOVERS


def _lock(items: Sequence[WatchItem]) -> list[WatchItem]:
    """The items as they are now, in one order for everybody. Raises InvalidInput for none, AlreadyDone when one no longer waits."""
    if not items:
        raise InvalidInput(_("Hãy chọn ít nhất một việc."))
    found = WatchItem.objects.select_for_update(of=("self",)).select_related("person", "unit", "entitlement").order_by("id")
    held = list(found.filter(pk__in=[item.pk for item in items]))
    if gone := [item.person.full_name for item in held if item.state != "open"]:
        raise AlreadyDone(_("Không còn chờ xem: %(names)s. Hãy tải lại danh sách.") % {"names": ", ".join(gone)})
    return held


@transaction.atomic
def mark_reminded(*, items: Sequence[WatchItem], by: Post, now: datetime) -> int:
    """Write down that these people were reminded today, by letter or by word. The items go on waiting.

    Raises InvalidInput for an item about which the office itself has to act, AlreadyDone for one that no longer waits.
    """
    if by.role not in MOVERS:
        raise NotAllowed(_("Chức vụ này không ghi việc đã nhắc."))
    held = _lock(items)
    if wrong := [item.person.full_name for item in held if not item.may_remind]:
        raise InvalidInput(_("Không phải việc cần nhắc người dân: %(names)s.") % {"names": ", ".join(wrong)})
    for item in held:
        item.reminded_on, item.reminded_by = now.date(), by
        detail = {"kind": item.kind}
        journal.record(by=by.actor, act="remind_watch_item", noun="watch_item", key=item.code, detail=detail, at=now)
    WatchItem.objects.bulk_update(held, ["reminded_on", "reminded_by"])
    return len(held)


@transaction.atomic
def draft_stops(*, items: Sequence[WatchItem], by: Post, now: datetime) -> list[Decision]:
    """Draft the decision that stops what these dead people drew: one a commune, and one alone for whoever has a sensitive ground.

    Each person is a line of its own. Raises InvalidInput for an item that is no death or has a draft already, AlreadyDone for one
    that no longer waits, NotAllowed for a post that drafts nothing.
    """
    if by.role not in DRAFTS:
        raise NotAllowed(_("Chức vụ này không soạn quyết định thôi hưởng."))
    held = _lock(items)
    if wrong := [item.person.full_name for item in held if item.kind != WatchKind.DEATH or item.entitlement is None]:
        raise InvalidInput(_("Chỉ soạn chung cho người đã từ trần; hãy bỏ chọn: %(names)s.") % {"names": ", ".join(wrong)})
    drafted = DecisionItem.objects.filter(entitlement__in=[item.entitlement_id for item in held], decision__state="draft")
    if names := sorted(set(drafted.values_list("person__full_name", flat=True))):
        raise InvalidInput(_("Đã có dự thảo về: %(names)s; hãy bỏ chọn.") % {"names": ", ".join(names)})
    papers: dict[tuple[int, int], list[WatchItem]] = defaultdict(list)
    for item in held:
        papers[item.unit_id, item.person_id if is_sensitive(item.entitlement.category) else 0].append(item)
    return [_draft(paper, by, now) for paper in papers.values()]


def _draft(items: list[WatchItem], by: Post, now: datetime) -> Decision:
    unit, names = items[0].unit, [item.person.full_name for item in items]
    made = draft_decision(
        office=office_of(unit, by.office), unit=unit, kind="stop", origin="proposed", items=[line_of(item, "stop") for item in items], by=by,
        now=now, title=f"Thôi hưởng do từ trần: {names[0] if len(names) == 1 else f'{len(names)} người'}",
    )  # fmt: skip
    for item in items:
        detail = {"kind": item.kind, "made": made.code}
        journal.record(by=by.actor, act="prepare_watch_item", noun="watch_item", key=item.code, detail=detail, at=now)
    return made
