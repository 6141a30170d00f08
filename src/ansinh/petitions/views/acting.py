"""One act each: its form, the operation it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.files import operations as files
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.forms import OfficeForm
from ansinh.petitions import forms, operations, queries
from ansinh.petitions.models import Petition
from ansinh.petitions.operations import Answer
from ansinh.petitions.views.papers import given_by
from ansinh.petitions.views.register import posts_away
from ansinh.petitions.workflow import RECEIVES


def _form(request, found: Petition, key: str) -> OfficeForm:
    """The shape of what an act asks."""
    data = request.POST if request.method == "POST" else None
    if key == "giao":
        return forms.AssignForm(data, posts=queries.possible_handlers(found, on=today()))
    if key == "ket-qua":
        return forms.AnswerForm(data, request.FILES or None, **given_by(found))
    if key == "phan-loai":
        return forms.ClassifyForm(data, initial={"kind": found.kind})
    shapes: dict[str, Callable[..., OfficeForm]] = {
        "gia-han": forms.ExtendForm, "chuyen": forms.TransferForm,
    }  # fmt: skip
    return shapes.get(key, forms.NoteForm)(data)


def _run(found: Petition, known: queries.NextAct, data: dict[str, Any], who: dict[str, Any]) -> Petition:
    if known.key == "giao":
        return operations.assign_petition(petition=found, **data, **who)
    if known.key == "phan-loai":
        return operations.classify_petition(petition=found, **data, **who)
    if known.key == "gia-han":
        return operations.extend_petition(petition=found, **data, **who)
    if known.key == "ket-qua":
        result, upload = data.pop("result"), data.pop("scan")
        # Whoever may read the petition alone may read its answer: the file has the door of papers.
        scan = upload and files.store_scan(
            name=upload.name, data=upload.read(), purpose="paper", unit=found.unit, by=who["by"], now=who["now"]
        )
        answer = Answer(**data, decision=result.decision, dossier=result.dossier, scan=scan or None)
        return operations.answer_petition(petition=found, answer=answer, **who)
    return operations.decide_petition(petition=found, act=known.move, **data, **who)


@for_roles(*RECEIVES)
def act(request, code, act):
    """The page of one act, open while the post may do it."""
    found = get_object_or_404(Petition.objects.select_related("dossier", "office", "unit"), code=code)
    known = next((one for one in queries.NEXT_ACTS if one.key == act), None)
    if known is None:
        raise Http404
    if not known.is_open(found, request.post, instead=posts_away(request)):
        messages.error(request, _("Việc này không làm được lúc này, hoặc không thuộc chức vụ của ông, bà."))
        return redirect("petitions:petition", code=code)
    form = _form(request, found, act)
    if request.method == "POST" and form.is_valid():
        told = request.POST.get("seen", "")
        seen = int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None
        try:
            _run(found, known, dict(form.cleaned_data), {"by": request.post, "now": now(), "seen": seen})
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": known.label})
            return redirect("petitions:petition", code=code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    last = found.steps.order_by("-id").values_list("pk", flat=True).first()
    context = {"petition": found, "act": known, "form": form, "last": last}
    return TemplateResponse(request, "petitions/act.html", context, status=422 if form.errors else 200)
