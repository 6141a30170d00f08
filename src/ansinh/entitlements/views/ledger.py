"""The ledger on a day, and "Vì sao?" of one of its lines."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.access.queries import communes_of, sees_sensitive
from ansinh.database.clock import now, today
from ansinh.entitlements.exports import ledger_workbook
from ansinh.entitlements.forms import LEDGER_STATES, LedgerFilter
from ansinh.entitlements.models import Benefit, Entitlement
from ansinh.entitlements.queries import explanation_for, holds_sensitive, is_sensitive, on_paper, on_screen, with_papers
from ansinh.entitlements.views.decisions import LOOKS
from ansinh.entitlements.views.insurance import SEES_INSURANCE
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.kernel.periods import month_of
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("ma", _("Mã dòng sổ")),
    Column("ten", _("Họ và tên")),
    Column("loai", _("Loại đối tượng")),
    Column("he_so", _("Hệ số"), numeric=True),
    Column("muc", _("Mức (đồng)"), numeric=True),
    Column("tu", _("Từ tháng")),
    Column("qd", _("Quyết định")),
)
_SORTS = {"ten": ("person__sort_key", "id"), "muc": ("amount_vnd", "id"), "tu": ("months", "id")}


@for_roles(*LOOKS)
def ledger(request):
    """Who receives what on a day."""
    form = LedgerFilter(request.GET, units=communes_of(request.post, on=today()), tells=sees_sensitive(request.post))
    day = (form.cleaned_data.get("ngay") if form.is_valid() else None) or today()
    month, data = month_of(day), form.cleaned_data if form.is_valid() else {}
    found = _filtered(_of_state(data.get("trang_thai", ""), month, data.get("che_do", "")), data).select_related(
        "person", "cared_for", "unit"
    )
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(
            by=request.post.actor, act="export", noun="entitlement", key="", detail={"on": day.isoformat()}, at=now()
        )
        rows = list(found.order_by("unit", "person__sort_key", "id"))
        response = HttpResponse(ledger_workbook(rows, day, on_paper(found, request.post)), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="so-huong-{day:%Y-%m-%d}.xlsx"'
        return response
    listing = Listing(
        request, found, columns=_COLUMNS, sorts=_SORTS, form=form, exported=True, name=lambda entry: entry.person.full_name
    )
    _name(request, with_papers(listing.rows))
    whole = found.aggregate(people=Count("person", distinct=True), money=Sum("amount_vnd"))
    context = {"listing": listing, "on": day, "whole": whole, "left_out": _left_out(data, month)}
    context["sees_insurance"] = request.post.role in SEES_INSURANCE
    return render_list(request, "entitlements/ledger.html", "entitlements/_ledger_rows.html", context)


def _of_state(state: str, month: date, benefit: str = ""):
    """Who is paid each month; or those the figures leave out. What is given once, for a funeral, is asked for by its benefit."""
    entries = Entitlement.objects.all()
    match state:
        case "tam-dung":
            return entries.suspended(month)
        case "da-mat":
            return entries.left_by_death(month)
        case "tat-ca":
            return entries.running(month)
    return entries.running(month) if benefit == Benefit.FUNERAL else entries.in_force(month).exclude(benefit=Benefit.FUNERAL)


def _left_out(data: dict, month: date) -> list[tuple[str, str, int]]:
    """(state, its words, how many lines) of what stands beside the lines in force."""
    if data.get("trang_thai"):
        return []
    counted = [(key, words, _filtered(_of_state(key, month), data).count()) for key, words in LEDGER_STATES[1:3]]
    return [row for row in counted if row[2]]


def _name(request, rows) -> None:
    """Name the grounds as this post may read them; telling a sensitive one is noted."""
    naming = on_screen(request.post)
    for entry in rows:
        entry.category_label, entry.point = naming.category(entry), naming.code(entry)
    if naming.tells and any(is_sensitive(entry.category) for entry in rows):
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="entitlement", key="", at=now())


def _filtered(found, data: dict):
    if data.get("xa"):
        found = found.filter(unit=data["xa"])
    if data.get("che_do"):
        found = found.filter(benefit=data["che_do"])
    if data.get("nhom"):
        found = found.filter(category=data["nhom"])
    if data.get("tim"):
        found = found.filter(person__name_folded__contains=fold(data["tim"]))
    return found


@for_roles(*LOOKS)
def why(request, code):
    """Why this line has this sum: the decision behind it, and what the law gives the person this month."""
    entry = get_object_or_404(Entitlement.objects.select_related("person", "unit"), code=code)
    with_papers([entry])
    month = month_of(today())
    context = {"entry": entry, "point": on_screen(request.post).code(entry), "why": _why(request, entry, month), "month": month}
    template = "entitlements/_why.html" if request.htmx else "entitlements/why.html"
    return TemplateResponse(request, template, context)


def _why(request, entry: Entitlement, month):
    """The panel, for those who may read every ground; what may tell an illness is noted."""
    if not sees_sensitive(request.post):
        return None
    if holds_sensitive(entry.person.entitlements.all()) or entry.person.circumstances.filter(is_sensitive=True).exists():
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=entry.person.code, at=now())
    return explanation_for(entry.person, month)
