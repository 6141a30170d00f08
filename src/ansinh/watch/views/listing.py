"""The list: what must be looked at in my place, the next month first."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.jobs.models import Job, JobState
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.watch import queries
from ansinh.watch.exports import items_workbook
from ansinh.watch.forms import ItemFilter
from ansinh.watch.workflow import DRAFTS, MOVERS, PREPARES

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
EXPORT_LIMIT = 50_000
_COLUMNS = (
    Column("chon", _("Chọn")),
    Column("thang", _("Từ tháng")),
    Column("ten", _("Đối tượng")),
    Column("loai", _("Vì sao cần xem")),
    Column("viec", _("Việc đề nghị")),
)
_SORTS = {"thang": ("month", "id"), "ten": ("person__sort_key", "id"), "loai": ("kind", "month", "id")}


@for_roles(*LOOKS)
def items(request):
    """What must be looked at; filters in the address."""
    form = ItemFilter(request.GET, units=communes_of(request.post, on=today()))
    data = form.cleaned_data if form.is_valid() else {}
    found = _filtered(queries.items(), data)
    listing = Listing(
        request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=lambda one: one.person.full_name, exported=True
    )
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="watch_item", key="", at=now())
        response = HttpResponse(items_workbook(found.order_by(*listing.order)[:EXPORT_LIMIT]), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="can-ra-soat.xlsx"'
        return response
    counts, told = queries.counts()
    queries.keep_count(request.session, sum(one.count for one in counts))
    context = {
        "listing": listing,
        "rows": queries.shown(listing.rows, post=request.post),
        "counts": counts,
        "told": told,
        "kind": data.get("loai", ""),
        "last": Job.objects.filter(kind="look_over", state=JobState.DONE).order_by("-id").first(),
        "may_open": request.post.role in PREPARES,
        "may_move": request.post.role in MOVERS,
        "may_draft": request.post.role in DRAFTS,
    }
    return render_list(request, "watch/items.html", "watch/_item_rows.html", context)


def _filtered(found, data: dict):
    found = found.filter(state=data.get("trang_thai") or "open")
    if data.get("loai"):
        found = found.filter(kind=data["loai"])
    if data.get("xa"):
        found = found.filter(unit=data["xa"])
    if text := data.get("tim"):
        found = found.filter(person__name_folded__contains=fold(text))
    return found
