"""The register, a new petition, one petition."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import stood_in_for
from ansinh.database.clock import now, today
from ansinh.documents.queries import signed_file_of
from ansinh.documents.queries.shown import verdict
from ansinh.files.kinds import XLSX
from ansinh.files.queries import read
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.law.petitions import limit_on
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.petitions import operations, queries
from ansinh.petitions.exports import register_workbook
from ansinh.petitions.forms import ALL, LATE, PetitionForm, RegisterFilter
from ansinh.petitions.models import Petition
from ansinh.petitions.operations import Sender
from ansinh.petitions.papers.standing import kinds_of
from ansinh.petitions.workflow import RECEIVES
from ansinh.rendering.signed_pdf import Seen

LOOKS = (*RECEIVES, Role.INSPECTOR)
EXPORT_LIMIT = 20_000
_COLUMNS = (
    Column("nhan", gettext_lazy("Ngày nhận")),
    Column("don", gettext_lazy("Đơn")),
    Column("nguoi", gettext_lazy("Người giải quyết")),
    Column("han", gettext_lazy("Hạn")),
    Column("trang_thai", gettext_lazy("Trạng thái")),
)
_SORTS = {
    "nhan": ("-received_on", "-id"), "han": ("answer_due_on", "admit_due_on", "id"), "trang_thai": ("state", "-id"),
}  # fmt: skip


@for_roles(*LOOKS)
def register(request):
    """Every petition of the places I see; of a denunciation only that it is there, for who does not handle it."""
    on = today()
    form = RegisterFilter(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    instead = posts_away(request)
    found = _filtered(queries.register(request.post, text=data.get("tim", ""), instead=instead), data, on)
    listing = Listing(request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=str, exported=True)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="petition", key="", at=now())
        rows = found.select_related("unit", "holder__user", "dossier", "decision", "posting", "sender")
        response = HttpResponse(register_workbook(rows.order_by(*listing.order)[:EXPORT_LIMIT], on=on), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="don-thu.xlsx"'
        return response
    context = {
        "listing": listing,
        "rows": [(one, _opens(request, one, instead), one.is_late(on)) for one in listing.rows],
        "may_receive": request.post.role in RECEIVES,
    }
    return render_list(request, "petitions/register.html", "petitions/_register_rows.html", context)


def posts_away(request) -> set[int]:
    """Posts that are away today and whose work this post does."""
    return {absence.post_id for absence in stood_in_for(request.post, on=today())}


def _opens(request, petition: Petition, instead: set[int]) -> bool:
    """Whether this post may read what stands in it."""
    return not petition.is_guarded or queries.handles(request.post, petition, instead=instead)


def _filtered(found, data: dict, on):
    state = data.get("trang_thai")
    if state == LATE:
        found = found.overdue(on)
    elif not state:
        found = found.open()
    elif state != ALL:
        found = found.filter(state=state)
    if data.get("loai"):
        found = found.filter(kind=data["loai"])
    if data.get("tu"):
        found = found.filter(received_on__gte=data["tu"])
    if data.get("den"):
        found = found.filter(received_on__lte=data["den"])
    return found


@for_roles(*RECEIVES)
def new(request):
    """Enter one into the register."""
    form = PetitionForm(request.POST or None, initial={"received_on": today(), "about": request.GET.get("ve", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        sender = Sender(data.pop("name"), data.pop("address"), data.pop("telephone"))
        try:
            made = operations.register_petition(**data, sender=sender, by=request.post, now=now())
            messages.success(request, _("Đã tiếp nhận đơn %(code)s.") % {"code": made.code})
            return redirect("petitions:petition", code=made.code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    return TemplateResponse(request, "petitions/new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*LOOKS)
def petition(request, code):
    """One petition: what is said, its days, what was done, what may be done now. Reading who denounces is journaled."""
    around = (
        "unit",
        "office",
        "holder__user",
        "dossier",
        "decision",
        "posting",
        "result_decision",
        "result_dossier",
        "earlier",
        "scan",
    )
    found = get_object_or_404(Petition.objects.select_related(*around, "received_by__user"), code=code)
    on = today()
    instead = posts_away(request)
    opens = _opens(request, found, instead)
    if opens and found.is_guarded:
        journal.note_read(by=request.post.actor, act="read_denouncer", noun="petition", key=found.code, at=now())
    limit = limit_on(found.kind, "admit" if found.state == "registered" else "answer", found.admitted_on or found.received_on)
    signed = signed_file_of(found.scan) if opens else None
    context = {
        "signed": signed, "verdict": verdict(Seen(**one) for one in signed.signatures) if signed else None,
        "petition": found, "opens": opens, "late": found.is_late(on), "limit": limit,
        "sender": getattr(found, "sender", None) if opens else None,
        "about": queries.told_about(found) if opens else "",
        "steps": list(found.steps.order_by("-id")) if opens else [],
        "acts": queries.next_acts(found, request.post, instead=instead),
        "has_papers": bool(kinds_of(found)),
        "opens_payments": request.post.role != Role.ONE_STOP,
    }  # fmt: skip
    return TemplateResponse(request, "petitions/petition.html", context)


@for_roles(*LOOKS)
def scan(request, code):
    """The signed answer, for whoever may read the petition; its reading is noted."""
    found = get_object_or_404(Petition.objects.select_related("office", "scan"), code=code)
    if found.scan is None or not _opens(request, found, posts_away(request)):
        raise Http404
    journal.note_read(by=request.post.actor, act="download", noun="petition", key=found.code, at=now())
    try:
        data = read(found.scan)
    except InvalidInput as error:
        raise Http404(str(error)) from None
    response = HttpResponse(data, content_type=found.scan.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.scan.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
