"""Chính sách: the law on the screen, and the points an officer confirms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import month_of
from ansinh.law.benefit_text import with_unit
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.parameters import Parameter
from ansinh.law.one_off_words import told_kinds
from ansinh.law.procedures import load_sheets
from ansinh.lawbook import operations, queries
from ansinh.lawbook.forms import ConfirmForm
from ansinh.lawbook.models import Confirmation
from ansinh.pages.own_words import own_words

_EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)
_RESOLUTIONS = ("hung_yen_815", "thai_binh_19")  # points that ask what a resolution of the province says
_CONFIRMS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


@for_roles(*_EVERYONE)
def home(request):
    """Regimes, every dated number with its history, instruments."""
    on = today()
    context = {
        "regimes": law.regimes(),
        "current": law.regime_on(on),
        "parameters": [_told(parameter, on) for parameter in law.parameters().values()],
        "instruments": sorted(law.instruments().values(), key=lambda one: one.in_force_from, reverse=True),
        "kinds": told_kinds(load(), english=get_language() == "en").items(),
        "waiting": len(queries.waiting()),
        "law_hash": law.law_hash()[:16],
    }
    return TemplateResponse(request, "lawbook/home.html", context)


def _told(parameter: Parameter, on: date) -> dict[str, Any]:
    """A number with its history, newest first. What a decree that has ended gave, and no later one, is law no more."""
    current = parameter.find(month_of(on))
    if current and (ended := law.instruments()[current.instrument].in_force_to) and ended <= on:
        current = None
    values = sorted(parameter.values, key=lambda value: value.applies_to_months_from, reverse=True)
    return {
        "label": own_words(parameter),
        "values": [{"of": value, "shown": with_unit(parameter, value.value), "now": value is current} for value in values],
    }


@for_roles(*_EVERYONE)
def rules(request, regime):
    """The rules of a regime as articles: who, under which conditions, how much, on what basis."""
    found = next((one for one in law.regimes() if one.key == regime), None)
    if found is None:
        raise Http404
    kinds: dict[str, list] = {}
    for rule in law.rules(regime):
        conditions, level = law.article_of(rule, regime, english=get_language() == "en")
        kinds.setdefault(rule.kind, []).append({"rule": rule, "conditions": conditions, "level": level})
    context = {
        "regime": found,
        "others": [other for other in law.regimes() if other is not found],
        "groups": [(law.kinds()[kind][get_language() == "en"], rows) for kind, rows in kinds.items()],
        "provisions": law.provisions(regime),
        "law_hash": law.law_hash()[:16],
    }
    return TemplateResponse(request, "lawbook/rules.html", context)


@for_roles(*_EVERYONE)
def procedures(request):
    """The administrative procedures as they stand today: time, forms, papers, steps, each with its mark."""
    on = today()
    rows = [(made, version) for made in load_sheets().values() if (version := made.on(on))]
    return TemplateResponse(request, "lawbook/procedures.html", {"rows": rows, "on": on})


@for_roles(*_EVERYONE)
def open_questions(request):
    """Every uncertain point: what it asks, what happens meanwhile, who confirmed it."""
    answers = queries.newest()
    rows = [{"point": point, "answer": answers.get(key)} for key, point in queries.points().items()]
    for row in rows:
        if row["answer"]:
            row["words"] = row["point"].words(row["answer"].value)
    waiting = [row for row in rows if row["answer"] is None]
    groups = [
        (_("Chưa xác nhận, quyết định cách tính"), [row for row in waiting if row["point"].choices]),
        (_("Văn bản, nội dung chưa đọc được hoặc chưa rõ"), [row for row in waiting if not row["point"].choices]),
        (_("Đã xác nhận"), [row for row in rows if row["answer"]]),
    ]
    context = {"groups": [(title, found) for title, found in groups if found], "waiting": len(waiting)}
    return TemplateResponse(request, "lawbook/open_questions.html", context)


@for_roles(*_EVERYONE)
def question(request, key):
    """One point: confirm it with a source; the history of answers."""
    point = queries.points().get(key)
    if point is None:
        raise Http404
    may_confirm = request.post.role in _CONFIRMS
    form = ConfirmForm(request.POST if may_confirm and request.method == "POST" else None, point=point)
    if form.is_bound and form.is_valid():
        try:
            operations.confirm(parameter=key, by=request.post, now=now(), **form.cleaned_data)
        except AnsinhError as error:
            form.add_error(None, str(error))
        else:
            told = _("Đã xác nhận; từ nay luật tính theo câu trả lời này.") if point.choices else _("Đã ghi câu trả lời.")
            messages.success(request, told)
            return redirect("lawbook:open_questions")
    history = Confirmation.objects.filter(parameter=key).select_related("confirmed_by__user", "confirmed_by__office")
    rows = [{"of": row, "words": point.words(row.value)} for row in history.order_by("-id")]
    context = {"point": point, "form": form, "history": rows, "may_confirm": may_confirm, "asks_resolution": key in _RESOLUTIONS}
    return TemplateResponse(request, "lawbook/question.html", context, status=422 if form.errors else 200)
