"""Figures by commune and category; every number opens to its people."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.localities.queries import scope_ids
from ansinh.pages.charts import Amount, bars
from ansinh.statistics.exports import labels, sentences, table_workbook
from ansinh.statistics.forms import FigureFilter
from ansinh.statistics.queries import Cell, Selection, Table, table

_WHO = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.DIVISION_OFFICER, Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip


@for_roles(*_WHO)
def figures(request):
    """The table, the chart, the two sentences; the same as a workbook."""
    form = FigureFilter(request.GET, units=communes_of(request.post, on=today()))
    data = form.cleaned_data if form.is_valid() else {}
    on = data.get("ngay") or today()
    found = table(_selection(data, on), map_on=data.get("ban_do") or on)
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="figure", key=str(on), at=now())
        response = HttpResponse(table_workbook(found), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="so-lieu-{on:%Y-%m-%d}.xlsx"'
        return response
    place = data["xa"].name if data.get("xa") else request.post.place_name
    query = request.GET.copy()
    query["xuat"] = "xlsx"
    context = {
        "form": form,
        "table": found,
        "heads": [labels().get(key, key) for key in found.categories],
        "rows": _rows(found, on),
        "totals": [found.totals[key] for key in found.categories],
        "chart": _chart(found),
        "sentences": sentences(found, place),
        "export_url": f"?{query.urlencode()}",
    }
    return TemplateResponse(request, "statistics/figures.html", context)


def _selection(data: dict, on: date) -> Selection:
    units = scope_ids(data["xa"], on=today()) if data.get("xa") else ()
    return Selection(
        on=on, units=units, benefit=data.get("che_do") or "", category=data.get("nhom") or "", sex=data.get("gioi") or "",
        age_from=data.get("tu_tuoi"), age_to=data.get("den_tuoi"),
    )  # fmt: skip


def _rows(found: Table, on: date) -> list[dict]:
    """Rows with a link behind every count. Restated figures have no people of their own: they carry no link."""
    ledger = reverse("entitlements:ledger")
    is_own_map = found.map_on == found.on
    rows = []
    for row in found.rows:
        base = {"xa": row.unit.id, "ngay": f"{on:%d/%m/%Y}"}
        cells = []
        for key in found.categories:
            cell = row.cells.get(key, Cell())
            url = f"{ledger}?{urlencode({**base, 'nhom': key})}" if is_own_map and cell.people else ""
            cells.append({"people": cell.people, "money": cell.money_vnd, "url": url})
        url = f"{ledger}?{urlencode(base)}" if is_own_map else ""
        rows.append({"row": row, "cells": cells, "url": url})
    return rows


def _chart(found: Table):
    amounts = [Amount(row.unit.name, row.total.people) for row in sorted(found.rows, key=lambda r: -r.total.people)[:12]]
    return bars(amounts, title=_("Số người theo xã, phường"), noun=_("Xã, phường"), unit=_("người")) if amounts else None
