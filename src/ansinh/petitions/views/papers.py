"""Papers of a petition: where each stands, printing, the number of the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.documents.desk import desk_of
from ansinh.documents.kinds import PaperKind
from ansinh.documents.queries import entry_of
from ansinh.kernel.errors import AnsinhError
from ansinh.petitions import operations, queries
from ansinh.petitions.forms import PetitionNumberForm, PetitionPrintForm
from ansinh.petitions.models import Petition
from ansinh.petitions.papers import (
    ANSWERS,
    COMPLAINT_DECISION,
    CONCLUSION,
    DENUNCIATION_ADMITTED,
    RESULT,
    TRANSFER,
)
from ansinh.petitions.papers.content import AMENDED_FROM, Draft
from ansinh.petitions.papers.standing import current_paper, is_open, kinds_of, petition_signers
from ansinh.petitions.views.register import LOOKS, posts_away
from ansinh.petitions.workflow import HANDLES
from ansinh.rendering import office

_NUMBERS = (Role.CLERK, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
# What each paper asks beside its signer.
_ASKS = {
    TRANSFER.key: ("to",), DENUNCIATION_ADMITTED.key: ("accused", "text"), COMPLAINT_DECISION.key: ("outcome", "findings", "text"),
    CONCLUSION.key: ("accused", "outcome", "findings", "text"), RESULT.key: ("outcome", "text"),
}  # fmt: skip


def _petition(code: str) -> Petition:
    return get_object_or_404(Petition.objects.select_related("office__unit", "office__parent"), code=code)


def _form(found: Petition, kind: PaperKind, data: Any = None) -> PetitionPrintForm:
    signers = petition_signers(found, on=today())
    return PetitionPrintForm(
        data, asks=_ASKS.get(kind.key, ()), signers=signers, guarded=found.is_guarded, auto_id=f"id_{kind.key}_%s",
        initial={**found.draft, "signer": signers.values_list("pk", flat=True).first()},
    )  # fmt: skip


@for_roles(*LOOKS)
def papers(request, code):
    """Each paper of it: to be printed by who handles it, numbered by the clerk; and what was printed."""
    found, on = _petition(code), today()
    handles = queries.handles(request.post, found, instead=posts_away(request)) and request.post.role in HANDLES
    known = {"noun": "petition", "about": found.code, "office": found.office, "post": request.post, "on": on}
    desks = [
        (
            desk_of(kind, is_open=is_open(kind, found), form=_form(found, kind) if handles and _may_print(kind, found) else None, **known),
            reverse("petitions:print_paper", args=[code, kind.key]),
            reverse("petitions:number", args=[code]),
        )
        for kind in kinds_of(found)
    ]  # fmt: skip
    context = {
        "petition": found, "desks": desks, "has_office": office.program() is not None,
        "unread": found.is_guarded, "amended": (found.admitted_on or found.received_on) >= AMENDED_FROM,
    }  # fmt: skip
    return TemplateResponse(request, "petitions/papers.html", context)


def _may_print(kind: PaperKind, found: Petition) -> bool:
    paper = current_paper(kind, found)
    return is_open(kind, found) and (paper is None or paper.signed_at is None)


@for_roles(*HANDLES)
def print_paper(request, code, kind):
    """Make a print and hand out the file asked for: Word, or PDF."""
    found = _petition(code)
    back = redirect("petitions:papers", code=code)
    if request.method != "POST":
        return back
    asked = next((one for one in kinds_of(found) if one.key == kind), None)
    if asked is None:
        raise Http404
    form = _form(found, asked, request.POST)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        messages.error(request, f"{form.fields[field].label}: {errors[0]}" if field in form.fields else errors[0])
        return back
    data = dict(form.cleaned_data)
    signer = data.pop("signer")
    try:
        made = operations.print_petition_paper(
            petition=found, kind=asked, draft=Draft(**data), signer=signer, by=request.post, on=today(), now=now()
        )
    except AnsinhError as error:
        messages.error(request, str(error))
        return back
    return redirect(
        "documents:pdf" if request.POST.get("dang") == "pdf" else "documents:word", code=made.paper.code, number=made.number
    )


@require_POST
@for_roles(*_NUMBERS)
def number(request, code):
    """Take the next number of the register for the printed answer."""
    found, form = _petition(code), PetitionNumberForm(request.POST)
    try:
        if form.is_valid():
            entry = operations.number_answer(petition=found, dated_on=form.cleaned_data["dated_on"], by=request.post, now=now())
            messages.success(request, _("Số %(symbol)s. Ghi lên bản đã ký, hoặc in lại bản có số.") % {"symbol": entry.symbol})
        else:
            messages.error(request, next(iter(form.errors.values()))[0])
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("petitions:papers", code=code)


def given_by(found: Petition) -> dict[str, Any]:
    """What the form of the signed answer starts with: the words drafted for it, number and day of the register, signer, prints."""
    paper = current_paper(ANSWERS[found.kind], found)
    entry, made = entry_of(paper), list(paper.prints.order_by("-number")) if paper else []
    initial = {name: found.draft[name] for name in ("outcome", "text") if name in found.draft}
    if entry:
        initial |= {"number": entry.symbol, "signed_on": entry.dated_on}
    return {"initial": initial | ({"signer_name": made[0].signer_name} if made else {}), "prints": made}
