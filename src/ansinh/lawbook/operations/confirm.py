"""Confirm an uncertain point of law, with its source."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.lawbook import queries
from ansinh.lawbook.models import Confirmation


@transaction.atomic
def confirm(*, parameter: str, value: str, source: str, note: str, by: Post, now: datetime) -> Confirmation:
    """An officer's answer; the newest holds, older ones stay. Raises InvalidInput for an answer that is none, or without a source."""
    point = queries.points().get(parameter)
    if point is None:
        raise InvalidInput(_("Không có điểm luật “%(key)s”.") % {"key": parameter}, field="parameter")
    if point.choices and value not in dict(point.choices):
        raise InvalidInput(_("Câu trả lời không nằm trong các lựa chọn của điểm này."), field="value")
    if not value.strip():
        raise InvalidInput(_("Hãy ghi câu trả lời."), field="value")
    if not source.strip():
        raise InvalidInput(_("Hãy ghi nguồn: văn bản, số, ngày, nơi trả lời."), field="source")
    confirmation = Confirmation.objects.create(
        parameter=parameter, value=value.strip(), source=source.strip(), note=note.strip(), confirmed_by=by, confirmed_at=now
    )
    journal.record(
        by=by.actor,
        act="confirm",
        noun="confirmation",
        key=parameter,
        detail={"value": value.strip(), "source": source.strip()},
        at=now,
    )
    return confirmation
