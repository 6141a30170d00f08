"""The law speaks: one benefit on one day, what changed between two days, the table of amounts; on the screen, in Word, in Excel."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from ansinh import law
from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.files.kinds import XLSX
from ansinh.kernel.folding import slug
from ansinh.kernel.periods import month_of
from ansinh.law.amounts import amount_table
from ansinh.law.benefit_text import benefit_text
from ansinh.law.differences import change_days, difference
from ansinh.law.engine.lawfile import load
from ansinh.law.one_off_words import told_kinds
from ansinh.lawbook import queries
from ansinh.lawbook.forms import DayForm, TwoDaysForm
from ansinh.lawbook.speaking import exports
from ansinh.rendering.papers import DOCX

EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)


@for_roles(*EVERYONE)
def benefit(request, kind):
    """One benefit on a day as articles: who, how much, since when, what is not certain."""
    form, on = _asked_day(request, kind)
    text = benefit_text(kind, on, english=_is_english())
    context = {
        "text": text,
        "form": form,
        "month": month_of(text.on),
        "regimes": law.regimes(),
        "points": queries.with_answers(text.uncertain),
    }
    return TemplateResponse(request, "lawbook/benefit.html", context)


@for_roles(*EVERYONE)
def benefit_paper(request, kind):
    """The same as a Word file, to be printed and signed."""
    _form, on = _asked_day(request, kind)
    paper = exports.benefit_paper(kind, on, by=request.post, now=now())
    return _file(paper, DOCX, f"quy-dinh-{slug(benefit_text(kind, on).label)}-{on:%Y-%m-%d}.docx")


def _asked_day(request, kind) -> tuple[DayForm, date]:
    if kind not in told_kinds(load()):
        raise Http404
    form = DayForm(request.GET if "ngay" in request.GET else None, initial={"ngay": today()})
    return form, (form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else today())


@for_roles(*EVERYONE)
def changes(request):
    """What changed between two days; without days asked for, between the two newest days of change."""
    form, days = _asked_days(request)
    context = {"form": form, "found": difference(*days, english=_is_english()), "days": change_days()}
    return TemplateResponse(request, "lawbook/changes.html", context)


@for_roles(*EVERYONE)
def changes_paper(request):
    """The same as a Word file."""
    _form, days = _asked_days(request)
    paper = exports.changes_paper(*days, by=request.post, now=now())
    return _file(paper, DOCX, f"thay-doi-{days[0]:%Y-%m-%d}-{days[1]:%Y-%m-%d}.docx")


def _asked_days(request) -> tuple[TwoDaysForm, tuple[date, date]]:
    newest = change_days()[-2:]
    given = {"tu": f"{newest[0]:%d/%m/%Y}", "den": f"{newest[1]:%d/%m/%Y}"}
    asked = {name: request.GET.get(name) or words for name, words in given.items()}
    form = TwoDaysForm(asked)
    days = (form.cleaned_data["tu"], form.cleaned_data["den"]) if form.is_valid() else newest
    return form, (min(days), max(days))


@for_roles(*EVERYONE)
def amounts(request):
    """Each coefficient times each level since 2015, with the article behind every amount; also as a workbook."""
    unit_id = request.post.office.unit_id
    territory = queries.provincial_at(unit_id) if unit_id else ()
    if request.GET.get("xuat") == "xlsx":
        return _file(exports.amounts_workbook(territory, now=now()), XLSX, f"bang-muc-tien-{today():%Y-%m-%d}.xlsx")
    table = amount_table(territory, english=_is_english())
    kinds = law.kinds()
    groups = [
        {
            "coefficient": group.coefficient,
            "amounts": group.amounts,
            "rows": [
                {"of": row, "kind": kinds[row.kind][_is_english()], "cells": list(zip(table.levels, row.cells, strict=True))}
                for row in group.rows
            ],
        }
        for group in table.groups
    ]
    context = {"table": table, "groups": groups}
    return TemplateResponse(request, "lawbook/amounts.html", context)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
