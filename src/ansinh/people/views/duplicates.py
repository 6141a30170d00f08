"""People who may stand in the register twice: the list, and the look that fills it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.people.exports import duplicates_workbook
from ansinh.people.forms import DuplicateFilter
from ansinh.people.models import DuplicatePair
from ansinh.people.queries.duplicates import in_words
from ansinh.people.queries.resemblance import shares
from ansinh.people.workflow import JUDGES

LOOKS = (*JUDGES, Role.COMMUNE_CHAIRMAN, Role.DEPARTMENT_LEADER, Role.INSPECTOR)
_COLUMNS = (
    Column("ten", _("Hồ sơ thứ nhất")),
    Column("ten2", _("Hồ sơ thứ hai")),
    Column("chac", _("Khả năng là một"), numeric=True),
    Column("vi", _("Vì sao")),
)
_SORTS = {"chac": ("-per_mille", "id"), "ten": ("first__sort_key", "id"), "ten2": ("second__sort_key", "id")}


@for_roles(*LOOKS)
def duplicates(request):
    """Pairs to be judged, likeliest first; filters in the address."""
    form = DuplicateFilter(request.GET, units=communes_of(request.post, on=today()))
    found = _filtered(DuplicatePair.objects.all(), form.cleaned_data if form.is_valid() else {})
    found = found.select_related("first__unit", "second__unit", "judged_by__user")
    listing = Listing(
        request, found, columns=_COLUMNS, sorts=_SORTS, form=form, name=lambda pair: pair.first.full_name, exported=True
    )
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="duplicate_pair", key="", at=now())
        response = HttpResponse(duplicates_workbook(found.order_by(*listing.order)), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="ho-so-co-the-trung.xlsx"'
        return response
    for pair in listing.rows:
        pair.told, pair.is_sure = in_words(pair.agreements), pair.per_mille >= shares().sure
    last = Job.objects.filter(kind="find_duplicates", state=JobState.DONE).order_by("-id").first()
    context = {"listing": listing, "last": last, "may_judge": request.post.role in JUDGES}
    return render_list(request, "people/duplicates.html", "people/_duplicate_rows.html", context)


def _filtered(found, data: dict):
    found = found.filter(state=data.get("trang_thai") or "open")
    if data.get("xa"):
        found = found.filter(unit=data["xa"])
    if data.get("chac") == "rat":
        found = found.filter(per_mille__gte=shares().sure)
    if text := data.get("tim"):
        found = found.filter(first__name_folded__contains=fold(text)) | found.filter(second__name_folded__contains=fold(text))
    return found


@require_POST
@for_roles(*JUDGES)
def look_for_duplicates(request):
    """Compare the register of my place with itself: a job with progress."""
    units = list(communes_of(request.post, on=today()).values_list("id", flat=True))
    job = jobs.start(
        kind="find_duplicates", title="Tìm hồ sơ có thể trùng", arguments={"units": units}, by=request.post, now=now()
    )
    return redirect("jobs:detail", code=job.code)
