"""Figures by commune and category; every number opens to its people."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of, sees_sensitive
from ansinh.database.clock import now, today
from ansinh.entitlements.queries import is_sensitive, on_paper, on_screen
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.pages.charts import Amount, bars
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.statistics.exports import labels, people_workbook, sentences, table_workbook
from ansinh.statistics.forms import FigureFilter
from ansinh.statistics.queries import Cell, Row, Selection, Table, table

_WHO = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.DIVISION_OFFICER, Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
_COLUMNS = (
    Column("ten", gettext_lazy("Họ và tên")),
    Column("sinh", gettext_lazy("Ngày sinh")),
    Column("noi", gettext_lazy("Xã, phường")),
    Column("loai", gettext_lazy("Loại đối tượng")),
    Column("muc", gettext_lazy("Mức (đồng)"), numeric=True),
)
_SORTS = {"ten": ("person__sort_key", "id"), "muc": ("amount_vnd", "id")}
BARS_SHOWN = 12


@for_roles(*_WHO)
def figures(request):
    """The table, the chart, the two sentences; the same as a workbook."""
    form, selection = _asked(request)
    data = form.cleaned_data if form.is_valid() else {}
    tells = sees_sensitive(request.post)
    by = "category" if tells or not selection.singles_out else "benefit"
    found = table(selection, map_on=data.get("ban_do") or selection.on, by=by)
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="figure", key=str(selection.on), at=now())
        return _workbook(table_workbook(found), f"so-lieu-{selection.on:%Y-%m-%d}.xlsx")
    links = _Links(request.GET, tells=tells)
    place = data["xa"].name if data.get("xa") else request.post.place_name
    context = {
        "form": form,
        "table": found,
        "heads": [labels().get(key, key) for key in found.categories],
        "rows": [_row(row, found, links) for row in found.rows],
        "totals": [_linked(found.totals[key], links(category=key)) for key in found.categories],
        "total": _linked(found.total, links()),
        "chart": _chart(found, links),
        "sentences": sentences(found, form.described(place), benefit=selection.benefit),
        "export_url": links.export(),
    }
    return TemplateResponse(request, "statistics/figures.html", context)


@for_roles(*_WHO)
def people(request):
    """The people behind one number of the table: the same selection, one unit, one category."""
    form, selection = _asked(request)
    unit = _unit(request.GET.get("don_vi", ""))
    found = selection.entries_in(unit) if unit else selection.entries()
    category = request.GET.get("loai", "")
    if category:
        if category not in labels() or not sees_sensitive(request.post):
            raise Http404
        found = found.filter(category=category)
    named = "" if is_sensitive(category) else labels().get(category, "")
    title = ", ".join(filter(None, [unit.name if unit else request.post.place_name, named]))
    found = found.select_related("person", "unit")
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="figure", key=f"{selection.on} {title}", at=now())
        rows = found.order_by("unit", "person__sort_key", "id")
        return _workbook(
            people_workbook(rows, f"{title}, ngày {selection.on:%d/%m/%Y}", on_paper(found, request.post)),
            f"nguoi-huong-{selection.on:%Y-%m-%d}.xlsx",
        )
    listing = Listing(
        request, found, columns=_COLUMNS, sorts=_SORTS, exported=True, counted=False, name=lambda entry: entry.person.full_name
    )
    naming = on_screen(request.post)
    for entry in listing.rows:
        entry.category_label = naming.category(entry)
    if naming.tells and any(is_sensitive(entry.category) for entry in listing.rows):
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="figure", key=str(selection.on), at=now())
    whole = found.aggregate(people=Count("person", distinct=True), money=Sum("amount_vnd"))
    back = request.GET.copy()
    for name in ("don_vi", "loai", "sap", "sau", "truoc"):
        back.pop(name, None)
    context = {
        "listing": listing, "title": title, "on": selection.on, "whole": whole,
        "filtered": form.described("").strip(" ()"), "back_url": f"{reverse('statistics:figures')}?{back.urlencode()}",
    }  # fmt: skip
    return render_list(request, "statistics/people.html", "statistics/_people_rows.html", context)


def _asked(request: HttpRequest) -> tuple[FigureFilter, Selection]:
    form = FigureFilter(request.GET, units=communes_of(request.post, on=today()), tells=sees_sensitive(request.post))
    data = form.cleaned_data if form.is_valid() else {}
    selection = Selection(
        on=data.get("ngay") or today(), units=scope_ids(data["xa"], on=today()) if data.get("xa") else (),
        benefit=data.get("che_do") or "", category=data.get("nhom") or "", sex=data.get("gioi") or "",
        age_from=data.get("tu_tuoi"), age_to=data.get("den_tuoi"), poverty=data.get("ho") or "",
        disability=data.get("khuyet_tat") or "",
    )  # fmt: skip
    return form, selection


def _unit(key: str) -> Unit | None:
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        raise Http404
    return get_object_or_404(Unit, pk=key)


def _workbook(data: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


class _Links:
    """Addresses of the people behind the numbers of one page of figures: its filter goes with them."""

    def __init__(self, query: QueryDict, *, tells: bool) -> None:
        self.query, self.tells = query, tells

    def __call__(self, *, unit: Unit | None = None, category: str = "") -> str:
        if category and not self.tells:
            return ""
        query = self.query.copy()
        for name in [name for name in query if not query[name]] + ["ban_do", "xuat"]:
            query.pop(name, None)
        if unit:
            query["don_vi"] = str(unit.pk)
        if category:
            query["loai"] = category
        return f"{reverse('statistics:people')}?{query.urlencode()}"

    def export(self) -> str:
        query = self.query.copy()
        query["xuat"] = "xlsx"
        return f"?{query.urlencode()}"


def _linked(cell: Cell, url: str) -> dict:
    return {"people": cell.people, "money": cell.money_vnd, "url": url if cell.people else ""}


def _row(row: Row, found: Table, links: _Links) -> dict:
    """A row with a link behind every count. An estimate has no people of its own: it carries no link."""

    def cell(value: Cell, **where) -> dict:
        return _linked(value, "" if row.is_estimated else links(unit=row.unit, **where))

    cells = [cell(row.cells.get(key, Cell()), category=key) for key in found.categories]
    return {"unit": row.unit, "is_estimated": row.is_estimated, "cells": cells, "total": cell(row.total)}


def _chart(found: Table, links: _Links):
    rows = sorted(found.rows, key=lambda row: -row.total.people)[:BARS_SHOWN]
    amounts = [Amount(row.unit.name, row.total.people, "" if row.is_estimated else links(unit=row.unit)) for row in rows]
    return bars(amounts, title=_("Số người theo xã, phường"), noun=_("Xã, phường"), unit=_("người")) if amounts else None
