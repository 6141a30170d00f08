"""What was printed: the Word file, and the PDF made of it when somebody first asks for it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.documents import operations
from ansinh.documents.desk import signing_steps
from ansinh.documents.forms import NumberForm
from ansinh.documents.kinds import kind_of
from ansinh.documents.models import Paper, PaperPrint
from ansinh.documents.queries import entry_of, may_open, numbers_itself, signed_file_of
from ansinh.files.kinds import PDF
from ansinh.files.models import StoredFile
from ansinh.files.queries import read
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.rendering import office
from ansinh.rendering.office import NoOffice, pdf_of

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip


def _print(request, code: str, number: int) -> PaperPrint:
    """The print, where this post may read it: one that tells an illness, or who denounces, is not there for others."""
    found = PaperPrint.objects.select_related("paper__unit", "paper__office", "word", "pdf")
    made = get_object_or_404(found, paper__code=code, number=number)
    if not may_open(made.paper, request.post, on=today()):
        raise Http404
    return made


@for_roles(*LOOKS)
def word(request, code, number):
    """The Word file as it was printed."""
    made = _print(request, code, number)
    return _handed_out(request, made.paper, made.word.name, made.word.media_type, _bytes(made.word))


@for_roles(*LOOKS)
def pdf(request, code, number):
    """The same as PDF, made once and kept; where there is no LibreOffice, the reason is said on the paper's page."""
    made = _print(request, code, number)
    if made.pdf:
        return _handed_out(request, made.paper, made.pdf.name, PDF, _bytes(made.pdf))
    word = _bytes(made.word)
    if office.program() and office.is_long(word):
        return _later(request, made)
    try:
        data = pdf_of(word)
    except NoOffice as error:
        return _page(request, made.paper, trouble=str(error))
    if request.post.role != Role.INSPECTOR:  # who only reads keeps nothing
        operations.keep_beside(made=made, data=data, by=request.post, now=now())
    return _handed_out(request, made.paper, made.word.name.removesuffix(".docx") + ".pdf", PDF, data)


def _later(request, made: PaperPrint) -> HttpResponse:
    """A long paper is made in the background; asked again meanwhile, it is the same work."""
    if request.post.role == Role.INSPECTOR:
        return _page(request, made.paper, trouble=_("Văn bản dài chưa có PDF. Hãy tải tệp Word."))
    return redirect("jobs:detail", code=operations.make_pdf_later(made=made, by=request.post, now=now()).code)


@for_roles(*LOOKS)
def scan(request, code):
    """What came back signed of a paper, for who may open its prints."""
    found = get_object_or_404(Paper.objects.select_related("scan"), code=code)
    if found.scan is None or not may_open(found, request.post, on=today()):
        raise Http404
    return _handed_out(request, found, found.scan.name, found.scan.media_type, _bytes(found.scan))


@for_roles(*LOOKS)
def paper(request, code):
    """One paper: its number and what was printed of it."""
    return _page(request, get_object_or_404(Paper.objects.select_related("office", "scan"), code=code))


def _page(request, found: Paper, *, trouble: str = "") -> HttpResponse:
    entry, steps = entry_of(found), signing_steps(found, request.post)
    takes = steps["records_here"] and entry is None and numbers_itself(found.office, today())
    context = {
        "paper": found, "entry": entry, "number_form": NumberForm(initial={"dated_on": today()}) if takes else None, "kind": kind_of(found.kind).label, "trouble": trouble,
        "prints": found.prints.select_related("printed_by__user", "word").order_by("-number"),
        "opens": may_open(found, request.post, on=today()), "signed": signed_file_of(found.scan), "has_office": office.program() is not None, **steps,
    }  # fmt: skip
    return TemplateResponse(request, "documents/paper.html", context)


def _bytes(stored: StoredFile) -> bytes:
    try:
        return read(stored)
    except InvalidInput as error:
        raise Http404(str(error)) from None


def _handed_out(request, paper: Paper, name: str, kind: str, data: bytes) -> HttpResponse:
    act = "read_sensitive" if paper.is_sensitive else "download"
    journal.note_read(by=request.post.actor, act=act, noun="paper", key=paper.code, at=now())
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
