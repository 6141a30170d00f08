"""The payer's doors: files given to it, results sent back, stop-payment requests answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.documents.queries import paper_of
from ansinh.files.kinds import PDF
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.payments import operations
from ansinh.payments.exports import signing_pdf
from ansinh.payments.forms import HandoverFilter, ReturnForm, StopAnswerForm
from ansinh.payments.models import Handover, PayerReturn, StopRequest
from ansinh.payments.operations.minutes import PRINTS_MINUTES
from ansinh.payments.papers import HANDOVER_MINUTES

_SENDS = (Role.PAYER, Role.COMMUNE_OFFICER, Role.ACCOUNTANT)
READS = (
    *_SENDS, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.CLERK, Role.DIVISION_OFFICER, Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip


_COLUMNS = (
    Column("xa", gettext_lazy("Xã, phường")),
    Column("thang", gettext_lazy("Tháng")),
    Column("cach", gettext_lazy("Hình thức")),
    Column("dong", gettext_lazy("Dòng"), numeric=True),
    Column("tien", gettext_lazy("Số tiền (đồng)"), numeric=True),
    Column("kq", gettext_lazy("Kết quả")),
)
_SORTS = {
    "thang": ("-list__run__benefit_month", "-id"),
    "xa": ("unit__name_folded", "-id"),
    "tien": ("total_vnd", "id"),
    "dong": ("count", "id"),
}


def payer_home(request):
    """The files given to this payer, those it has not answered first to be found; and requests to stop."""
    form = HandoverFilter(request.GET)
    found = _filtered(form.cleaned_data if form.is_valid() else {})
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=lambda one: one.unit.name)
    stops = StopRequest.objects.filter(acknowledged_at__isnull=True).select_related("line", "unit").order_by("id")
    return render_list(request, "payments/payer.html", "payments/_payer_rows.html", {"listing": listing, "stops": stops})


def _filtered(data: dict) -> QuerySet[Handover]:
    answered = Exists(PayerReturn.objects.filter(handover=OuterRef("pk"), taken__gt=0))
    found = Handover.objects.select_related("unit", "list__run").annotate(answered=answered)
    if data.get("tim"):
        found = found.filter(Q(unit__name_folded__contains=fold(data["tim"])) | Q(code__iexact=data["tim"].strip()))
    if data.get("thang"):
        found = found.filter(list__run__benefit_month=data["thang"])
    if data.get("cach"):
        found = found.filter(method=data["cach"])
    if data.get("ket_qua"):
        found = found.filter(answered=data["ket_qua"] == "da-gui")
    return found


def _handover(code: str) -> Handover:
    return get_object_or_404(Handover.objects.select_related("unit", "payer", "list__run", "list__unit", "file"), code=code)


@for_roles(*READS)
def handover(request, code):
    """One file given to a payer: take it, send the result back, see what could not be taken."""
    found = _handover(code)
    form = ReturnForm(request.POST or None, request.FILES or None)
    may_send = request.post.role in _SENDS and found.list.state == "handed_over"
    if request.method == "POST" and not may_send:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            result = operations.take_return(handover=found, data=upload.read(), filename=upload.name, by=request.post, now=now())
            told = messages.warning if result.problems else messages.success
            told(request, _("Đã nhận %(n)d dòng; %(p)d vấn đề.") % {"n": result.taken, "p": len(result.problems)})
            return redirect("payments:handover", code=code)
        except AnsinhError as error:
            form.add_error("file", str(error))
    counted = dict(found.lines.values_list("state").annotate(n=Count("id")).order_by())
    states = {state: counted.get(state, 0) for state in ("due", "paid", "unpaid", "held")}
    context = {
        "handover": found,
        "form": form,
        "states": states,
        "returns": found.returns.select_related("answer").order_by("-id"),
        "unpaid": found.lines.filter(state="unpaid").only("code", "person_name", "return_note", "amount_vnd")[:200],
        "may_send": may_send,
        "prints_minutes": request.post.role in PRINTS_MINUTES,
        "minutes": None
        if request.post.role == Role.PAYER
        else paper_of(HANDOVER_MINUTES.key, noun="handover", about=found.code, is_open=False),
    }
    return TemplateResponse(request, "payments/handover.html", context, status=422 if form.errors else 200)


@for_roles(*READS)
def signing_sheet(request, code):
    """The large-print sheet to sign on, as PDF."""
    found = _handover(code)
    lines = found.lines.order_by("village_name", "sort_key", "person_id", "id")
    journal.note_read(by=request.post.actor, act="print_signing_sheet", noun="handover", key=found.code, at=now())
    response = HttpResponse(signing_pdf(found.list, lines, method=found.get_method_display()), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="ky-nhan-{found.code}.pdf"'
    return response


@require_POST
@for_roles(*PRINTS_MINUTES)
def minutes(request, code):
    """Print the minutes of the hand-over as a Word file; its PDF and its signature are on the page of the paper."""
    try:
        made = operations.print_minutes(handover=_handover(code), by=request.post, on=today(), now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("payments:handover", code=code)
    return redirect("documents:word", code=made.paper.code, number=made.number)


@for_roles(Role.PAYER)
def answer_stop(request, key):
    """Answer a stop-payment request."""
    found = get_object_or_404(StopRequest.objects.select_related("line", "unit"), pk=key)
    form = StopAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.acknowledge_stop(
                request=found,
                stopped=form.cleaned_data["stopped"] == "yes",
                note=form.cleaned_data["note"],
                by=request.post,
                now=now(),
            )
            messages.success(request, _("Đã trả lời yêu cầu dừng chi."))
            return redirect("payments:overview")
        except AnsinhError as error:
            form.add_error(None, str(error))
    return TemplateResponse(request, "payments/stop.html", {"stop": found, "form": form}, status=422 if form.errors else 200)
