"""Print a paper, keep what was printed, and freeze it once it is signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.documents.kinds import PaperKind, kind_of
from ansinh.documents.models import Paper, PaperPrint, PaperTemplate
from ansinh.documents.queries import template_on
from ansinh.files import operations as files
from ansinh.files.kinds import PDF
from ansinh.files.queries import read
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.rendering.papers import DOCX
from ansinh.rendering.templates import fill, read_template

_PDF_JOB = "paper_pdf"


@dataclass(frozen=True)
class Content:
    """What a paper says: whose it is, what it is about, its fields, and whose signature it awaits."""

    kind: str
    office: Office
    noun: str
    about: str
    summary: str
    values: Mapping[str, Any]
    signer: Post | None = None
    signer_title: str = ""
    is_sensitive: bool = False


@transaction.atomic
def print_paper(*, paper: Paper | None, content: Content, by: Post, on: date, now: datetime) -> PaperPrint:
    """Print a paper from the template of its office on the day, and keep the file. The same text again is the same print.

    `paper` is None the first time. Raises AlreadyDone for a signed paper, InvalidInput when the template no longer fits.
    """
    if paper is None:
        paper = Paper.objects.create(
            kind=content.kind, office=content.office, unit=content.office.unit, noun=content.noun, about=content.about, summary=content.summary,
            is_sensitive=content.is_sensitive,
        )  # fmt: skip
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.signed_at:
        raise AlreadyDone(_("Văn bản đã ký: bản in đã ký được giữ nguyên, không in lại."))
    kind, template = kind_of(content.kind), template_on(content.office, content.kind, on)
    source = read(template.file) if template else kind.default()
    digest = _digest(content.values, template)
    last = paper.prints.order_by("-number").first()
    if last and last.content == digest:
        return last
    word = files.store(
        name=f"{content.about}-ban-in-{(last.number if last else 0) + 1}.docx", data=_filled(source, kind, content.values),
        media_type=DOCX, purpose="paper", unit=paper.unit, by=by, now=now,
    )  # fmt: skip
    paper.summary, paper.is_sensitive = content.summary, paper.is_sensitive or content.is_sensitive
    paper.save(update_fields=["summary", "is_sensitive"])
    made = PaperPrint.objects.create(
        paper=paper, number=(last.number if last else 0) + 1, content=digest, template=template, word=word, signer=content.signer,
        signer_name=str(content.values.get("nguoi_ky", "")), signer_title=content.signer_title, printed_by=by, printed_at=now,
    )  # fmt: skip
    journal.record(
        by=by.actor, act="print_paper", noun="paper", key=paper.code, detail={"about": paper.about, "sha256": word.sha256}, at=now
    )
    return made


def _digest(values: Mapping[str, Any], template: PaperTemplate | None) -> str:
    """The fields, and the template or the programme's own."""
    said = json.dumps([values, template.file.sha256 if template else ""], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _filled(source: bytes, kind: PaperKind, values: Mapping[str, Any]) -> bytes:
    """A template was read when it was taken; one that names a field this programme no longer has is refused in words."""
    reading = read_template(source, kind.slots)
    if reading.unknown or reading.broken or reading.forbidden:
        names = ", ".join(reading.unknown) or reading.broken or ", ".join(reading.forbidden)
        raise InvalidInput(_("Mẫu riêng của cơ quan không còn dùng được (%(names)s). Hãy tải mẫu mới.") % {"names": names})
    return fill(source, values)


@transaction.atomic
def keep_beside(*, made: PaperPrint, data: bytes, by: Post, now: datetime) -> PaperPrint:
    """Keep the PDF made of a print beside it. Whoever comes second finds the first."""
    made = PaperPrint.objects.select_for_update(of=("self",)).select_related("word", "pdf", "paper__unit").get(pk=made.pk)
    if made.pdf is None:
        name = made.word.name.removesuffix(".docx") + ".pdf"
        made.pdf = files.store(name=name, data=data, media_type=PDF, purpose="paper", unit=made.paper.unit, by=by, now=now)
        made.save(update_fields=["pdf"])
    return made


@transaction.atomic
def make_pdf_later(*, made: PaperPrint, by: Post, now: datetime) -> Job:
    """Have the PDF of a long print made in the background; work on it that this post asked for and that is not done goes on."""
    waiting = (JobState.WAITING, JobState.RUNNING)
    begun = Job.objects.filter(kind=_PDF_JOB, asked_by=by.pk, state__in=waiting, arguments__print=made.pk).first()
    title = f"Tạo PDF của văn bản {made.paper.code}, bản in {made.number}"
    return begun or jobs.start(kind=_PDF_JOB, title=title, arguments={"print": made.pk}, by=by, now=now)


@transaction.atomic
def sign_paper(*, paper: Paper, now: datetime, number: int | None = None) -> PaperPrint:
    """Freeze the print that was signed: the last one, or that of `number`. For use inside the operation that records the signature.

    Raises AlreadyDone when it is signed already, InvalidInput for a print that is none of its.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.signed_at:
        raise AlreadyDone(_("Văn bản này đã được ghi nhận là đã ký."))
    prints = paper.prints.order_by("-number")
    made = (prints if number is None else prints.filter(number=number)).first()
    if made is None:
        raise InvalidInput(_("Văn bản không có bản in %(number)s.") % {"number": number}, field="print_number")
    made.is_signed = True
    made.save(update_fields=["is_signed"])
    paper.signed_at = now
    paper.save(update_fields=["signed_at"])
    return made
