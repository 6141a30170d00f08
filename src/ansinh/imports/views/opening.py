"""A list that waits for an answer before it can be read: its password, and whether to convert its letters."""

from __future__ import annotations

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.imports import operations
from ansinh.imports.forms import OpenForm
from ansinh.imports.views.lists import WHO, batch_of
from ansinh.kernel.errors import AnsinhError, InvalidInput


@for_roles(*WHO)
def open_list(request, code):
    """Ask, then read. What was typed as a password goes nowhere but into this reading."""
    batch = batch_of(code, waiting=True)
    asks = batch.settings.get("asks")
    if not asks or batch.state != "read":
        return redirect("imports:detail", code=code)
    form = OpenForm(request.POST if request.method == "POST" else None, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            told = {key: value for key, value in form.cleaned_data.items() if value}
            opened = operations.open_list(batch=batch, by=request.post, now=now(), **told)
            return redirect("imports:open" if opened.state == "read" else "imports:detail", code=code)
        except AnsinhError as error:
            field = error.field if isinstance(error, InvalidInput) and error.field in form.fields else None
            form.add_error(field, str(error))
    steps = [("take", _("Chọn tệp")), ("check", _("Kiểm tra")), ("commit", _("Nạp vào sổ"))]
    context = {"batch": batch, "asks": asks, "form": form, "steps": steps}
    return TemplateResponse(request, "imports/open_list.html", context, status=422 if form.is_bound else 200)
