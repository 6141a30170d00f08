"""PDFs signed with a key: what was found of one, a look at any other, and the issuers the office trusts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.documents import operations
from ansinh.documents.forms import LookForm, RootForm
from ansinh.documents.models import SignedFile, TrustRoot
from ansinh.documents.queries import may_open
from ansinh.documents.queries.shown import shown, verdict
from ansinh.documents.queries.signatures import DOUBTS, fault_of, look_at
from ansinh.documents.views.prints import LOOKS
from ansinh.files.queries import OWN_DOOR
from ansinh.kernel.errors import AnsinhError
from ansinh.rendering.signed_pdf import Seen


@for_roles(*LOOKS)
def signed(request, code):
    """One signed file: its signatures as they were found when it was taken."""
    found = get_object_or_404(SignedFile.objects.select_related("file", "paper", "made", "checked_by__user"), code=code)
    own_door = found.file.purpose in OWN_DOOR
    if own_door and (found.paper is None or not may_open(found.paper, request.post, on=today())):
        raise Http404
    signatures = [Seen(**one) for one in found.signatures]
    context = {
        "signed": found, "signatures": shown(signatures), "verdict": verdict(signatures),
        "own_door": own_door, "doubts": [DOUBTS[key] for key in found.doubts],
    }  # fmt: skip
    return TemplateResponse(request, "documents/signed.html", context)


@for_roles(*LOOKS)
def look(request):
    """The signatures of any PDF, received or going out. Nothing is kept."""
    form = LookForm(request.POST or None, request.FILES or None)
    context = {"form": form, "looked": False}
    if request.method == "POST" and form.is_valid():
        try:
            found = look_at(form.cleaned_data["file"].read(), on=now())
            fault = fault_of(found) if found.signatures else ""
            told = (fault, "late") if fault else verdict(found.signatures)
            context |= {
                "looked": True,
                "signatures": shown(found.signatures),
                "verdict": told,
                "name": form.cleaned_data["file"].name,
            }
        except AnsinhError as error:
            form.add_error("file", str(error))
    return TemplateResponse(request, "documents/look.html", context, status=422 if form.errors else 200)


@for_roles(*LOOKS, Role.ADMINISTRATOR)
def roots(request):
    """Issuers the office trusts, with who took them in from where."""
    found = TrustRoot.objects.filter(period__isempty=False).select_related("taken_by__user").order_by("period__endswith", "id")
    context = {"roots": found, "keeps": request.post.role == Role.ADMINISTRATOR}
    return TemplateResponse(request, "documents/roots.html", context)


@for_roles(Role.ADMINISTRATOR)
def take_root(request):
    """Take in the certificate of an issuer."""
    form = RootForm(request.POST or None, request.FILES or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = operations.take_root(
                data=data["file"].read(),
                name=data["name"],
                source=data["source"],
                since=data["since"],
                by=request.post,
                now=now(),
            )
            messages.success(request, _("Đã tin cậy: %(name)s.") % {"name": made.name})
            return redirect("documents:roots")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else "file", str(error))
    return TemplateResponse(request, "documents/take_root.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.ADMINISTRATOR)
def end_root(request, code):
    """Trust an issuer no longer."""
    try:
        operations.end_root(root=get_object_or_404(TrustRoot, code=code), on=today(), by=request.post, now=now())
        messages.success(request, _("Đã thôi tin cậy chứng thư này."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("documents:roots")
