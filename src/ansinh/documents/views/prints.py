"""What was printed: the Word file, and the PDF made of it when somebody first asks for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import sees_sensitive
from ansinh.database.clock import now
from ansinh.documents import operations
from ansinh.documents.models import PaperPrint
from ansinh.files.models import StoredFile
from ansinh.files.queries import read
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.rendering.office import NoOffice, pdf_of

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip


def _print(request, code: str, number: int) -> PaperPrint:
    """The print, where this post may read it: one that tells an illness is not there for others."""
    found = PaperPrint.objects.select_related("paper__unit", "word", "pdf")
    made = get_object_or_404(found, paper__code=code, number=number)
    if made.paper.is_sensitive and not sees_sensitive(request.post):
        raise Http404
    return made


@for_roles(*LOOKS)
def word(request, code, number):
    """The Word file as it was printed."""
    made = _print(request, code, number)
    return _handed_out(request, made, made.word)


@for_roles(*LOOKS)
def pdf(request, code, number):
    """The same as PDF, made once and kept; where there is no LibreOffice, the reason is said on the page one came from."""
    made = _print(request, code, number)
    if made.pdf is None:
        try:
            data = pdf_of(_bytes(made.word))
        except NoOffice as error:
            messages.error(request, str(error))
            return redirect("documents:paper", code=code)
        made = operations.keep_beside(made=made, data=data, by=request.post, now=now())
    return _handed_out(request, made, made.pdf)


def _bytes(stored: StoredFile) -> bytes:
    try:
        return read(stored)
    except InvalidInput as error:
        raise Http404(str(error)) from None


def _handed_out(request, made: PaperPrint, stored: StoredFile) -> HttpResponse:
    data = _bytes(stored)
    act = "read_sensitive" if made.paper.is_sensitive else "download"
    journal.note_read(by=request.post.actor, act=act, noun="paper", key=made.paper.code, at=now())
    response = HttpResponse(data, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
