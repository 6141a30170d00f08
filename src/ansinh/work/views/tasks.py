"""Tasks: the list, giving one, one task with its steps, one act each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.access.queries import stood_in_for
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.work import operations, queries
from ansinh.work.exports import tasks_workbook
from ansinh.work.forms import LATE, ExtendForm, StepForm, TaskFilter, TaskForm
from ansinh.work.models import STEP_WORDS, Task
from ansinh.work.queries.tasks import sees_task
from ansinh.work.workflow import GIVES, STAFF

EXPORT_LIMIT = 20_000
_COLUMNS = (
    Column("han", gettext_lazy("Hạn")),
    Column("viec", gettext_lazy("Công việc")),
    Column("ai", gettext_lazy("Người thực hiện")),
    Column("giao", gettext_lazy("Người giao")),
    Column("trang_thai", gettext_lazy("Trạng thái")),
)
_SORTS = {"han": ("due_on", "id"), "viec": ("title_folded", "id"), "trang_thai": ("state", "due_on", "id")}


def _instead(request) -> set[int]:
    """Posts that are away today and whose work this post does."""
    return {absence.post_id for absence in stood_in_for(request.post, on=today())}


@for_roles(*STAFF)
def tasks(request):
    """What I must do, what I gave, what the office has; filters in the address."""
    on, instead = today(), _instead(request)
    form = TaskFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    found = _filtered(queries.tasks_of(request.post, part=data.get("phan", ""), instead=instead), data, on)
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=str, exported=True)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="task", key="", at=now())
        response = HttpResponse(tasks_workbook(found.order_by(*listing.order)[:EXPORT_LIMIT], on=on), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="cong-viec.xlsx"'
        return response
    context = {
        "listing": listing,
        "late": {one.pk for one in listing.rows if one.is_late(on)},
        "on": on,
        "instead": instead,
        "may_give": request.post.role in GIVES,
    }
    return render_list(request, "work/tasks.html", "work/_task_rows.html", context)


def _filtered(found, data: dict, on):
    state = data.get("trang_thai")
    if state == LATE:
        found = found.overdue(on)
    elif state:
        found = found.filter(state=state)
    else:
        found = found.open()
    if text := data.get("tim"):
        found = found.filter(title_folded__contains=fold(text))
    return found


@for_roles(*GIVES)
def give(request):
    """Ask something of somebody."""
    form = TaskForm(request.POST or None, doers=queries.possible_doers(request.post, on=today()))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.give_task(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã giao việc cho %(name)s.") % {"name": made.doer.holder_name})
            return redirect("work:task", code=made.code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    return TemplateResponse(request, "work/give.html", {"form": form}, status=422 if form.errors else 200)


def _seen(request, code: str, instead: set[int]) -> Task:
    """The task, where this post may see it."""
    found = Task.objects.filter(sees_task(request.post, instead=instead))
    return get_object_or_404(found.select_related("giver__user", "giver__office", "doer__user", "doer__office"), code=code)


@for_roles(*STAFF)
def task(request, code):
    """One task: what is asked, what was done, what may be done now."""
    instead = _instead(request)
    found = _seen(request, code, instead)
    context = {
        "task": found,
        "steps": list(found.steps.order_by("-id")),
        "late": found.is_late(today()),
        "acts": queries.next_steps(found, request.post, instead=instead),
    }
    return TemplateResponse(request, "work/task.html", context)


@for_roles(*STAFF)
def step(request, code, act):
    """One act on a task, open while the post may do it."""
    instead = _instead(request)
    found = _seen(request, code, instead)
    known = next((one for one in queries.next_steps(found, request.post, instead=instead) if one.act == act), None)
    if known is None:
        if act not in STEP_WORDS:
            raise Http404
        messages.error(request, _("Việc này không làm được lúc này, hoặc không thuộc chức vụ của ông, bà."))
        return redirect("work:task", code=code)
    form = (ExtendForm if act == "extend" else StepForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _run(found, act, form.cleaned_data, request)
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": known.label})
            return redirect("work:task", code=code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    last = found.steps.order_by("-id").values_list("pk", flat=True).first()
    context = {"task": found, "act": known, "form": form, "last": last}
    return TemplateResponse(request, "work/step.html", context, status=422 if form.errors else 200)


def _run(found: Task, act: str, data: dict, request) -> Task:
    told = request.POST.get("seen", "")
    seen = int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None
    who = {"task": found, "by": request.post, "now": now(), "seen": seen}
    if act == "extend":
        return operations.extend_task(**data, **who)
    return operations.move_task(act=act, **data, **who)
