"""What is done about the rows ticked on the list: letters, “reminded”, one draft for several dead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.nouns import noun_url
from ansinh.rendering.papers import DOCX
from ansinh.watch import operations
from ansinh.watch.letters import reminders
from ansinh.watch.models import WatchItem
from ansinh.watch.workflow import DRAFTS, MOVERS

CHOSEN, MOST = "viec", 500


def _chosen(request) -> list[WatchItem]:
    codes = request.POST.getlist(CHOSEN)[:MOST]
    around = ("person__village", "person__unit", "unit", "entitlement")
    return list(WatchItem.objects.filter(code__in=codes, state="open").select_related(*around).order_by("month", "id"))


@for_roles(*MOVERS)
@require_POST
def letters(request):
    """A page for each ticked person, as one Word file. Printing is no reminder yet: that is said by itself."""
    chosen = _chosen(request)
    try:
        data = reminders(chosen, office=request.post.office, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("watch:items")
    journal.note_read(
        by=request.post.actor, act="print_reminders", noun="watch_item", key=" ".join(o.code for o in chosen), at=now()
    )
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = 'attachment; filename="thu-nhac.docx"'
    return response


@for_roles(*MOVERS)
@require_POST
def remind(request):
    """The ticked people were reminded today."""
    try:
        count = operations.mark_reminded(items=_chosen(request), by=request.post, now=now())
        messages.success(request, _("Đã ghi nhắc %(count)d người hôm nay.") % {"count": count})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("watch:items")


@for_roles(*DRAFTS)
@require_POST
def stop_dead(request):
    """One draft for the ticked dead; each of them is a line that opens."""
    try:
        made = operations.draft_stops(items=_chosen(request), by=request.post, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("watch:items")
    messages.success(request, _("Đã soạn %(count)d dự thảo thôi hưởng, chờ ký.") % {"count": len(made)})
    return redirect(noun_url("decision", made[0].code))
