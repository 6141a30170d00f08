"""Nghị quyết của tỉnh: the list, one resolution with its effect, writing it, and the moves to its confirmation."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.files import operations as files
from ansinh.jobs import operations as jobs
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of, month_text
from ansinh.lawbook import operations, queries
from ansinh.lawbook.models import LineKind, Resolution, ResolutionLine
from ansinh.lawbook.resolutions.forms import AmountForm, EffectForm, FileForm, GroupForm, LevelForm, PaperForm
from ansinh.lawbook.resolutions.sample import sample
from ansinh.lawbook.resolutions.showing import effect_shown, lines_shown
from ansinh.lawbook.workflow import EDITABLE, RESOLUTION, WRITERS
from ansinh.localities.models import Level, Unit
from ansinh.localities.queries import predecessors

_EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)
_COUNTS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR)
_MOVES = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER)
_LINES = {
    "muc-chuan": (LevelForm, LineKind.LEVEL),
    "muc-tien": (AmountForm, LineKind.AMOUNT),
    "nhom": (GroupForm, LineKind.GROUP),
}


def _visible(request):
    """Whoever does not work on resolutions reads those that count, without the scanned paper: not every role may open files."""
    found = Resolution.objects.select_related("territory", "replaces", "written_by__user")
    return found.select_related("scan") if request.post.role in _COUNTS else found.filter(state="confirmed")


def _one(request, code: str) -> Resolution:
    return get_object_or_404(_visible(request), code=code)


@for_roles(*_EVERYONE)
def resolutions(request):
    """Every resolution, those that wait first."""
    found = sorted(_visible(request), key=lambda one: (one.state != "awaiting", -one.issued_on.toordinal(), -one.id))
    context = {"resolutions": found, "writes": request.post.role in WRITERS}
    return TemplateResponse(request, "lawbook/resolutions.html", context)


@for_roles(*_EVERYONE)
def resolution(request, code):
    """One resolution: what it sets in words, the floors, its effect, who did what, what may be done."""
    found = _one(request, code)
    role, counts = request.post.role, request.post.role in _COUNTS
    own = queries.worked_on(found, request.post)
    is_open = found.state in ("drafting", "returned", "awaiting")
    moves = {move.act for move in RESOLUTION.open_moves(found.state, role)} if counts else set()
    context = {
        "resolution": found,
        "lines": lines_shown(found, on=today()),
        "faults": queries.faults(found) if is_open else [],
        "beside": queries.beside(found) if is_open else [],
        "writes": found.state in EDITABLE and role in WRITERS,
        "counts": counts,
        "moves": moves - ({"confirm"} if own else {"recall"}),
        "own": own and "confirm" in moves,
        "steps": found.steps.select_related("post__user").order_by("-id") if counts else (),
        "heirs": found.replaced_by.filter(state="confirmed"),
        "effect": effect_shown(found, request.post) if counts else None,
        "effect_form": EffectForm(initial={"month": _month(found, today())}),
    }
    return TemplateResponse(request, "lawbook/resolution.html", context)


def _month(found: Resolution, on: date) -> date:
    """The month whose effect is asked: this one, or the first or last one that the resolution reaches."""
    month = max(found.applies_to_months_from, month_of(on))
    return found.applies_to_months_from if found.until and month >= found.until else month


@for_roles(*WRITERS)
def new_resolution(request):
    """Its head first; then, one by one, what it sets."""
    form = PaperForm(request.POST or None, request.FILES or None, territories=_territories(request))
    if request.method == "POST" and form.is_valid():
        made = _saved(request, form, None)
        if made:
            messages.success(request, _("Đã ghi phần đầu nghị quyết. Thêm từng nội dung nghị quyết quy định ở dưới."))
            return redirect("lawbook:resolution", code=made.code)
    return TemplateResponse(request, "lawbook/resolution_paper.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*WRITERS)
def edit_resolution(request, code):
    """Correct its head while it is being written."""
    found = _one(request, code)
    form = PaperForm(request.POST or None, request.FILES or None, territories=_territories(request), found=found)
    if request.method == "POST" and form.is_valid() and _saved(request, form, found):
        return redirect("lawbook:resolution", code=code)
    context = {"form": form, "resolution": found}
    return TemplateResponse(request, "lawbook/resolution_paper.html", context, status=422 if form.errors else 200)


def _territories(request):
    """The province of the post, and those that became part of it."""
    home = request.post.office.unit
    found = Unit.objects.filter(level=Level.PROVINCE, id__in=predecessors(home) if home else ())
    return found.order_by("-period")


def _saved(request, form: PaperForm, found: Resolution | None) -> Resolution | None:
    """The resolution after its head was written; None where it was refused, with the reason in the form."""
    try:
        common = {"paper": form.paper(), "by": request.post, "now": now(), "scan": _scan(request, form)}
        if found:
            return operations.amend_resolution(resolution=found, **common)
        return operations.write_resolution(**common)
    except AnsinhError as error:
        field = getattr(error, "field", None)
        form.add_error({"until": "last_month"}.get(field, field) if field in (*form.fields, "until") else None, str(error))
        return None


def _scan(request, form: PaperForm):
    upload = form.cleaned_data["scan"]
    if not upload:
        return None
    unit = request.post.office.unit
    return files.store_scan(name=upload.name, data=upload.read(), purpose="resolution", unit=unit, by=request.post, now=now())


@for_roles(*WRITERS)
def add_line(request, code, kind):
    """Add one thing the resolution sets; what lies below a floor is refused here already."""
    if kind not in _LINES:
        raise Http404
    found, (shape, line_kind) = _one(request, code), _LINES[kind]
    form = shape(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_line(resolution=found, line=form.line(), by=request.post, now=now())
            return redirect("lawbook:resolution", code=code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    context = {"resolution": found, "form": form, "kind": line_kind}
    return TemplateResponse(request, "lawbook/resolution_line.html", context, status=422 if form.errors else 200)


@for_roles(*WRITERS)
@require_POST
def remove_line(request, code, line):
    """Take one thing out again."""
    found = get_object_or_404(ResolutionLine.objects.select_related("resolution"), resolution__code=code, pk=line)
    return _done(request, code, lambda: operations.remove_line(line=found, by=request.post, now=now()), _("Đã bỏ nội dung."))


@for_roles(*WRITERS)
def from_file(request):
    """A whole resolution from a file; each fault is told with its line."""
    form = FileForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.take_resolution_file(data=form.data_given(), by=request.post, now=now())
            messages.success(request, _("Đã đọc tệp. Đối chiếu từng nội dung với văn bản trước khi trình."))
            return redirect("lawbook:resolution", code=made.code)
        except AnsinhError as error:
            faults = str(error).splitlines()
    status = 422 if form.errors or faults else 200
    context = {"form": form, "faults": faults, "sample": sample(_territories(request).first())}
    return TemplateResponse(request, "lawbook/resolution_file.html", context, status=status)


@for_roles(*WRITERS)
def sample_file(request):
    """A file to start from; nothing in it is anybody's resolution."""
    response = HttpResponse(sample(_territories(request).first()), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="nghi-quyet-mau.yaml"'
    return response


@for_roles(*_MOVES)
@require_POST
def count_effect(request, code):
    """Ask for the effect to be counted; it is background work with progress."""
    found, form = _one(request, code), EffectForm(request.POST)
    if found.state == "confirmed" or not form.is_valid():
        messages.error(request, _("Ghi tháng cần tính, ví dụ 11/2026; nghị quyết đã xác nhận không tính lại."))
        return redirect("lawbook:resolution", code=code)
    month = form.cleaned_data["month"]
    job = jobs.start(
        kind="resolution_effect",
        title=_("Tác động của nghị quyết số %(number)s, tháng %(month)s") % {"number": found.number, "month": month_text(month)},
        arguments={"resolution": found.id, "month": f"{month:%Y-%m}"},
        by=request.post,
        now=now(),
    )
    return redirect("jobs:detail", code=job.code)


@for_roles(*_MOVES)
@require_POST
def move(request, code, act):
    """Propose, confirm, return, take back or withdraw."""
    found, common = _one(request, code), {"by": request.post, "now": now()}
    note = request.POST.get("note", "")
    acts = {
        "trinh": (lambda: operations.propose_resolution(resolution=found, **common), _("Đã trình; chờ người khác xác nhận.")),
        "xac-nhan": (
            lambda: operations.confirm_resolution(resolution=found, **common),
            _("Đã xác nhận; từ nay luật tính theo nghị quyết này. Sổ hưởng chỉ đổi khi quyết định được ký."),
        ),
        "tra-lai": (lambda: operations.return_resolution(resolution=found, note=note, **common), _("Đã trả lại.")),
        "lay-lai": (
            lambda: operations.recall_resolution(resolution=found, note=note, **common),
            _("Đã lấy lại; sửa rồi trình lại."),
        ),
        "rut": (lambda: operations.withdraw_resolution(resolution=found, note=note, **common), _("Đã rút nghị quyết.")),
    }
    if act not in acts:
        raise Http404
    return _done(request, code, *acts[act])


def _done(request, code: str, what, told: str):
    try:
        what()
        messages.success(request, told)
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("lawbook:resolution", code=code)
