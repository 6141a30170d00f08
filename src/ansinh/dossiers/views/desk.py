"""The desk, and who carries how much."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Post, Role
from ansinh.access.queries import communes_of, stood_in_for
from ansinh.database.clock import now, today
from ansinh.dossiers import queries
from ansinh.dossiers.exports import desk_workbook, load_workbook
from ansinh.dossiers.forms import DeskFilter
from ansinh.dossiers.workflow import OFFICERS
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
_COLUMNS = (
    Column("han", _("Hạn trả")),
    Column("ten", _("Người đề nghị")),
    Column("nhan", _("Ngày nhận")),
    Column("buoc", _("Bước")),
    Column("nguoi", _("Người xử lý")),
)
_SORTS = {"han": ("due_on", "id"), "ten": ("sort_key", "id"), "nhan": ("-received_on", "-id"), "buoc": ("state", "id")}
EXPORT_LIMIT = 50_000
_COUNTED_TO = 100_000  # a commune's whole archive; a province's need not be counted to the last one each time


@for_roles(*LOOKS)
def desk(request):
    """Dossiers by part of the desk; the most urgent first, filters in the address."""
    on = today()
    form = DeskFilter(request.GET, units=communes_of(request.post, on=on), holders=_holders(request.post, on))
    data = form.cleaned_data if form.is_valid() else {}
    away = {absence.post_id for absence in stood_in_for(request.post, on=on)}
    # A step after the answer lies in no part of the desk: asked for by itself, it is looked for everywhere.
    tray = data.get("xem") or ("tat-ca" if data.get("buoc") else "")
    found = _filtered(queries.desk(tray, post=request.post, on=on, instead=away), data)
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=str, counted_to=_COUNTED_TO, exported=True)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="dossier", key="", at=now())
        response = HttpResponse(desk_workbook(found.order_by(*listing.order)[:EXPORT_LIMIT]), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="ho-so.xlsx"'
        return response
    context = {
        "listing": listing,
        "on": on,
        "late": {one.pk for one in listing.rows if one.is_late(on)},
        "trays": queries.trays(post=request.post, on=on, instead=away),
        "away": away,
        "tray": data.get("xem", ""),
        "may_open": queries.may_open(request.post),
        "everywhere": "" if tray == "tat-ca" else _everywhere(request),
    }
    return render_list(request, "dossiers/desk.html", "dossiers/_desk_rows.html", context)


def _everywhere(request) -> str:
    """The same question asked of all dossiers, answered ones too."""
    asked = request.GET.copy()
    asked["xem"] = "tat-ca"
    return f"?{asked.urlencode()}"


def _holders(post: Post, on: date):
    """Colleagues who hold dossiers."""
    return Post.objects.on(on).filter(office=post.office_id, role__in=OFFICERS).select_related("user").order_by("id")


def _filtered(found, data: dict):
    if data.get("nguoi"):
        found = found.filter(holder=data["nguoi"])
    if data.get("buoc"):
        found = found.filter(state=data["buoc"])
    if data.get("han"):
        found = found.filter(due_on=data["han"])
    if data.get("thu_tuc"):
        found = found.filter(procedure=data["thu_tuc"])
    if data.get("xa"):
        found = found.filter(unit=data["xa"])
    if text := data.get("tim"):
        code = Q(code__iexact=text) | Q(one_stop_code__icontains=text)
        found = found.filter(code | Q(name_folded__contains=fold(text)))
    return found


@for_roles(*LOOKS)
def load(request):
    """Load per officer and per step, and the share on time by commune and procedure since the year began."""
    on = today()
    first = date(on.year, 1, 1)
    loads, shares = queries.loads(on=on), queries.shares(first=first, last=on, on=on)
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="dossier", key="", at=now())
        response = HttpResponse(load_workbook(loads, shares, first=first, last=on), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="tien-do.xlsx"'
        return response
    context = {
        "loads": loads,
        "shares": shares,
        "steps": queries.by_step(on=on),
        "first": first,
        "on": on,
        "own": request.post.office.name,
    }
    return TemplateResponse(request, "dossiers/load.html", context)
