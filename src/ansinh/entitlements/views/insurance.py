"""The health-insurance list of a month: on the screen, and as a workbook for the social-insurance office."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.entitlements.exports import insurance_workbook
from ansinh.entitlements.forms import InsuranceFilter
from ansinh.entitlements.queries.insurance import extra_without_card, insurance_changes
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.periods import month_of
from ansinh.localities.queries import scope_ids

SEES_INSURANCE = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.DIVISION_OFFICER, Role.DIVISION_HEAD,
    Role.INSPECTOR,
)  # fmt: skip
SHOWN = 200


@for_roles(*SEES_INSURANCE)
def insurance(request):
    """Increases, decreases and changes of group of one commune or of all; with the numbers only as a workbook, which is journaled."""
    units = communes_of(request.post, on=today())
    form = InsuranceFilter(request.GET or None, units=units, initial={"thang": month_of(today())})
    data = form.cleaned_data if form.is_valid() else {}
    month = data.get("thang") or month_of(today())
    unit = data.get("xa") or (units[0] if len(units) == 1 else None)
    places = scope_ids(unit, on=today()) if unit else None
    with override("vi" if request.GET.get("xuat") == "xlsx" else get_language()):
        found = insurance_changes(unit_ids=places, month=month)
    if since := data.get("tu"):
        found = [one for one in found if one.recorded_on is None or one.recorded_on >= since]
    place = unit.name if unit else request.post.place_name
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(
            by=request.post.actor,
            act="export",
            noun="entitlement",
            key="",
            detail={"health_insurance": f"{month:%Y-%m}"},
            at=now(),
        )
        response = HttpResponse(insurance_workbook(found, month, place), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="bao-hiem-y-te-{month:%Y-%m}.xlsx"'
        return response
    acts = Counter(one.act for one in found)
    context = {
        "form": form, "month": month, "place": place, "rows": found[:SHOWN], "total": len(found), "left": max(0, len(found) - SHOWN),
        "acts": {name: acts[name] for name in ("increase", "decrease", "change")},
        "extra": extra_without_card(unit_ids=places, month=month),
        "unsettled": any(one.card.coverage_percent is None or one.card.unconfirmed for one in found),
    }  # fmt: skip
    return TemplateResponse(request, "entitlements/insurance.html", context)
