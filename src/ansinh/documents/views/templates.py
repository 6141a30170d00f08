"""Templates of papers: take the default, use an office's own, go back; and the table of fields."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.database.columns import on_day
from ansinh.documents import operations
from ansinh.documents.forms import TemplateForm
from ansinh.documents.kinds import PaperKind, all_kinds
from ansinh.documents.models import PaperTemplate
from ansinh.documents.operations import TemplateFaults
from ansinh.documents.queries import KEEPERS, keeps_papers, template_on
from ansinh.documents.views.prints import LOOKS
from ansinh.documents.views.register import office_of
from ansinh.files.queries import read
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.kernel.folding import slug
from ansinh.rendering.papers import DOCX


def _kind(key: str) -> PaperKind:
    if (found := all_kinds().get(key)) is None:
        raise Http404
    return found


@for_roles(*LOOKS)
def templates(request):
    """Each kind of paper and the template the office prints it from."""
    office = office_of(request.post)
    own = {one.kind: one for one in PaperTemplate.objects.filter(on_day(today()), office=office).select_related("file")}
    rows = [{"kind": kind, "own": own.get(kind.key)} for kind in all_kinds().values()]
    return TemplateResponse(request, "documents/templates.html", {"rows": rows, "office": office})


@for_roles(*LOOKS)
def template(request, paper_kind):
    """One kind: which template, its fields, and the form to use another."""
    kind, office = _kind(paper_kind), office_of(request.post)
    keeps, faults = keeps_papers(request.post, office), []
    form = TemplateForm(request.POST or None, request.FILES or None, initial={"since": today()})
    if request.method == "POST" and keeps and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            operations.take_template(
                office=office, kind=kind.key, name=upload.name, data=upload.read(), since=form.cleaned_data["since"], by=request.post,
                now=now(),
            )  # fmt: skip
            messages.success(request, _("Mẫu hợp lệ. Từ ngày đã chọn, văn bản in theo mẫu này."))
            return redirect("documents:template", paper_kind=kind.key)
        except TemplateFaults as error:
            faults = error.faults
    history = PaperTemplate.objects.filter(office=office, kind=kind.key).select_related("taken_by__user", "file").order_by("-id")
    context = {
        "kind": kind, "office": office, "own": template_on(office, kind.key, today()), "form": form, "faults": faults,
        "history": history, "keeps": keeps,
    }  # fmt: skip
    return TemplateResponse(request, "documents/template.html", context, status=422 if form.errors or faults else 200)


@for_roles(*LOOKS)
def template_file(request, paper_kind):
    """The template in force as a Word file; `?goc=1`: the one that comes with the programme."""
    kind = _kind(paper_kind)
    own = None if "goc" in request.GET else template_on(office_of(request.post), kind.key, today())
    journal.note_read(by=request.post.actor, act="download", noun="paper_template", key=own.code if own else kind.key, at=now())
    try:
        data = read(own.file) if own else kind.default()
    except InvalidInput as error:
        raise Http404(str(error)) from None
    response = HttpResponse(data, content_type=DOCX)
    with override("vi"):
        name = own.file.name if own else f"mau-{slug(str(kind.label))}.docx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
@for_roles(*KEEPERS)
def template_default(request, paper_kind):
    """Go back to the template of the programme from today on."""
    kind = _kind(paper_kind)
    try:
        operations.end_template(office=office_of(request.post), kind=kind.key, since=today(), by=request.post, now=now())
        messages.success(request, _("Đã trở lại mẫu chung."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("documents:template", paper_kind=kind.key)
