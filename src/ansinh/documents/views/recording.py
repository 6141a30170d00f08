"""Number and signature of a paper whose signature changes nothing elsewhere: a notice, a report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.documents import operations
from ansinh.documents.desk import signing_steps
from ansinh.documents.forms import NumberForm, SignedPaperForm
from ansinh.documents.models import Paper
from ansinh.documents.queries import KEEPERS, entry_of
from ansinh.files import operations as files
from ansinh.kernel.errors import AnsinhError


def _paper(request, code: str) -> Paper:
    """The paper, where this post may record its signature: the clerk does so without reading what is walled in."""
    found = get_object_or_404(Paper.objects.select_related("unit", "office__unit", "office__parent"), code=code)
    if not signing_steps(found, request.post)["records_here"]:
        raise Http404
    return found


@require_POST
@for_roles(*KEEPERS)
def number(request, code):
    """Take the next number of the register for what was printed."""
    found, form = _paper(request, code), NumberForm(request.POST)
    try:
        if form.is_valid():
            entry = operations.number_printed(paper=found, on=form.cleaned_data["dated_on"], by=request.post, now=now())
            messages.success(request, _("Số %(symbol)s. Ghi lên bản đã ký, hoặc in lại bản có số.") % {"symbol": entry.symbol})
        else:
            messages.error(request, next(iter(form.errors.values()))[0])
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("documents:paper", code=code)


@for_roles(*KEEPERS)
def sign(request, code):
    """Record the signed paper: the print that was signed stays as it is."""
    found = _paper(request, code)
    entry, prints = entry_of(found), list(found.prints.order_by("-number"))
    given = {
        "number": entry.symbol if entry else "", "signed_on": entry.dated_on if entry else today(),
        "signer_name": prints[0].signer_name if prints else "",
    }  # fmt: skip
    form = SignedPaperForm(request.POST or None, request.FILES or None, prints=prints, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, found, dict(form.cleaned_data))
            messages.success(request, _("Đã ghi nhận bản đã ký; bản in được giữ nguyên."))
            return redirect("documents:paper", code=code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {"paper": found, "form": form}
    return TemplateResponse(request, "documents/sign.html", context, status=422 if form.errors else 200)


def _record(request, found: Paper, data: dict) -> None:
    # Only some may open papers of a room with a wall: the file has the door of its paper.
    upload = data.pop("scan")
    scan = upload and files.store_scan(
        name=upload.name, data=upload.read(), purpose="paper", unit=found.unit, by=request.post, now=now()
    )
    operations.record_signed_paper(paper=found, scan=scan or None, by=request.post, now=now(), **data)
