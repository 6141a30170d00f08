"""Print a paper of a dossier and hand the file out: Word, or PDF made of it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from ansinh.access.guards import for_roles
from ansinh.access.models import Post
from ansinh.database.clock import now, today
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
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


def _signer(request) -> Post | None:
    """Whose signature the paper awaits, where somebody was chosen."""
    code = request.POST.get("nguoi_ky", "")
    return get_object_or_404(Post.objects.select_related("user", "office__parent"), code=code) if code else None
