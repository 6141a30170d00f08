"""Emergency protection: who is cared for, taking in, the decision, the end, the money sheet."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.access.queries import sees_sensitive
from ansinh.database.clock import now, today
from ansinh.documents.queries import signed_file_of
from ansinh.emergency import operations, queries
from ansinh.emergency.exports import stay_workbook
from ansinh.emergency.forms import BEYOND, ArrivalForm, EndForm, ProtectionFilter, SignedForm
from ansinh.emergency.models import Protection
from ansinh.emergency.operations.protecting import Arrival, Costs
from ansinh.emergency.papers import PROTECTION_DECISION
from ansinh.emergency.papers.standing import signers
from ansinh.emergency.views.answering import LOOKS, form_page, handed_out
from ansinh.emergency.views.papers import given_by, signature_of
from ansinh.emergency.workflow import OFFICERS, PROTECTION, RECORDERS
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.lawbook.queries import points
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("ngay", gettext_lazy("Tiếp nhận")),
    Column("ten", gettext_lazy("Họ và tên")),
    Column("noi", gettext_lazy("Nơi chăm sóc")),
    Column("tt", gettext_lazy("Tình trạng")),
)
_SORTS = {"ngay": ("-taken_in_on", "id"), "ten": ("name_folded", "id"), "tt": ("state", "id")}


def _protection(code: str) -> Protection:
    related = ("unit", "person", "taken_in_by__user", "taken_in_by__office", "signer__user", "scan")
    return get_object_or_404(Protection.objects.select_related(*related), code=code)


def _address(found: Protection) -> tuple[str, str]:
    return reverse("emergency:protection", args=[found.code]), found.name


@for_roles(*LOOKS)
def protections(request):
    """People under emergency protection, the newest first. No ground stands here."""
    form = ProtectionFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    found = Protection.objects.select_related("unit")
    beyond = queries.beyond_three_months(on=today())
    if data.get("trang_thai") == BEYOND:
        found = found.filter(pk__in=beyond)
    elif data.get("trang_thai"):
        found = found.filter(state=data["trang_thai"])
    if data.get("tim"):
        found = found.filter(name_folded__contains=fold(data["tim"]))
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=lambda one: one.name)
    context = {"listing": listing, "beyond": beyond, "may_take_in": request.post.role in OFFICERS}
    return render_list(request, "emergency/protections.html", "emergency/_protection_rows.html", context)


@for_roles(*OFFICERS)
def take_in(request):
    """Take somebody in on the spot."""
    form = ArrivalForm(request.POST or None, initial={"taken_in_on": today()})

    def done() -> str:
        made = operations.take_in(arrival=Arrival(**form.cleaned_data), by=request.post, now=now())
        return _address(made)[0]

    back = (reverse("emergency:protections"), _("Bảo vệ khẩn cấp"))
    return form_page(request, form, done, title=_("Tiếp nhận khẩn cấp"), button=_("Tiếp nhận"), back=back)


@for_roles(*LOOKS)
def protection(request, code):
    """One stay with its money by the law. The ground is shown to those who decide alone; reading it is noted."""
    found = _protection(code)
    tells = sees_sensitive(request.post)
    if tells:
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="protection", key=found.code, at=now())
    stay = queries.stay_of(found, on=today())
    known = points() if stay.open_points else {}
    context = {
        "protection": found, "stay": stay, "tells": tells, "is_late": found.state != "left" and stay.is_late(today()),
        "moves": {move.act for move in PROTECTION.open_moves(found.state, request.post.role)},
        "points": [known[key].label if key in known else key for key in stay.open_points], "signed": signed_file_of(found.scan),
    }  # fmt: skip
    return TemplateResponse(request, "emergency/protection.html", context)


@for_roles(*RECORDERS)
def decide_protection(request, code):
    """Record the signed decision on the care."""
    found = _protection(code)
    known = {"signers_on": lambda day: signers(found, on=day), **given_by(PROTECTION_DECISION, found)}
    form = SignedForm(request.POST or None, request.FILES or None, **known)

    def done() -> None:
        signature = signature_of(request, form.cleaned_data, found)
        operations.decide_protection(protection=found, signature=signature, by=request.post, now=now())

    title = _("Ghi nhận quyết định đã ký")
    return form_page(request, form, done, title=title, button=_("Ghi nhận"), back=_address(found), upload=True)


@for_roles(*OFFICERS)
def end_protection(request, code):
    """The last day of care, where the person went, what it cost."""
    found = _protection(code)
    form = EndForm(request.POST or None)

    def done() -> None:
        data = {key: value for key, value in form.cleaned_data.items() if value is not None}
        ended_on, outcome = data.pop("ended_on"), data.pop("outcome")
        operations.end_protection(
            protection=found, ended_on=ended_on, outcome=outcome, costs=Costs(**data), by=request.post, now=now()
        )

    return form_page(request, form, done, title=_("Kết thúc chăm sóc"), button=_("Kết thúc"), back=_address(found))


@for_roles(*LOOKS)
def stay_sheet(request, code):
    """The money sheet of a stay."""
    found = _protection(code)
    journal.note_read(by=request.post.actor, act="export", noun="protection", key=found.code, at=now())
    return handed_out(stay_workbook(found, queries.stay_of(found, on=today())), f"chi-phi-{found.code}.xlsx", XLSX)
