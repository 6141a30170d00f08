"""Acts on one item, and the look that fills the list."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.dossiers.models import Dossier
from ansinh.jobs import operations as jobs
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.nouns import noun_url
from ansinh.watch import operations
from ansinh.watch.background import COMMUNES_A_STEP
from ansinh.watch.forms import DismissForm
from ansinh.watch.models import WatchItem
from ansinh.watch.workflow import MOVERS, PREPARES


@for_roles(*MOVERS)
@require_POST
def look_over_now(request):
    """Look over my place at once: a job with progress."""
    units = list(communes_of(request.post, on=today()).values_list("id", flat=True))
    title = f"Rà soát: {request.post.office.name}"
    asked = jobs.start_beside(kind="look_over", title=title, units=units, a_step=COMMUNES_A_STEP, by=request.post, now=now())
    return redirect("jobs:mine") if len(asked) > 1 else redirect("jobs:detail", code=asked[0].code)


@for_roles(*PREPARES)
@require_POST
def prepare(request, code):
    """One click: to the dossier or the draft that answers the item."""
    item = get_object_or_404(WatchItem, code=code)
    try:
        made = operations.prepare(item=item, by=request.post, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("watch:items")
    return redirect(noun_url("dossier" if isinstance(made, Dossier) else "decision", made.code))


@for_roles(*MOVERS)
def dismiss(request, code):
    """Nothing to be done, and why."""
    item = get_object_or_404(WatchItem.objects.select_related("person"), code=code)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.dismiss(item=item, note=form.cleaned_data["note"], by=request.post, now=now())
            messages.success(request, _("Đã bỏ qua: %(name)s.") % {"name": item.person.full_name})
            return redirect("watch:items")
        except AnsinhError as error:
            form.add_error(None, str(error))
    return TemplateResponse(request, "watch/dismiss.html", {"item": item, "form": form}, status=422 if form.errors else 200)


@for_roles(*MOVERS)
@require_POST
def reopen(request, code):
    """A dismissed item waits again."""
    item = get_object_or_404(WatchItem, code=code)
    try:
        operations.reopen(item=item, by=request.post, now=now())
        messages.success(request, _("Đã đưa lại vào danh sách cần xem."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("watch:items")
