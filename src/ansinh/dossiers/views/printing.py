"""Print a paper of a dossier and hand the file out: Word, or PDF made of it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Post
from ansinh.database.clock import now, today
from ansinh.documents.queries import KEEPERS
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.paper_forms import RefusalNumberForm
from ansinh.dossiers.workflow import RECEIVERS
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.nouns import noun_url


@for_roles(*RECEIVERS)
def print_out(request, code, kind):
    """One print of one kind."""
    dossier = get_object_or_404(Dossier.objects.select_related("office__unit", "office__parent"), code=code)
    if request.method != "POST":
        return redirect(noun_url("dossier", code))
    try:
        made = operations.print_dossier_paper(
            dossier=dossier, kind=kind, signer=_signer(request), by=request.post, on=today(), now=now()
        )
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect(noun_url("dossier", code))
    door = "documents:pdf" if request.POST.get("dang") == "pdf" else "documents:word"
    return redirect(door, code=made.paper.code, number=made.number)


@require_POST
@for_roles(*KEEPERS)
def number(request, code):
    """Take the next number of the register for the printed refusal."""
    dossier, form = get_object_or_404(Dossier, code=code), RefusalNumberForm(request.POST)
    try:
        if form.is_valid():
            entry = operations.number_refusal(dossier=dossier, dated_on=form.cleaned_data["dated_on"], by=request.post, now=now())
            messages.success(request, _("Số %(symbol)s. Ghi lên bản đã ký, hoặc in lại bản có số.") % {"symbol": entry.symbol})
        else:
            messages.error(request, next(iter(form.errors.values()))[0])
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect(noun_url("dossier", code))


def _signer(request) -> Post | None:
    """Whose signature the paper awaits, where somebody was chosen."""
    code = request.POST.get("nguoi_ky", "")
    return get_object_or_404(Post.objects.select_related("user", "office__parent"), code=code) if code else None
