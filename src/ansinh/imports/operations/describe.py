"""The paper a list came with: number, date, signer. Read above the table where it stands there, typed where not."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.imports.models import Batch
from ansinh.imports.workflow import BATCH
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput


@transaction.atomic
def describe_paper(
    *, batch: Batch, number: str, signed_on: date, signer_name: str, signer_title: str, by: Post, now: datetime
) -> Batch:
    """Write down the decision behind the list, before it is committed. Raises InvalidInput for a day that lies ahead."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    BATCH.find("check", batch.state, by.role)
    if signed_on > now.date():
        raise InvalidInput(_("Ngày ký %(day)s chưa tới.") % {"day": f"{signed_on:%d/%m/%Y}"}, field="signed_on")
    paper = {"number": number, "signed_on": signed_on.isoformat(), "signer_name": signer_name, "signer_title": signer_title}
    batch.settings = {**batch.settings, "paper": paper}
    batch.save(update_fields=["settings"])
    journal.record(by=by.actor, act="describe_paper", noun="batch", key=batch.code, detail={"number": number}, at=now)
    return batch
