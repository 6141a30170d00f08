"""Lines of a signed paper that come later: rows of an imported list that were set aside and mended since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.operations.draft import ItemDraft, check_item, columns_of
from ansinh.entitlements.operations.record import apply_items
from ansinh.entitlements.workflow import DECISION
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput


@transaction.atomic
def supplement_decision(*, decision: Decision, items: Iterable[ItemDraft], by: Post, now: datetime) -> Decision:
    """Add lines that stand on the same signed paper and let them act on the ledger. Only for decisions taken in from a list.

    Raises InvalidInput for another decision, for one that no longer stands, and for a line that is no money.
    """
    decision = Decision.objects.select_for_update(of=("self",)).select_related("office", "unit").get(pk=decision.pk)
    DECISION.find("record", "draft", by.role)
    if decision.origin != "imported" or decision.state != "signed":
        raise InvalidInput(_("Chỉ bổ sung dòng cho quyết định đã nạp từ danh sách và còn hiệu lực."))
    last = decision.items.aggregate(last=Max("number"))["last"] or 0
    drafts = list(enumerate(items, start=last + 1))
    for number, item in drafts:
        check_item(item, number)
    made = DecisionItem.objects.bulk_create(
        [DecisionItem(decision=decision, number=number, **columns_of(item)) for number, item in drafts], batch_size=2000
    )
    apply_items(decision, made)
    journal.record(by=by.actor, act="supplement", noun="decision", key=decision.code, detail={"items": len(made)}, at=now)
    return decision
