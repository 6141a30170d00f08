"""The cut-off day of each commune: seen by all who see lists, set by the head of the office and the division."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import OfficeKind, Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.payments import operations, queries
from ansinh.payments.forms import CutOffForm
from ansinh.payments.views.lists import LOOKS

_SETS = (Role.COMMUNE_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


@for_roles(*LOOKS)
def cut_off(request):
    """Up to which day changes enter the next list, and setting it."""
    units = communes_of(request.post, on=today())
    may_set = request.post.role in _SETS
    common = request.post.office.kind != OfficeKind.COMMUNE
    form = CutOffForm(request.POST or None, units=units, common=common) if may_set else None
    if form and request.method == "POST" and form.is_valid():
        try:
            operations.set_cut_off(unit=form.cleaned_data["unit"], day=form.cleaned_data["day"], by=request.post, now=now())
            messages.success(request, _("Đã đặt ngày chốt. Danh sách còn dự kiến theo ngày mới khi lập lại."))
            return redirect("payments:cut_off")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {"days": queries.cut_off_days(units), "default": queries.default_day(), "form": form}
    return TemplateResponse(request, "payments/cut_off.html", context, status=422 if form and form.errors else 200)
