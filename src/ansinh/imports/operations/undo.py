"""Take a committed list back as a whole, until something rests on it; then say what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch
from ansinh.imports.operations.examine import examine
from ansinh.imports.queries import resting_on_list
from ansinh.imports.workflow import BATCH, ROW
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput


@transaction.atomic
def undo_batch(*, batch: Batch, reason: str, by: Post, now: datetime) -> dict[str, int]:
    """The register becomes what it was; the list is checked again and may be mended, committed anew, or thrown away.

    Raises InvalidInput while something rests on it, naming it, and without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do hoàn tác."), field="reason")
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit", "file").get(pk=batch.pk)
    target = BATCH.find("undo", batch.state, by.role).target
    if resting := resting_on_list(batch):
        raise InvalidInput(_("Không hoàn tác được vì đã có: %(what)s.") % {"what": "; ".join(one.words for one in resting[:5])})
    rows = list(batch.rows.select_for_update().filter(state="committed"))
    undo = kind_of(batch.layout).undo
    assert undo is not None  # resting_on_list refused the others
    said = undo(batch=batch, rows=rows, reason=reason.strip(), by=by, now=now)
    for row in rows:
        row.state = ROW.find("undo", row.state, by.role).target
        if row.result.pop("registered", False):
            row.person_key = None
    batch.state, batch.committed_at, batch.result = target, None, {}
    batch.settings = {**batch.settings, "undone": {"at": now.isoformat(), "by": by.actor.text, "reason": reason.strip()}}
    batch.save(update_fields=["state", "committed_at", "result", "settings"])
    examine(batch=batch, rows=rows, by=by, now=now)
    update_rows(rows, ["state", "person_key", "is_new", "problems", "candidates", "result"])
    detail = {"rows": len(rows), "reason": reason.strip()}
    journal.record(by=by.actor, act="undo_list", noun="batch", key=batch.code, detail=detail, at=now)
    return said
