"""The holiday calendar: what counts in each year, and its correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.dossiers import operations
from ansinh.dossiers.forms import HolidaysForm
from ansinh.dossiers.views.desk import LOOKS
from ansinh.kernel.errors import AnsinhError
from ansinh.law.procedures import HolidayYear
from ansinh.lawbook.models import HolidayList
from ansinh.lawbook.queries import calendar

_CONFIRMS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
_FIRST = 2021


@for_roles(*LOOKS)
def holidays(request):
    """Every year with its days, where they come from, and whether somebody confirmed them. The coming year is named when missing."""
    years = calendar().years
    rows = [_row(year, years.get(year)) for year in range(max(today().year + 1, *years), min(years) - 1, -1)]
    return TemplateResponse(request, "dossiers/holidays.html", {"rows": rows, "may_confirm": request.post.role in _CONFIRMS})


def _row(year: int, listed: HolidayYear | None) -> dict:
    days = {name: sorted(getattr(listed, name)) for name in ("days_off", "worked", "unsure")} if listed else {}
    return {"year": year, "listed": listed, **days}


@for_roles(*_CONFIRMS)
def holiday_year(request, year):
    """The days of one year: confirmed as they stand, or corrected."""
    if not _FIRST <= year <= today().year + 2:
        raise Http404
    listed = calendar().years.get(year)
    initial = (
        {name: "\n".join(f"{day:%d/%m/%Y}" for day in sorted(getattr(listed, name))) for name in ("days_off", "worked")}
        if listed
        else {}
    )
    form = HolidaysForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.correct_holidays(year=year, **form.cleaned_data, by=request.post, now=now())
            told = ngettext("Đã ghi lịch nghỉ; %(n)d hồ sơ đổi hạn trả.", "Đã ghi lịch nghỉ; %(n)d hồ sơ đổi hạn trả.", changed)
            messages.success(request, told % {"n": changed})
            return redirect("dossiers:holidays")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    history = HolidayList.objects.filter(year=year).select_related("confirmed_by__user", "confirmed_by__office").order_by("-id")
    context = {"year": year, "form": form, "listed": listed, "history": history}
    return TemplateResponse(request, "dossiers/holiday_year.html", context, status=422 if form.errors else 200)
