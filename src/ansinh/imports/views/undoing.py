"""Take a committed list back: first what would go, or what stands in the way; then the reason and the button."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.imports import operations, queries
from ansinh.imports.forms import ReasonForm
from ansinh.imports.kinds import kind_of
from ansinh.imports.views.lists import COMMIT_IN_BACKGROUND, WHO, batch_of
from ansinh.jobs import operations as jobs
from ansinh.kernel.errors import AnsinhError


@for_roles(*WHO)
def undo(request, code):
    """Its own page, as for the commit."""
    batch = batch_of(code)
    if batch.state != "committed":
        return redirect("imports:detail", code=code)
    form, counts = ReasonForm(request.POST or None), queries.counts(batch)
    if request.method == "POST" and form.is_valid():
        if counts["committed"] > COMMIT_IN_BACKGROUND:
            arguments = {"batch": batch.id, "reason": form.cleaned_data["reason"]}
            title = f"Hoàn tác danh sách {batch.title}"
            job = jobs.start(kind="undo_list", title=title, arguments=arguments, by=request.post, now=now())
            return redirect("jobs:detail", code=job.code)
        try:
            operations.undo_batch(batch=batch, reason=form.cleaned_data["reason"], by=request.post, now=now())
            messages.success(request, _("Đã hoàn tác. Sổ trở lại như trước khi nạp; danh sách có thể sửa rồi nạp lại."))
            return redirect("imports:detail", code=code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    context = {"batch": batch, "form": form, "resting": [], "refused": "", "counts": counts}
    try:
        context["resting"] = queries.resting_on_list(batch)
    except AnsinhError as error:
        context["refused"] = str(error)
    context["kind"] = kind_of(batch.layout)
    return TemplateResponse(request, "imports/undo.html", context, status=422 if form.errors else 200)
