"""The transition list of a change of law: who gets what instead of what, and the drafts a chairman signs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of, sees_sensitive
from ansinh.database.clock import now, today
from ansinh.entitlements import queries
from ansinh.entitlements.background import COMMUNES_A_STEP
from ansinh.entitlements.exports import transitions_workbook
from ansinh.entitlements.forms import TransitionFilter
from ansinh.entitlements.models import TransitionLine
from ansinh.entitlements.views.decisions import LOOKS
from ansinh.files.kinds import XLSX
from ansinh.jobs import operations as jobs
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list

RECKONS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
EXPORT_LIMIT = 100_000
_COLUMNS = (
    Column("ten", gettext_lazy("Đối tượng")),
    Column("loai", gettext_lazy("Thay đổi")),
    Column("cu", gettext_lazy("Mức cũ"), numeric=True),
    Column("moi", gettext_lazy("Mức mới"), numeric=True),
    Column("chenh", gettext_lazy("Chênh lệch"), numeric=True),
    Column("truy", gettext_lazy("Truy lĩnh"), numeric=True),
    Column("vb", gettext_lazy("Quyết định")),
)
_SORTS = {
    "ten": ("person__sort_key", "id"), "loai": ("kind", "id"), "cu": ("before_vnd", "id"), "moi": ("amount_vnd", "id"),
    "chenh": ("change_vnd", "id"), "truy": ("owed_vnd", "id"),
}  # fmt: skip


@for_roles(*LOOKS)
def transitions(request):
    """The list reckoned last; search, filter, sort, sums, Excel."""
    form = TransitionFilter(request.GET, units=communes_of(request.post, on=today()))
    data = form.cleaned_data if form.is_valid() else {}
    change = queries.change_of_law(data.get("thay_doi") or form.newest)
    lines = _filtered(TransitionLine.objects.filter(change=change.key), data)
    listing = Listing(
        request, lines.select_related("person", "unit", "entitlement", "decision"), columns=_COLUMNS, sorts=_SORTS, form=form,
        name=lambda line: line.person.full_name, exported=True,
    )  # fmt: skip
    if listing.wants_export:
        return _export(request, change, lines.order_by(*listing.order))
    _name(request, listing.rows)
    unit = data.get("xa")
    states, papers = queries.transition_papers(change.key, unit_id=unit.id if unit else None)
    sums = queries.transition_sums(lines)
    context = {
        "listing": listing,
        "change": change,
        "months": queries.transition_months(change, on=today()),
        "sums": sums,
        "people": sum(one.people for one in sums),
        "more": sum(one.change_vnd for one in sums),
        "owed": sum(one.owed_vnd for one in sums),
        "held": sum(one.held for one in sums),
        "states": states,
        "papers": papers,
        "reckoned_at": lines.order_by("-reckoned_at").values_list("reckoned_at", flat=True).first() if listing.rows else None,
        "may_reckon": request.post.role in RECKONS,
    }
    return render_list(request, "entitlements/transitions.html", "entitlements/_transition_rows.html", context)


def _filtered(lines, data: dict):
    match data.get("tinh_trang"):
        case "giu-lai":
            lines = lines.filter(held=True)
        case "du-thao":
            lines = lines.filter(decision__state="draft")
        case "da-ky":
            lines = lines.filter(decision__state="signed")
    if data.get("loai"):
        lines = lines.filter(kind=data["loai"])
    if data.get("xa"):
        lines = lines.filter(unit=data["xa"])
    if text := data.get("tim"):
        lines = lines.filter(person__name_folded__contains=fold(text))
    return lines


def _name(request, rows) -> None:
    """Grounds and articles as this post may read them; telling a sensitive one is noted."""
    naming = queries.on_screen(request.post)
    for line in rows:
        line.told, line.point = naming.category(line), naming.code(line)
        line.was = naming.category(line.entitlement) if line.entitlement.category != line.category else ""
        line.points = queries.points_in_words(line.unconfirmed) if naming.tells else []
    sensitive = (line for line in rows if queries.is_sensitive(line.category) or queries.is_sensitive(line.entitlement.category))
    if naming.tells and any(sensitive):
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="transition", key="", at=now())


def _export(request, change, lines) -> HttpResponse:
    if lines.count() > EXPORT_LIMIT:
        messages.error(request, _("Danh sách quá %(n)d dòng: hãy lọc theo xã, phường rồi xuất.") % {"n": EXPORT_LIMIT})
        return redirect(f"{reverse('entitlements:transitions')}?thay_doi={change.key}")
    journal.note_read(by=request.post.actor, act="export", noun="transition", key=change.key, at=now())
    tells = sees_sensitive(request.post) and not queries.tells_illness(lines).exists()
    response = HttpResponse(transitions_workbook(change, lines, queries.Naming(tells)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="chuyen-muc-{change.key}.xlsx"'
    return response


@require_POST
@for_roles(*RECKONS)
def reckon_transitions(request):
    """Reckon the list of my place and draft its decisions: a job with progress."""
    try:
        change = queries.change_of_law(request.POST.get("thay_doi", ""))
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("entitlements:transitions")
    units = list(communes_of(request.post, on=today()).values_list("id", flat=True))
    asked = jobs.start_beside(
        kind="draft_transitions", title=f"Lập danh sách chuyển mức: {change.label}", units=units, a_step=COMMUNES_A_STEP,
        more={"change": change.key}, by=request.post, now=now(),
    )  # fmt: skip
    return redirect("jobs:mine") if len(asked) > 1 else redirect("jobs:detail", code=asked[0].code)
