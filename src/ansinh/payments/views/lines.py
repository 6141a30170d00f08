"""Lines of a list, one line, and the people behind each reason of the difference."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.entitlements.queries import is_sensitive, on_screen
from ansinh.files.kinds import PDF, XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.payments import operations, queries
from ansinh.payments.exports import approval_pdf, changes_workbook, lines_workbook
from ansinh.payments.forms import LineFilter, NoteForm
from ansinh.payments.models import PaymentLine
from ansinh.payments.queries.comparing import REASONS
from ansinh.payments.views.lists import LOOKS, list_of

_COLUMNS = (
    Column("ma", _("Mã dòng")),
    Column("ten", _("Họ và tên")),
    Column("thon", _("Thôn")),
    Column("thang", _("Cho tháng")),
    Column("loai", _("Loại")),
    Column("tien", _("Số tiền (đồng)"), numeric=True),
    Column("tt", _("Tình trạng")),
)
_SORTS = {"ten": ("person__sort_key", "id"), "thon": ("village_name", "id"), "tien": ("amount_vnd", "id")}


@for_roles(*LOOKS)
def lines(request, code):
    """Every line of a list, searched and filtered."""
    found = list_of(code)
    villages = found.lines.exclude(village_name="").order_by("village_name").values_list("village_name", flat=True).distinct()
    form = LineFilter(request.GET, villages=villages)
    rows = found.lines.select_related("person")
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    listing = Listing(request, rows, columns=_COLUMNS, sorts=_SORTS, form=form, exported=True, name=lambda line: line.person_name)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="payment_line", key=found.code, at=now())
        response = HttpResponse(lines_workbook(found, rows.order_by(*listing.order)), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{found.code}-cac-dong.xlsx"'
        return response
    whole = rows.exclude(state="held").aggregate(people=Count("person", distinct=True), money=Sum("amount_vnd"))
    context = {"list": found, "listing": listing, "whole": whole}
    return render_list(request, "payments/lines.html", "payments/_line_rows.html", context)


def _filtered(rows, data: dict):
    if text := data["tim"]:
        rows = rows.filter(Q(person__name_folded__contains=fold(text)) | Q(code__iexact=text))
    if data["trang_thai"]:
        rows = rows.filter(state=data["trang_thai"])
    if data["loai"]:
        rows = rows.filter(kind=data["loai"])
    if data["cach"]:
        rows = rows.filter(method=data["cach"])
    if data["thon"]:
        rows = rows.filter(village_name=data["thon"])
    return rows


@for_roles(*LOOKS)
def changes(request, code):
    """The people behind a reason, or behind all of them; as a page or a workbook."""
    found = list_of(code)
    comparison = queries.comparison(found)
    reason = request.GET.get("ly-do", "")
    rows = [change for change in comparison.changes if not reason or change.reason == reason]
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export_changes", noun="payment_list", key=found.code, at=now())
        response = HttpResponse(changes_workbook(found, rows), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{found.code}-tang-giam.xlsx"'
        return response
    for row in rows:
        row.label = REASONS[row.reason]
    context = {"list": found, "rows": rows, "label": REASONS.get(reason, _("Tăng, giảm so với tháng trước")), "reason": reason}
    return TemplateResponse(request, "payments/changes.html", context)


_DONE = {
    "hold": _("Đã dừng chi dòng này."),
    "release": _("Đã bỏ dừng chi."),
    "stop": _("Đã gửi yêu cầu dừng chi; tổ chức chi trả trả lời ở đây."),
}


@for_roles(*LOOKS)
def line(request, code):
    """One line: what it is for, its history, and holding or stopping it."""
    found = get_object_or_404(
        PaymentLine.objects.select_related(
            "list__run",
            "unit",
            "person",
            "entitlement__granted_by__decision",
            "item__decision",
            "corrects",
            "carried_from",
            "handover__payer",
        ),
        code=code,
    )
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = {"hold": operations.hold_line, "release": operations.release_line, "stop": operations.request_stop}.get(
            request.POST.get("act", "")
        )
        try:
            if act:
                act(line=found, reason=form.cleaned_data["note"], by=request.post, now=now())
                messages.success(request, _DONE[request.POST["act"]])
                return redirect("payments:line", code=code)
        except AnsinhError as error:
            messages.error(request, str(error))
    writes = request.post.role in ("commune_officer", "commune_head")
    open_list = found.list.state in ("proposed", "checking")
    context = {
        "line": found,
        "point": _point(request, found),
        "paper": (found.item and found.item.decision) or (found.entitlement and found.entitlement.granted_by.decision),
        "form": form,
        "stop": getattr(found, "stop_request", None),
        "may_hold": writes and open_list and found.state == "due",
        "may_release": writes and found.list.state == "proposed" and found.state == "held",
        "may_stop": writes and found.handover_id and found.state == "due" and not hasattr(found, "stop_request"),
    }
    return TemplateResponse(request, "payments/line.html", context, status=422 if form.errors else 200)


def _point(request, found: PaymentLine) -> str:
    """The point of the decree, for those who may read it; telling a sensitive one is noted."""
    naming = on_screen(request.post)
    if naming.tells and is_sensitive(found.category):
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="payment_line", key=found.code, at=now())
    return naming.code(found)


@for_roles(*LOOKS)
def approval_sheet(request, code):
    """The paper to sign: every line to be paid, by village, with the sum in words and the signatures."""
    found = list_of(code)
    rows = found.lines.exclude(state="held").order_by("village_name", "sort_key", "person_id", "id")
    journal.note_read(by=request.post.actor, act="export", noun="payment_list", key=found.code, at=now())
    response = HttpResponse(approval_pdf(found, rows), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{found.code}-trinh-ky.pdf"'
    return response
