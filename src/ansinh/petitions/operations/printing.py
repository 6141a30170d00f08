"""Papers of petitions: what the officer wrote for one is kept, printed, numbered; the answer is frozen when it is recorded."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.documents.kinds import PaperKind
from ansinh.documents.models import OutgoingEntry, PaperPrint
from ansinh.documents.queries import entry_of
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.petitions.models import Outcome, Petition
from ansinh.petitions.operations.move import lock
from ansinh.petitions.papers import ANSWERS
from ansinh.petitions.papers.content import Draft, petition_content
from ansinh.petitions.papers.standing import current_paper, is_open, kinds_of, petition_signers


@transaction.atomic
def print_petition_paper(
    *, petition: Petition, kind: PaperKind, draft: Draft, signer: Post | None, by: Post, on: date, now: datetime
) -> PaperPrint:
    """Print one paper of a petition as whoever handles it wrote it; the words are kept for the next print and for the record.

    Raises NotAllowed for who does not handle it and for a signer who is not its head, MoveNotAllowed while the petition has no such
    paper, AlreadyDone once it was signed.
    """
    held = Petition.objects.select_related("office__unit", "office__parent", "holder__user", "sender").get(
        pk=lock(petition, by, now).pk
    )
    if kind not in kinds_of(held) or not is_open(kind, held):
        raise MoveNotAllowed(_("Đơn ở bước này không có giấy tờ đó để in."))
    paper = current_paper(kind, held)
    entry = entry_of(paper)
    day = entry.dated_on if entry else on
    if signer and not petition_signers(held, on=day).filter(pk=signer.pk).exists():
        raise NotAllowed(_("%(title)s không có thẩm quyền ký văn bản này vào ngày in.") % {"title": signer.title})
    if draft.outcome and draft.outcome not in Outcome:
        raise InvalidInput(_("Hãy chọn kết luận."), field="outcome")
    written = {name: value.strip() for name, value in asdict(draft).items() if value.strip()}
    if held.draft != held.draft | written:
        held.draft = held.draft | written
        held.save(update_fields=["draft"])
    content = petition_content(held, kind, draft, signer=signer, entry=entry, on=on)
    return documents.print_paper(paper=paper, content=content, by=by, on=day, now=now)


@transaction.atomic
def number_answer(*, petition: Petition, dated_on: date, by: Post, now: datetime) -> OutgoingEntry:
    """Take the number of a printed answer from the register, once it was signed. The clerk does so without reading it.

    Raises MoveNotAllowed once it was recorded, and what `documents.number_printed` raises.
    """
    held = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
    if held.state != "admitted":
        raise MoveNotAllowed(_("Chỉ lấy số cho văn bản trả lời của đơn đang giải quyết."))
    return documents.number_printed(paper=current_paper(ANSWERS[held.kind], held), on=dated_on, by=by, now=now)
