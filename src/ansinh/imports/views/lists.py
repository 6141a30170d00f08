"""Pages of lists: take in, look at what was found, mend, commit."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.imports import operations, queries
from ansinh.imports.exports import problem_workbook
from ansinh.imports.forms import CellsForm, MonthForm, PaperForm, ReasonForm, TakeForm
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch
from ansinh.imports.operations.examine import without_month
from ansinh.imports.workflow import ROW
from ansinh.jobs import operations as jobs
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.kernel.folding import slug

WHO = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
ROWS_A_PAGE = 100
LAW_DIFFERS = "luat-khac"
SURE_ENOUGH_TO_PROPOSE = 40
COMMIT_IN_BACKGROUND = 300  # rows; more is done by a job with progress


def batch_of(code: str, *, waiting: bool = False) -> Batch:
    """A list by its code; one of which nobody knows yet what it is only where `waiting`."""
    lists = Batch.objects.select_related("unit", "file")
    return get_object_or_404(lists if waiting else lists.exclude(layout=""), code=code)


@for_roles(*WHO)
def home(request):
    """Take a list in; the newest lists below."""
    form = TakeForm(request.POST or None, request.FILES or None, units=communes_of(request.post, on=today()))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("imports:detail", code=_take(form.cleaned_data, request).code)
        except AnsinhError as error:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", str(error))
    batches = Batch.objects.select_related("unit").order_by("-id")[:30]
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "imports/home.html", {"form": form, "batches": batches}, status=status)


def _take(data: dict, request) -> Batch:
    common = {"layout": data["layout"], "unit": data["unit"], "month": data["month"], "by": request.post, "now": now()}
    if data["file"]:
        return operations.take_list(data=data["file"].read(), filename=data["file"].name, **common)
    return operations.take_paste(text=data["pasted"], **common)


@for_roles(*WHO)
def detail(request, code):
    """What was found in a list, row by row, by state; for htmx the rows alone."""
    batch = batch_of(code, waiting=True)
    if batch.settings.get("asks") and batch.state == "read":
        return redirect("imports:open", code=code)
    if not batch.layout:
        return redirect("imports:home")  # thrown away before it was opened
    counts = queries.counts(batch)
    state = request.GET.get("trang-thai") or next((s for s in ("problem", "unsure") if counts[s]), "")
    page = Paginator(_rows_of(batch, state), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    kind = kind_of(batch.layout)
    context = {
        "batch": batch,
        "kind": kind,
        "counts": counts,
        "states": [(key, label, counts[key]) for key, label in ROW.states.items()],
        "total": sum(counts.values()),
        "law_differs": queries.law_differs(batch.rows.all()).count(),
        "state": state,
        "page": page,
        "shown": [_shown(row, kind) for row in page],
        "paper": batch.settings.get("paper"),
        "month_form": MonthForm() if without_month(batch) and batch.state == "checked" else None,
        "signed_on": queries.paper_known(batch)["signed_on"],
        "can_commit": _can_commit(batch, counts),
        "can_undo": batch.state == "committed" and kind.undo is not None,
        "blocked": counts["problem"] + counts["unsure"],
        "steps": [("take", _("Chọn tệp")), ("check", _("Kiểm tra")), ("commit", _("Nạp vào sổ"))],
        "step": "done" if batch.state == "committed" else "check",
    }
    template = "imports/_rows.html" if request.htmx and not request.htmx.history_restore_request else "imports/detail.html"
    return TemplateResponse(request, template, context)


def _rows_of(batch: Batch, state: str):
    if state == LAW_DIFFERS:
        return queries.law_differs(batch.rows.all())
    return batch.rows.filter(state=state) if state in ROW.states else batch.rows.all()


def _shown(row, kind) -> dict:
    """A row as one line: the name, then its other cells as typed."""
    cells = [row.raw.get(column.key, "") for column in kind.layout.columns if column.key not in ("index", "name")]
    here = [c for c in row.candidates if c["in_scope"]]
    return {
        "row": row,
        "name": row.raw.get("name", ""),
        "cells": [str(cell) for cell in cells if str(cell).strip()],
        "candidates": here,
        # Name, whole birth date and commune are equal and nobody else is like it: proposed, chosen only when the officer sends it.
        "proposed": here[0]["person_id"] if len(here) == 1 and here[0]["score"] >= SURE_ENOUGH_TO_PROPOSE else None,
    }


def _can_commit(batch: Batch, counts: dict[str, int]) -> bool:
    has_paper = bool(batch.settings.get("paper")) or not kind_of(batch.layout).needs_decision
    is_open = batch.state in ("checked", "committed")
    return is_open and has_paper and not without_month(batch) and counts["ready"] > 0 and not counts["problem"] + counts["unsure"]


@for_roles(*WHO)
def problem_file(request, code):
    """The list back as a workbook, with the problem beside each row."""
    batch = batch_of(code)
    journal.note_read(by=request.post.actor, act="export_problems", noun="batch", key=batch.code, at=now())
    response = HttpResponse(problem_workbook(batch), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug(batch.title)}-loi.xlsx"'
    return response


@for_roles(*WHO)
def paper(request, code):
    """The decision behind the list."""
    batch = batch_of(code)
    form = PaperForm(request.POST or None, initial=queries.paper_known(batch))
    if request.method == "POST" and form.is_valid():
        try:
            operations.describe_paper(batch=batch, by=request.post, now=now(), **form.cleaned_data)
            return redirect("imports:detail", code=code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    return TemplateResponse(request, "imports/paper.html", {"batch": batch, "form": form}, status=422 if form.errors else 200)


@require_POST
@for_roles(*WHO)
def month(request, code):
    """The month of a list that names none."""
    batch, form = batch_of(code), MonthForm(request.POST)
    if form.is_valid():
        try:
            operations.set_month(batch=batch, month=form.cleaned_data["month"], by=request.post, now=now())
        except AnsinhError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, form.errors["month"][0])
    return redirect("imports:detail", code=code)


@for_roles(*WHO)
def row(request, code, number):
    """One row: its cells, its problems, who it is about, and what may be done with it."""
    batch = batch_of(code)
    found = get_object_or_404(batch.rows, number=number)
    kind = kind_of(batch.layout)
    cells = CellsForm(request.POST if request.POST.get("act") == "correct" else None, row=found, kind=kind)
    reason = ReasonForm(request.POST if request.POST.get("act") in ("set_aside", "drop") else None)
    if request.method == "POST":
        try:
            if _act_on_row(request, found, cells, reason):
                return redirect("imports:row" if found.state == "problem" else "imports:detail", code=code, **_number(found))
        except AnsinhError as error:
            messages.error(request, str(error))
    context = {"batch": batch, "row": found, "cells": cells, "reason": reason, "kind": kind}
    return TemplateResponse(request, "imports/row.html", context, status=422 if request.method == "POST" else 200)


def _number(found) -> dict:
    return {"number": found.number} if found.state == "problem" else {}


def _key(text: str) -> int | None:
    """The key of a row as it came in: plain digits, no more than the database keeps."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def _act_on_row(request, found, cells: CellsForm, reason: ReasonForm) -> bool:
    """Do the act of the button pressed. False when its form has errors."""
    act, who = request.POST.get("act"), {"by": request.post, "now": now()}
    if act == "correct" and cells.is_valid():
        found.state = operations.correct_row(row=found, cells=cells.cleaned_data, **who).state
    elif act == "choose":
        chosen = request.POST.get("person", "")
        if chosen not in ("", "moi") and _key(chosen) is None:
            raise InvalidInput(_("Người được chọn không có trong danh sách gợi ý của dòng này."))
        operations.choose_person(row=found, person_key=_key(chosen), **who)
    elif act == "bring_back":
        operations.bring_back(row=found, **who)
    elif act == "set_aside" and reason.is_valid():
        operations.set_aside(rows=[found], reason=reason.cleaned_data["reason"], **who)
    elif act == "drop" and reason.is_valid():
        operations.drop_row(row=found, reason=reason.cleaned_data["reason"], **who)
    else:
        return False
    return True


@require_POST
@for_roles(*WHO)
def set_aside_all(request, code):
    """Put every row that is not ready aside, with one reason."""
    batch = batch_of(code)
    rows = list(batch.rows.filter(state__in=["problem", "unsure"]).select_related("batch"))
    try:
        count = operations.set_aside(rows=rows, reason=request.POST.get("reason", ""), by=request.post, now=now())
        messages.success(request, _("Đã để %(count)d dòng chờ bổ sung.") % {"count": count})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("imports:detail", code=code)


@for_roles(*WHO)
def commit(request, code):
    """Its own page: what will be written, then the button."""
    batch = batch_of(code)
    counts = queries.counts(batch)
    if request.method == "POST" and _can_commit(batch, counts):
        if counts["ready"] > COMMIT_IN_BACKGROUND:
            title = f"Nạp danh sách {batch.title}"
            job = jobs.start(kind="commit_list", title=title, arguments={"batch": batch.id}, by=request.post, now=now())
            return redirect("jobs:detail", code=job.code)
        try:
            operations.commit_batch(batch=batch, by=request.post, now=now())
            messages.success(request, _("Đã nạp danh sách."))
        except AnsinhError as error:
            messages.error(request, str(error))
            operations.recheck_batch(batch=batch, by=request.post, now=now())
        return redirect("imports:detail", code=code)
    context = {"batch": batch, "counts": counts, "paper": batch.settings.get("paper"), "can_commit": _can_commit(batch, counts)}
    context["signed_on"] = queries.paper_known(batch)["signed_on"]
    context["kind"] = kind_of(batch.layout)
    context["law_differs"] = queries.law_differs(batch.rows.filter(state="ready")).count()
    return TemplateResponse(request, "imports/commit.html", context)


@require_POST
@for_roles(*WHO)
def choose(request, code):
    """Who the unsure rows are about, for a whole page of them at once."""
    choices = {
        number: _key(value)
        for name, value in request.POST.items()
        if name.startswith("dong-")
        and (number := _key(name.removeprefix("dong-"))) is not None
        and (_key(value) is not None or value == "moi")
    }
    try:
        count = operations.choose_people(batch=batch_of(code), choices=choices, by=request.post, now=now())
        messages.success(request, _("Đã ghi lựa chọn cho %(count)d dòng.") % {"count": count})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("imports:detail", code=code)


@require_POST
@for_roles(*WHO)
def recheck(request, code):
    """Examine the open rows anew, after the register changed."""
    try:
        operations.recheck_batch(batch=batch_of(code), by=request.post, now=now())
        messages.success(request, _("Đã kiểm tra lại các dòng chưa nạp."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("imports:detail", code=code)


@require_POST
@for_roles(*WHO)
def discard(request, code):
    """Throw a list away that was not committed."""
    try:
        operations.discard_batch(batch=batch_of(code, waiting=True), by=request.post, now=now())
        messages.success(request, _("Đã bỏ danh sách; tệp gốc vẫn được giữ."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect(reverse("imports:home"))


@for_roles(*WHO)
def waiting(request):
    """Every row still waiting to be completed."""
    page = Paginator(queries.waiting_rows(), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    return TemplateResponse(request, "imports/waiting.html", {"page": page})
