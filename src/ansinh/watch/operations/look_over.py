"""Look over a few communes: write down what is new, bring what is there up to date, close what is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.watch.models import WatchItem
from ansinh.watch.queries import Finding, findings
from ansinh.watch.workflow import WATCH_ITEM


@dataclass(frozen=True)
class Counted:
    """What one look brought: items that are new or came back, items whose cause has gone, items that wait."""

    new: int
    gone: int
    waiting: int


@transaction.atomic
def look_over(*, units: Sequence[Unit], by: Post | None, now: datetime) -> Counted:
    """Compare register, law, ledger and lists of these communes and keep the list of what must be looked at.

    Nothing is decided or paid. A cause already on the list stays as it is, dismissed or not; one that has gone closes its item.
    """
    scopes = [scope_ids(unit, on=now.date()) for unit in units]
    found = findings(scopes=scopes, on=now.date())
    places = {unit for scope in scopes for unit in scope}
    here = WatchItem.objects.filter(Q(unit__in=places) | Q(person__in={one.person.id for one in found.values()}))
    kept = {(item.person_id, item.kind, item.cause): item for item in here.select_for_update().order_by("id")}
    gone = [item for key, item in kept.items() if key not in found and item.state != "resolved"]
    for item in gone:
        _move(item, "resolve", now)
    back = [item for key, item in kept.items() if key in found and item.state == "resolved"]
    for item in back:
        _move(item, "return", now)
    changed = [item for key, item in kept.items() if key in found and _refreshed(item, found[key])]
    fields = [
        "unit", "entitlement", "reason", "article", "month", "state", "moved_by", "moved_at", "note", "first_seen_at", "reminded_on",
        "reminded_by",
    ]  # fmt: skip
    WatchItem.objects.bulk_update({item.pk: item for item in (*gone, *back, *changed)}.values(), fields, batch_size=500)
    # Somebody else's look, or an item that stands where this post cannot see it, may have been quicker: one cause, one item.
    new = [_new(one, now) for key, one in found.items() if key not in kept]
    WatchItem.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    counted = Counted(len(new) + len(back), len(gone), len(found))
    journal.record(
        by=by.actor if by else SYSTEM, act="look_over", noun="unit", key=" ".join(unit.code for unit in units),
        detail={"new": counted.new, "gone": counted.gone, "found": counted.waiting}, at=now,
    )  # fmt: skip
    return counted


def close_item(item: WatchItem, now: datetime) -> None:
    """Close an item whose cause somebody has just taken away."""
    held = WatchItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    _move(held, "resolve", now)
    held.save(update_fields=["state", "moved_by", "moved_at"])


def _move(item: WatchItem, act: str, now: datetime) -> None:
    """A step of the table that no post takes."""
    item.state = WATCH_ITEM.find(act, item.state).target
    item.moved_by, item.moved_at = None, now
    if act == "return":
        item.first_seen_at, item.note, item.dossier, item.reminded_on, item.reminded_by = now, "", None, None, None


def _refreshed(item: WatchItem, found: Finding) -> bool:
    entry = found.entitlement.pk if found.entitlement else None
    values = {
        "unit_id": found.person.unit_id, "entitlement_id": entry, "reason": found.reason, "article": found.article,
        "month": found.month,
    }  # fmt: skip
    if all(getattr(item, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(item, name, value)
    return True


def _new(found: Finding, now: datetime) -> WatchItem:
    return WatchItem(
        person=found.person, unit_id=found.person.unit_id, kind=found.kind, cause=found.cause, entitlement=found.entitlement,
        reason=found.reason, article=found.article, month=found.month, first_seen_at=now,
    )  # fmt: skip
