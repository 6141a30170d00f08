"""The register of papers going out: the year's numbers, taken, typed, given back; searched, taken out, printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Office, OfficeKind, Post
from ansinh.database.clock import now, today
from ansinh.documents import operations
from ansinh.documents.exports import register_pdf, register_workbook
from ansinh.documents.forms import EntryForm, NumberingForm, RegisterFilter, SeriesForm, VoidForm
from ansinh.documents.models import OutgoingEntry, Source
from ansinh.documents.queries import KEEPERS, keeps_papers, numbering_on, series_of
from ansinh.documents.views.prints import LOOKS
from ansinh.files.kinds import PDF, XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("so", gettext_lazy("Số, ký hiệu"), value=str),
    Column("ngay", gettext_lazy("Ngày văn bản"), value=lambda e: e.dated_on),
    Column("trich_yeu", gettext_lazy("Tên loại, trích yếu"), value=lambda e: e.summary),
    Column("nguoi_ky", gettext_lazy("Người ký"), value=lambda e: e.signer),
    Column("noi_nhan", gettext_lazy("Nơi nhận"), value=lambda e: e.recipients),
    Column("tinh_trang", gettext_lazy("Tình trạng"), value=lambda e: e.void_reason),
)


def office_of(post: Post) -> Office:
    """Whose register and templates a post works with: a division's are those of the body it is a unit of."""
    return post.office.parent if post.office.kind == OfficeKind.DIVISION and post.office.parent else post.office


@for_roles(*LOOKS)
def register(request):
    """The register of the post's own office, newest first; filters stand in the address."""
    office = office_of(request.post)
    form = RegisterFilter(request.GET, years=_years(office))
    found = OutgoingEntry.objects.filter(office=office).select_related("paper", "taken_by__user", "voided_by__user")
    if form.is_valid():
        found = form.applied(found)
    listing = Listing(
        request, found, columns=_COLUMNS, form=form, name=str, exported=True,
        sorts={"moi": ("-id",), "ngay": ("dated_on", "id"), "so": ("year", "series", "number", "id")},
    )  # fmt: skip
    if request.GET.get("xuat") in ("xlsx", "pdf"):
        return _export(request, office, found.order_by("year", "series", "number", "id"))
    rule = numbering_on(office, today())
    context = {
        "listing": listing, "pdf_url": listing.address(xuat="pdf"), "office": office, "rule": rule, "own": rule is not None and rule.source == Source.OWN,
        "keeps": keeps_papers(request.post, office),
    }  # fmt: skip
    return render_list(request, "documents/register.html", "documents/_register_rows.html", context)


def _years(office: Office) -> list[int]:
    return list(OutgoingEntry.objects.filter(office=office).values_list("year", flat=True).distinct().order_by("-year"))


def _export(request, office: Office, found) -> HttpResponse:
    journal.note_read(by=request.post.actor, act="export", noun="outgoing_entry", key=office.code, at=now())
    as_pdf = request.GET["xuat"] == "pdf"
    data = (register_pdf if as_pdf else register_workbook)(office, found, now=now())
    response = HttpResponse(data, content_type=PDF if as_pdf else XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-van-ban-di.{"pdf" if as_pdf else "xlsx"}"'
    return response


@for_roles(*KEEPERS)
def entry(request):
    """Take a number for a paper written elsewhere, or write down one that was given elsewhere."""
    office = office_of(request.post)
    own = (rule := numbering_on(office, today())) is not None and rule.source == Source.OWN
    form = EntryForm(request.POST or None, own=own, initial={"dated_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = _enter(request, office, own, form.cleaned_data)
            messages.success(request, _("Đã ghi sổ: %(symbol)s.") % {"symbol": made.symbol})
            return redirect("documents:register")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {"form": form, "own": own, "office": office}
    return TemplateResponse(request, "documents/entry.html", context, status=422 if form.errors else 200)


def _enter(request, office: Office, own: bool, data: dict) -> OutgoingEntry:
    known = {
        "office": office, "kind": data["kind"], "summary": data["summary"], "on": data["dated_on"], "by": request.post, "now": now(),
        "signer": data["signer"], "recipients": data["recipients"],
    }  # fmt: skip
    if own:
        return operations.take_number(symbol=data["symbol"].upper(), **known)
    return operations.register_typed(symbol=data["number"], **known)


@for_roles(*KEEPERS)
def void(request, code):
    """Give a number back with its reason; it stays in the register."""
    found = get_object_or_404(OutgoingEntry.objects.select_related("office", "paper"), code=code)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.void_entry(entry=found, reason=form.cleaned_data["reason"], by=request.post, now=now())
            messages.success(request, _("Đã bỏ số %(symbol)s; số này không cấp lại.") % {"symbol": found.symbol})
            return redirect("documents:register")
        except AnsinhError as error:
            form.add_error(None, str(error))
    context = {"entry": found, "form": form}
    return TemplateResponse(request, "documents/void.html", context, status=422 if form.errors else 200)


@for_roles(*KEEPERS)
def numbering(request):
    """How the office numbers its papers: from this register, or typed; and where the year's series goes on."""
    office = office_of(request.post)
    rule = numbering_on(office, today())
    given = {"source": rule.source if rule else Source.TYPED, "per_kind": rule.per_kind if rule else True, "since": today()}
    form = NumberingForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_numbering(office=office, by=request.post, now=now(), **form.cleaned_data)
            messages.success(request, _("Đã đặt cách đánh số."))
            return redirect("documents:numbering")
        except AnsinhError as error:
            form.add_error("since", str(error))
    context = {
        "form": form, "office": office, "rule": rule, "series_form": SeriesForm(initial={"year": today().year, "symbol": "QĐ"}),
        "series": series_of(office), "own": rule is not None and rule.source == Source.OWN,
    }  # fmt: skip
    return TemplateResponse(request, "documents/numbering.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*KEEPERS)
def start(request):
    """Go on after the last number of the paper register."""
    form = SeriesForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("documents:numbering")
    data = form.cleaned_data
    try:
        operations.start_series(
            office=office_of(request.post),
            year=data["year"],
            symbol=data["symbol"].upper(),
            last=data["last"],
            by=request.post,
            now=now(),
        )
        messages.success(request, _("Số tiếp theo là %(number)d.") % {"number": data["last"] + 1})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("documents:numbering")
