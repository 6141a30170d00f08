"""What happened for me."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.pages.nouns import noun_url
from ansinh.work import operations, queries
from ansinh.work.workflow import STAFF


@for_roles(*STAFF)
def notices(request):
    """Newest first; what was not read stands out."""
    listing = Listing(
        request, queries.notices_of(request.post), columns=(Column("luc", ""),), sorts={"luc": ("-id",)}, counted=False
    )
    context = {"listing": listing, "unread": queries.unread_count(request.post)}
    return render_list(request, "work/notices.html", "work/_notice_rows.html", context)


@require_POST
@for_roles(*STAFF)
def notice(request, number):
    """Read one and go to what it is about."""
    found = get_object_or_404(queries.notices_of(request.post), pk=number)
    operations.read_notices(by=request.post, now=now(), notice=found)
    if found.noun not in settings.ANSINH_NOUNS:  # left by a programme that showed such things
        return redirect("work:notices")
    return redirect(noun_url(found.noun, found.about))


@require_POST
@for_roles(*STAFF)
def read_all(request):
    """Nothing is unread any more."""
    count = operations.read_notices(by=request.post, now=now())
    messages.success(request, ngettext("Đã đọc %(n)d thông báo.", "Đã đọc %(n)d thông báo.", count) % {"n": count})
    return redirect("work:notices")
