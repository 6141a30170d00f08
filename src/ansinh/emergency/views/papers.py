"""Papers of a list, a stay, a fund: where each stands, printing, the number of a decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.documents.desk import desk_of
from ansinh.documents.kinds import PaperKind
from ansinh.documents.queries import entry_of
from ansinh.emergency import operations
from ansinh.emergency.models import AidList, Protection, ReliefFund
from ansinh.emergency.operations.deciding import Signature
from ansinh.emergency.paper_forms import AidNumberForm, AidPrintForm
from ansinh.emergency.papers import AID_DECISION, FORMS
from ansinh.emergency.papers.forms_of_law import UNREAD_FROM
from ansinh.emergency.papers.standing import (
    Subject,
    current_paper,
    is_open,
    kinds_of,
    noun_of,
    office_of,
    prints,
    signers,
)
from ansinh.emergency.views.answering import LOOKS
from ansinh.emergency.workflow import GIVERS, OFFICERS
from ansinh.files import operations as files
from ansinh.kernel.errors import AnsinhError
from ansinh.rendering import office

_NUMBERS = (Role.CLERK, Role.COMMUNE_HEAD)
# Model, what is loaded with it, the page it has, by the letters of its code.
_SUBJECTS = {
    "TG": (AidList, ("occasion", "unit", "office__unit", "office__parent"), "emergency:list"),
    "BV": (Protection, ("unit", "taken_in_by__office__unit", "taken_in_by__office__parent"), "emergency:protection"),
    "QC": (ReliefFund, ("unit", "opened_by__office__unit", "opened_by__office__parent"), "emergency:fund"),
}  # fmt: skip


def _subject(code: str) -> Subject:
    if code[:2] not in _SUBJECTS:
        raise Http404
    model, around, _page = _SUBJECTS[code[:2]]
    return get_object_or_404(model.objects.select_related(*around), code=code)


def _kind(subject: Subject, key: str) -> PaperKind:
    found = next((kind for kind in kinds_of(subject) if kind.key == key), None)
    if found is None:
        raise Http404
    return found


@for_roles(*LOOKS)
def papers(request, code):
    """Each paper of it: to be printed, numbered, signed; and what was printed."""
    found, on = _subject(code), today()
    possible = signers(found, on=on)
    known = {"noun": noun_of(found), "about": found.code, "office": office_of(found), "post": request.post, "on": on}
    desks = [
        (
            desk_of(kind, is_open=is_open(kind, found), form=_form(kind, possible) if prints(kind, found, request.post) else None, **known),
            reverse("emergency:print_paper", args=[code, kind.key]), reverse("emergency:number_paper", args=[code, kind.key]),
        )
        for kind in kinds_of(found)
    ]  # fmt: skip
    context = {
        "desks": desks, "back": (reverse(_SUBJECTS[code[:2]][2], args=[code]), _name(found)), "has_office": office.program() is not None,
        "unread": any(desk.kind in FORMS for desk, _print, _number in desks) and on >= UNREAD_FROM,
    }  # fmt: skip
    return TemplateResponse(request, "emergency/papers.html", context)


def _name(found: Subject) -> str:
    return found.occasion.name if isinstance(found, AidList) else found.name


def _form(kind: PaperKind, possible: list, data: Any = None) -> AidPrintForm:
    return AidPrintForm(
        data, signers=possible, asks_signer=kind not in FORMS, asks_source=kind == AID_DECISION, auto_id=f"id_{kind.key}_%s"
    )


@for_roles(*dict.fromkeys((*OFFICERS, *GIVERS)))
def print_paper(request, code, kind):
    """Make a print and hand out the file asked for: Word, or PDF."""
    found = _subject(code)
    back = redirect("emergency:papers", code=code)
    if request.method != "POST":
        return back
    asked, on = _kind(found, kind), today()
    entry = entry_of(current_paper(asked, found))
    form = _form(asked, signers(found, on=entry.dated_on if entry else on), request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return back
    try:
        made = operations.print_aid_paper(subject=found, kind=asked, by=request.post, on=on, now=now(), **form.cleaned_data)
    except AnsinhError as error:
        messages.error(request, str(error))
        return back
    return redirect(
        "documents:pdf" if request.POST.get("dang") == "pdf" else "documents:word", code=made.paper.code, number=made.number
    )


@for_roles(*_NUMBERS)
def number_paper(request, code, kind):
    """Take the next number of the register for a printed decision."""
    found, form = _subject(code), AidNumberForm(request.POST)
    try:
        if request.method == "POST" and form.is_valid():
            day = form.cleaned_data["dated_on"]
            entry = operations.number_aid_paper(subject=found, kind=_kind(found, kind), dated_on=day, by=request.post, now=now())
            messages.success(request, _("Số %(symbol)s. Ghi lên bản đã ký, hoặc in lại bản có số.") % {"symbol": entry.symbol})
        elif request.method == "POST":
            messages.error(request, next(iter(form.errors.values()))[0])
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("emergency:papers", code=code)


def signature_of(request, data: dict[str, Any], subject: Subject) -> Signature:
    """The signed paper as it was typed in, with the file that came with it."""
    upload = data["scan"]
    scan = upload and files.store_scan(
        name=upload.name, data=upload.read(), purpose="approval", unit=subject.unit, by=request.post, now=now()
    )
    return Signature(
        data["number"], data["signed_on"], data["signer"], scan=scan or None, print_number=data.get("print_number"),
        compared=data["compared"],
    )  # fmt: skip


def given_by(kind: PaperKind, subject: Subject) -> dict[str, Any]:
    """What the form of a signed decision starts with: the number and day of the register, the signer of the last print, its prints."""
    paper = current_paper(kind, subject)
    entry, made = entry_of(paper), list(paper.prints.order_by("-number")) if paper else []
    initial = {"number": entry.symbol if entry else "", "signed_on": entry.dated_on if entry else today()}
    return {"initial": initial | ({"signer": made[0].signer_id} if made else {}), "prints": made}
