"""The decision that answers a carer's dossier: what the law gives for the person cared for, who has it, what is in the way."""

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
from ansinh.entitlements.forms import FromMonthForm
from ansinh.entitlements.queries import care_of
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of
from ansinh.people.models import Person


def propose_care(request, dossier: Dossier, person: Person, *, seen: int | None):
    """One page: the month is the only thing left to say."""
    form = FromMonthForm(request.POST or None, today=today(), initial={"from_month": month_of(today())})
    month = form.cleaned_data["from_month"] if request.method == "POST" and form.is_valid() else month_of(today())
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.propose_care(dossier=dossier, month=month, by=request.post, on=today(), now=now(), seen=seen)
            messages.success(request, _("Đã trình ký. Hãy in để ký; khi quyết định được ký, người khác ghi nhận."))
            return redirect("entitlements:paper", code=made.code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    found = care_of(dossier, person, month=month, on=today())
    refuse = reverse("dossiers:act", args=[dossier.code, "tu-choi"])
    context = {
        "person": person, "dossier": dossier, "found": found, "month": month, "form": form,
        "refuse": f"{refuse}?{urlencode({'reason': ' '.join(found.obstacles), 'article': found.article})}",
        "last": dossier.steps.order_by("-id").values_list("pk", flat=True).first(),
    }  # fmt: skip
    return TemplateResponse(request, "entitlements/caring.html", context, status=422 if form.errors else 200)
