"""The decision that answers a funeral dossier: what the law gives and why, and the refusal where it gives nothing."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.database.clock import now, today
from ansinh.dossiers.models import Dossier
from ansinh.entitlements import operations
from ansinh.entitlements.queries import funeral_for
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of
from ansinh.people.models import Person


def propose_funeral(request, dossier: Dossier, person: Person, *, seen: int | None):
    """One page, one button: nothing is typed that the form or the law tells."""
    found, error = funeral_for(person, received_on=dossier.received_on), ""
    if request.method == "POST":
        try:
            made = operations.propose_funeral(dossier=dossier, by=request.post, on=today(), now=now(), seen=seen)
            messages.success(request, _("Đã trình ký. Hãy in để ký; khi quyết định được ký, người khác ghi nhận."))
            return redirect("entitlements:paper", code=made.code)
        except AnsinhError as problem:
            error = str(problem)
    refuse, reason = reverse("dossiers:act", args=[dossier.code, "tu-choi"]), found.reason
    if found.granted:
        reason = _("Đã có quyết định hỗ trợ mai táng (dòng sổ hưởng %(c)s).") % {"c": found.granted.code}
    context = {
        "person": person, "dossier": dossier, "found": found, "month": month_of(today()), "error": error,
        "refuse": f"{refuse}?{urlencode({'reason': reason, 'article': found.article})}",
        "last": dossier.steps.order_by("-id").values_list("pk", flat=True).first(),
    }  # fmt: skip
    return TemplateResponse(request, "entitlements/funeral.html", context, status=422 if error else 200)
