"""Those a form may mean, while somebody types."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from ansinh.access.guards import for_roles
from ansinh.people.queries.choosing import choose
from ansinh.people.views.listing import LOOKS

LEAST = 2
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")


@for_roles(*LOOKS)
def choosing(request):
    """The few best found for what was typed into the field `o`, each to be chosen."""
    name = request.GET.get("o", "")
    text = request.GET.get(f"{name}_tim", "").strip()
    if len(text) < LEAST:
        return HttpResponse()
    if not _NAME.fullmatch(name):
        raise Http404
    sure, hits = choose(text)
    context = {"hits": hits, "name": name, "chosen": sure.code if sure else ""}
    return TemplateResponse(request, "pages/_persons_found.html", context)
