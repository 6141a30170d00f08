"""Print the papers of a dossier: receipt, request for completion, refusal. Kept as printed; the refusal is frozen once signed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, Paper, PaperPrint
from ansinh.documents.operations import Content
from ansinh.documents.queries import entry_of
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.move import lock
from ansinh.dossiers.papers import COMPLETION, RECEIPT
from ansinh.dossiers.papers.slips import completion_content, receipt_content, refusal_paper_content, refusal_signers
from ansinh.dossiers.papers.standing import awaits_refusal, paper_of, printable, unsigned_refusal
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed


@transaction.atomic
def print_dossier_paper(
    *, dossier: Dossier, kind: str, by: Post, on: date, now: datetime, signer: Post | None = None
) -> PaperPrint:  # fmt: skip
    """Print one paper of a dossier; a refusal for `signer`, the first competent one where none is named. The same again is the same print.

    Raises NotAllowed while the dossier has no such paper for this post (no receipt of our own where the one-stop desk gave one),
    and for a signer who may not sign the refusal on the day.
    """
    held = lock(dossier)
    if kind not in {one.key for one in printable(held, by)}:
        raise NotAllowed(_("Hồ sơ ở bước này không có giấy tờ đó để in, hoặc không thuộc chức vụ của ông, bà."))
    paper = paper_of(held, kind)
    return documents.print_paper(paper=paper, content=_content(held, kind, paper, signer, by, on), by=by, on=on, now=now)


def _content(held: Dossier, kind: str, paper: Paper | None, signer: Post | None, by: Post, on: date) -> Content:
    if kind == RECEIPT.key:
        return receipt_content(held, by=by, on=on)
    if kind == COMPLETION.key:
        return completion_content(held, by=by, on=on)
    entry = entry_of(paper)
    signers = refusal_signers(held, on=entry.dated_on if entry else on)
    if not signers:
        raise InvalidInput(_("Chưa có ai giữ chức vụ có thẩm quyền ký văn bản từ chối vào ngày in."))
    if signer and signer not in signers:
        raise NotAllowed(_("%(title)s không có thẩm quyền ký văn bản từ chối này vào ngày in.") % {"title": signer.title})
    return refusal_paper_content(held, held.seen_person(), signer=signer or signers[0], entry=entry, on=on)


@transaction.atomic
def number_refusal(*, dossier: Dossier, dated_on: date, by: Post, now: datetime) -> OutgoingEntry:
    """Take the number of a printed refusal from the register of its office, once it was signed on paper.

    Raises MoveNotAllowed while no refusal awaits its signature, and what `documents.number_printed` raises.
    """
    held = lock(dossier)
    if not awaits_refusal(held):
        raise MoveNotAllowed(_("Chỉ lấy số cho văn bản từ chối đang chờ ký."))
    return documents.number_printed(paper=unsigned_refusal(held), on=dated_on, by=by, now=now)


def freeze_refusal(held: Dossier, *, compared: bool, by: Post, now: datetime) -> None:
    """The signed refusal was recorded: what was printed of it stays, and its number stands in the register. Inside the operation.

    Raises what `documents.check_number` and `documents.freeze_signed` raise.
    """
    known = {"paper": unsigned_refusal(held), "number": held.answer_number, "signed_on": held.answered_on}
    documents.check_number(office=held.office, noun="dossier", about=held.code, **known)
    documents.freeze_signed(signer_name=held.signer_name, scan=held.scan, compared=compared, by=by, now=now, **known)
