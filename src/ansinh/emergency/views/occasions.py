"""Occasions: the list, opening one, one with where each commune stands, and the urgent case on one page."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.emergency import operations, queries
from ansinh.emergency.exports import places_workbook
from ansinh.emergency.forms import EventForm, GiftsForm, OccasionFilter, UrgentForm, VisitForm, villages_of
from ansinh.emergency.line_forms import LineForm
from ansinh.emergency.models import AidKind, Cause, Occasion, OccasionKind
from ansinh.emergency.models.aid import HOUSES, RELIEF_KINDS
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion
from ansinh.emergency.views.answering import LOOKS, form_page, handed_out, put_error
from ansinh.emergency.workflow import OFFICERS, OPENERS
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("ngay", gettext_lazy("Từ ngày")),
    Column("ten", gettext_lazy("Đợt")),
    Column("loai", gettext_lazy("Loại")),
    Column("ds", gettext_lazy("Danh sách"), numeric=True),
    Column("con", gettext_lazy("Chưa quyết toán"), numeric=True),
)
_SORTS = {"ngay": ("-first_day", "id"), "ten": ("name", "id")}


@for_roles(*LOOKS)
def occasions(request):
    """Events, rounds and visits this place has to do with, the newest first."""
    form = OccasionFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    found = _of(communes_of(request.post, on=today())).annotate(
        n=Count("lists"), waiting=Count("lists", filter=~Q(lists__state="accounted"))
    )
    if data.get("loai"):
        found = found.filter(kind=data["loai"])
    if data.get("nam"):
        found = found.filter(first_day__year=data["nam"])
    if data.get("tim"):
        found = found.filter(name__icontains=data["tim"])
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=str)
    context = {"listing": listing, "may_open": request.post.role in OPENERS, "may_urgent": request.post.role in OFFICERS}
    return render_list(request, "emergency/occasions.html", "emergency/_occasion_rows.html", context)


def _of(units):
    """Occasions of the whole province, and those of these communes."""
    return Occasion.objects.filter(Q(unit=None) | Q(unit__in=units))


def _back() -> tuple[str, str]:
    return reverse("emergency:occasions"), _("Trợ giúp khẩn cấp, quà tặng")


def _open(request, form, kind: str, title: str):
    """Open an occasion; a commune goes on to its list, the division to the occasion."""

    def act() -> str:
        made = operations.open_occasion(new=NewOccasion(kind=kind, **form.cleaned_data), by=request.post, now=now())
        own = made.lists.first() if made.unit_id else None
        return reverse("emergency:list", args=[own.code]) if own else reverse("emergency:occasion", args=[made.code])

    return form_page(request, form, act, title=title, button=_("Lập đợt"), back=_back())


@for_roles(*OPENERS)
def open_event(request):
    """A disaster, an accident, want."""
    return _open(request, EventForm(request.POST or None), OccasionKind.RELIEF, _("Sự kiện cần trợ giúp khẩn cấp"))


@for_roles(*OPENERS)
def open_gifts(request):
    """A round of gifts."""
    return _open(request, GiftsForm(request.POST or None), OccasionKind.GIFTS, _("Đợt quà mới"))


@for_roles(*OPENERS)
def open_visit(request):
    """A visit of leaders."""
    return _open(request, VisitForm(request.POST or None), OccasionKind.VISIT, _("Đoàn lãnh đạo thăm, tặng quà"))


@for_roles(*LOOKS)
def occasion(request, code):
    """One occasion: what it is, where each commune stands, what each has not settled."""
    units = list(communes_of(request.post, on=today()))
    found = get_object_or_404(_of(units).select_related("unit", "opened_by__user"), code=code)
    rows = queries.places(found, units)
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="occasion", key=found.code, at=now())
        return handed_out(places_workbook(found, rows), f"{found.code}.xlsx", XLSX)
    context = {
        "occasion": found,
        "rows": rows,
        "total": {
            "lines": sum(row.lines for row in rows), "vnd": sum(row.amount_vnd for row in rows), "kg": sum(row.rice_kg for row in rows),
            "given": sum(row.given for row in rows), "waiting": sum(row.waiting for row in rows),
        },
        "may_list": request.post.role in OFFICERS and (found.unit_id is None or found.unit in units),
    }  # fmt: skip
    return TemplateResponse(request, "emergency/occasion.html", context)


@for_roles(*OFFICERS)
@require_POST
def open_list(request, code):
    """The list of my commune, or a further one for those who came late."""
    units = communes_of(request.post, on=today())
    found, unit = get_object_or_404(_of(units), code=code), get_object_or_404(units)
    try:
        made = operations.open_list(occasion=found, unit=unit, by=request.post, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("emergency:occasion", code=code)
    return redirect("emergency:list", code=made.code)


@for_roles(*OFFICERS)
def urgent(request):
    """One urgent case on one page: what happened, to whom, why at once."""
    villages = villages_of(request.post.office.unit_id)
    form, line = (
        UrgentForm(request.POST or None),
        LineForm(request.POST or None, kind=kind_of(request), villages=villages, prefix="ho"),
    )
    del line.fields["happened_on"]  # the day of the event says it
    valid = request.method == "POST" and form.is_valid()
    if request.method == "POST" and line.is_valid() and valid:
        data = form.cleaned_data
        new = NewOccasion(
            kind=OccasionKind.RELIEF, name=f"Trường hợp cấp bách: {Cause(data['cause']).label}, {data['first_day']:%d/%m/%Y}",
            cause=data["cause"], first_day=data["first_day"], place=data["place"],
        )  # fmt: skip
        try:
            made = operations.open_urgent_case(
                new=new, asked=asked_of(line), reason=data["reason"], accept_open=data["accept_open"], by=request.post, now=now()
            )
            return redirect("emergency:list", code=made.code)
        except AnsinhError as error:
            put_error(form if getattr(error, "field", None) in form.fields else line, error)
    kinds = [kind for kind in RELIEF_KINDS if kind not in HOUSES]
    context = {"form": form, "line": line, "back": _back(), "kinds": kinds, "chosen": line.chosen}
    return TemplateResponse(request, "emergency/urgent.html", context, status=422 if form.errors or line.errors else 200)


def kind_of(request) -> str:
    """The kind of support the address names; rice where it names none."""
    asked = request.GET.get("khoan", "")
    return asked if asked in RELIEF_KINDS else AidKind.RICE


def asked_of(form: LineForm) -> Asked:
    """What the form of one line asks for. A number the register does not know stays a number."""
    data = {key: value for key, value in form.cleaned_data.items() if value not in (None, "") and key != "person_code"}
    return Asked(**data, person=form.person, personal_number=form.cleaned_data["person_code"])
