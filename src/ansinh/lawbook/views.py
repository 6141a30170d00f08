"""Chính sách: the law on the screen, and the points an officer confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now, today
from ansinh.kernel.errors import AnsinhError
from ansinh.lawbook import operations, queries
from ansinh.lawbook.forms import ConfirmForm
from ansinh.lawbook.models import Confirmation

_EVERYONE = tuple(role for role in Role if role != Role.SYSTEM)
_CONFIRMS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


@for_roles(*_EVERYONE)
def home(request):
    """Regimes, instruments, and every dated number with its history."""
    instruments = sorted(law.instruments().values(), key=lambda i: i.in_force_from or today(), reverse=True)
    context = {
        "regimes": law.regimes(),
        "current": law.regime_on(today()),
        "instruments": instruments,
        "parameters": law.parameters().values(),
        "waiting": len(queries.waiting()),
        "unread": law.unread(),
    }
    return TemplateResponse(request, "lawbook/home.html", context)


@for_roles(*_EVERYONE)
def rules(request, regime):
    """The rules of a regime as Vietnamese sentences, with their articles."""
    found = next((one for one in law.regimes() if one.key == regime), None)
    if found is None:
        raise Http404
    kinds: dict[str, list] = {}
    for rule in law.rules(regime):
        kinds.setdefault(rule.kind, []).append({"rule": rule, "sentence": law.sentence_of(rule, regime)})
    groups = [(law.kinds()[kind][0], rows) for kind, rows in kinds.items()]
    return TemplateResponse(request, "lawbook/rules.html", {"regime": found, "regimes": law.regimes(), "groups": groups})


@for_roles(*_EVERYONE)
def open_questions(request):
    """Every uncertain point: what it asks, what happens meanwhile, who confirmed it."""
    answers = queries.newest()
    rows = [{"question": q, "answer": answers.get(key)} for key, q in law.questions().items()]
    rows.sort(key=lambda row: row["answer"] is not None)
    context = {"rows": rows, "waiting": sum(row["answer"] is None for row in rows), "unread": law.unread()}
    return TemplateResponse(request, "lawbook/open_questions.html", context)


@for_roles(*_EVERYONE)
def question(request, key):
    """One point: confirm it with a source; the history of answers."""
    found = law.questions().get(key)
    if found is None:
        raise Http404
    may_confirm = request.post.role in _CONFIRMS
    form = ConfirmForm(request.POST if may_confirm and request.method == "POST" else None, question=found)
    if form.is_bound and form.is_valid():
        try:
            operations.confirm(parameter=key, by=request.post, now=now(), **form.cleaned_data)
            messages.success(request, _("Đã xác nhận; từ nay luật tính theo câu trả lời này."))
            return redirect("lawbook:open_questions")
        except AnsinhError as error:
            form.add_error(None, str(error))
    history = (
        Confirmation.objects.filter(parameter=key).select_related("confirmed_by__user", "confirmed_by__office").order_by("-id")
    )
    labels = {choice.value: choice.label for choice in found.choices}
    for row in history:
        row.label = labels.get(row.value, row.value)
    context = {"question": found, "form": form, "history": history, "may_confirm": may_confirm}
    return TemplateResponse(request, "lawbook/question.html", context, status=422 if form.errors else 200)
