"""The monthly change sheets: take one for each village, bring it back through the lists."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.assistance.exports import change_sheet
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.folding import slug
from ansinh.kernel.periods import month_of
from ansinh.localities.models import Village

_WHO = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)


def _villages(request):
    return Village.objects.filter(unit__in=communes_of(request.post, on=today())).select_related("unit")


@for_roles(*_WHO)
def change_sheets(request):
    """Villages and their sheets of the month."""
    month = month_of(today())
    running = Q(person__entitlements__months__contains=month, person__died_on__isnull=True)
    villages = (
        _villages(request).annotate(people=Count("person", filter=running, distinct=True)).order_by("unit__name_folded", "name")
    )
    return TemplateResponse(request, "assistance/change_sheets.html", {"villages": villages, "month": month})


@for_roles(*_WHO)
def change_sheet_file(request, key):
    """The sheet of one village as a workbook."""
    village = get_object_or_404(_villages(request), pk=key)
    journal.note_read(by=request.post.actor, act="export_change_sheet", noun="village", key=str(village.id), at=now())
    response = HttpResponse(change_sheet(village, month=month_of(today())), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="bien-dong-{slug(village.name)}-{today():%Y-%m}.xlsx"'
    return response
