"""The accountant's page: budget entries and the settlement of a month."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of
from ansinh.pages.forms import MonthField
from ansinh.payments import operations, queries
from ansinh.payments.forms import BudgetForm, SourceForm
from ansinh.payments.models import BudgetEntry, PaymentList

CHOOSES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.ACCOUNTANT)


def _month(request) -> date:
    try:
        return MonthField(required=False).clean(request.GET.get("thang", "")) or month_of(today())
    except ValidationError as error:
        raise Http404 from error


@for_roles(Role.ACCOUNTANT, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN)
def budget(request):
    """Opening + drawn − paid − returned = remaining, and the entries behind it."""
    unit = communes_of(request.post, on=today()).first()
    month = _month(request)
    form = BudgetForm(request.POST or None)
    may_write = request.post.role == Role.ACCOUNTANT
    if request.method == "POST" and may_write and form.is_valid():
        try:
            operations.record_budget(unit=unit, month=month, by=request.post, now=now(), **form.cleaned_data)
            messages.success(request, _("Đã ghi."))
            return redirect(f"{request.path}?thang={month:%m/%Y}")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "unit": unit,
        "month": month,
        "months": queries.runs().values_list("benefit_month", flat=True)[:12],
        "balances": queries.settlement(unit, month),
        "entries": BudgetEntry.objects.filter(unit=unit, month=month)
        .select_related("source", "recorded_by__user")
        .order_by("id"),
        "form": form,
        "may_write": may_write,
    }
    return TemplateResponse(request, "payments/budget.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*CHOOSES)
def source(request, code):
    """Choose from which source a list pays a benefit, before the list is signed."""
    found = get_object_or_404(PaymentList, code=code)
    form = SourceForm(request.POST)
    try:
        if form.is_valid():
            operations.choose_source(payment_list=found, by=request.post, now=now(), **form.cleaned_data)
            messages.success(request, _("Đã ghi nguồn kinh phí."))
        else:
            messages.error(request, _("Hãy chọn nguồn kinh phí trong danh mục."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("payments:list", code=code)
