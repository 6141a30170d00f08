"""Give a petition more time within the law, and record how it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision
from ansinh.files.models import StoredFile
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.law.petitions import limit_on
from ansinh.lawbook.queries import calendar
from ansinh.petitions.models import Petition
from ansinh.petitions.operations.move import lock, move, write_step
from ansinh.petitions.papers import ANSWERS
from ansinh.petitions.papers.standing import current_paper
from ansinh.petitions.queries.register import leads
from ansinh.petitions.workflow import PETITION
from ansinh.work.operations import notify


@dataclass(frozen=True)
class Answer:
    """The signed answer: what was found, the paper and which print of ours it was, what was changed because of it (a decision, a reopened dossier).

    `scan`: the signed paper itself; `compared`: the recorder says that a PDF signed with a key is this paper, where that cannot be told.
    """

    outcome: str
    text: str
    number: str
    signed_on: date
    signer_name: str
    print_number: int | None = None
    decision: Decision | None = None
    dossier: Dossier | None = None
    scan: StoredFile | None = None
    compared: bool = False


@transaction.atomic
def extend_petition(*, petition: Petition, until: date, note: str, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """A complicated case gets more days, at most those of the law, with the reason. Raises NotAllowed, InvalidInput, AlreadyDone."""
    held = lock(petition, by, now, seen)
    limit = limit_on(held.kind, "answer", held.admitted_on) if held.admitted_on else None
    if not leads(by, held) or held.state != "admitted" or limit is None or held.admitted_on is None:
        raise NotAllowed(_("Chỉ thủ trưởng gia hạn đơn đã thụ lý có thời hạn giải quyết."))
    latest = limit.latest(held.admitted_on, calendar())
    if not (held.answer_due_on or until) < until <= latest:
        raise InvalidInput(
            _("Gia hạn phải sau hạn hiện tại và không quá %(day)s (%(basis)s).")
            % {"day": f"{latest:%d/%m/%Y}", "basis": limit.basis},
            field="until",
        )
    if not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    held.answer_due_on = until
    held.save(update_fields=["answer_due_on"])
    write_step(held, "extend", source=held.state, by=by, now=now, note=f"Đến {until:%d/%m/%Y}. {note.strip()}")
    return held


@transaction.atomic
def answer_petition(*, petition: Petition, answer: Answer, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """Record the signed answer with its outcome and what was changed because of it.

    Raises InvalidInput for a paper that lacks something or was signed before the admission or ahead, or with a key that does not hold,
    NotAllowed, MoveNotAllowed.
    """
    held = lock(petition, by, now, seen)
    PETITION.find("answer", held.state, by.role)
    if not answer.number.strip() or not answer.signer_name.strip():
        raise InvalidInput(_("Hãy ghi số văn bản và người ký."), field="number")
    if answer.signed_on > now.date():
        raise InvalidInput(_("Ngày ký chưa tới."), field="signed_on")
    if held.admitted_on and answer.signed_on < held.admitted_on:
        raise InvalidInput(_("Ngày ký trước ngày thụ lý."), field="signed_on")
    if not answer.text.strip():
        raise InvalidInput(_("Hãy ghi nội dung giải quyết."), field="text")
    paper, number = current_paper(ANSWERS[held.kind], held), answer.number.strip()
    known = {"paper": paper, "number": number, "signed_on": answer.signed_on}
    documents.check_number(office=held.office, noun="petition", about=held.code, **known)
    held.outcome, held.answer, held.answer_number = answer.outcome, answer.text.strip(), number
    held.answered_on, held.signer_name = answer.signed_on, answer.signer_name.strip()
    held.result_decision, held.result_dossier, held.scan = answer.decision, answer.dossier, answer.scan
    held.save(
        update_fields=[
            "outcome", "answer", "answer_number", "answered_on", "signer_name", "result_decision", "result_dossier",
            "scan",
        ]
    )  # fmt: skip
    documents.freeze_signed(
        signer_name=held.signer_name, by=by, now=now, print_number=answer.print_number,
        scan=answer.scan, compared=answer.compared, **known,
    )  # fmt: skip
    moved = move(held, "answer", by=by, now=now, note=f"{held.get_outcome_display()}: {held.answer_number}")
    text = f"Đơn {moved.code} đã giải quyết."
    notify(
        to=[moved.holder_id, moved.received_by_id], text=text, noun="petition", about=moved.code, unit=moved.unit, by=by, now=now
    )
    return moved
