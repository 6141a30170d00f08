"""The week of the office: who is on duty, in which meeting, away where."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Post, Role
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.lawbook.queries import calendar
from ansinh.work import operations, queries
from ansinh.work.exports import week_workbook
from ansinh.work.forms import DutyForm, week_asked
from ansinh.work.models import DutyEntry
from ansinh.work.workflow import STAFF


def _address(day) -> str:
    return f"{reverse('work:week')}?tuan={day:%d/%m/%Y}"


@for_roles(*STAFF, Role.INSPECTOR)
def week(request):
    """Monday to Sunday, printed as it stands; the week of any day in the address."""
    first = queries.week_of(week_asked(request.GET.get("tuan", ""), today()))
    days = queries.duty_between(request.post.office, first, first + timedelta(days=6))
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="duty_entry", key="", at=now())
        response = HttpResponse(week_workbook(days, office=request.post.office.name), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="lich-truc.xlsx"'
        return response
    works = calendar()
    context = {
        "days": [(one, works.works(one.day)) for one in days],
        "first": first, "last": first + timedelta(days=6), "on": today(),
        "before": _address(first - timedelta(days=7)), "after": _address(first + timedelta(days=7)),
        "export": f"{_address(first)}&xuat=xlsx", "keeps": queries.keeps_duty(request.post),
    }  # fmt: skip
    return TemplateResponse(request, "work/week.html", context)


@for_roles(*STAFF)
def add(request):
    """A line more."""
    posts = Post.objects.on(today()).filter(office=request.post.office, user__isnull=False)
    day = week_asked(request.GET.get("ngay", ""), today())
    form = DutyForm(request.POST or None, posts=posts.select_related("user").order_by("id"), initial={"on": day})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_duty(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã ghi lịch."))
            return redirect(_address(made.on))
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    return TemplateResponse(request, "work/add.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_roles(*STAFF)
def remove(request, code):
    """A line less."""
    entry = get_object_or_404(DutyEntry, code=code, office=request.post.office)
    try:
        operations.remove_duty(entry=entry, by=request.post, now=now())
        messages.success(request, _("Đã bỏ khỏi lịch."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect(_address(entry.on))
