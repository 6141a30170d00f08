"""Print the minutes of a hand-over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post, Role
from ansinh.documents import operations as documents
from ansinh.documents.models import PaperPrint
from ansinh.documents.queries import paper_of
from ansinh.kernel.errors import NotAllowed
from ansinh.payments.models import Handover
from ansinh.payments.papers import HANDOVER_MINUTES, minutes_content

PRINTS_MINUTES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.ACCOUNTANT)


@transaction.atomic
def print_minutes(*, handover: Handover, by: Post, on: date, now: datetime) -> PaperPrint:
    """Print the minutes for both sides to sign. The same again is the same print. Raises NotAllowed, AlreadyDone once signed."""
    around = ("list__run", "payer", "file")
    held = Handover.objects.select_for_update(of=("self",)).select_related(*around).get(pk=handover.pk)
    if by.role not in PRINTS_MINUTES or by.office.unit_id != held.unit_id:
        raise NotAllowed(_("Biên bản bàn giao do cán bộ, kế toán của xã in."))
    paper = paper_of(HANDOVER_MINUTES.key, noun="handover", about=held.code, is_open=False)
    return documents.print_paper(paper=paper, content=minutes_content(held, by=by, on=on), by=by, on=on, now=now)
