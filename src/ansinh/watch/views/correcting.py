"""Sửa sai: one page for each wrong act. First what followed from it, then the reason and the button, then what is left to decide."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.queries import on_screen
from ansinh.imports.kinds import Resting
from ansinh.imports.models import Batch
from ansinh.imports.queries import resting_on_list
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.nouns import noun_url
from ansinh.people.models import Person
from ansinh.watch import operations
from ansinh.watch.forms import CorrectForm
from ansinh.watch.models import Correction
from ansinh.watch.queries import showing
from ansinh.watch.views.listing import LOOKS
from ansinh.watch.workflow import CORRECTORS

LINES_SHOWN = 100
MANY_ROWS = 300  # more is taken back by the job of the list's own page


def _person(code: str) -> Person:
    return get_object_or_404(Person.objects.select_related("unit", "village", "same_as"), code=code)


@for_roles(*CORRECTORS)
def corrections(request, code):
    """Which act about this person was wrong? One door each, and what was set right before."""
    person, naming = _person(code), on_screen(request.post)
    lines = showing.lines_about(person)
    for line in lines:
        line.told = naming.reason(line)
    context = {"person": person, "lines": lines, "before": showing.corrections_of(person)}
    return TemplateResponse(request, "watch/corrections.html", context)


def _correct(request, act: Callable[..., Correction], context: dict):
    """The page of one wrong act, and the act itself."""
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = act(reason=form.cleaned_data["reason"], by=request.post, now=now())
            messages.success(request, _("Đã sửa sai. Việc còn phải quyết định ở bên dưới."))
            return redirect("watch:correction", code=made.code)
        except AnsinhError as error:
            form.add_error(None, str(error))
    return TemplateResponse(request, "watch/correct.html", {**context, "form": form}, status=422 if form.errors else 200)


@for_roles(*CORRECTORS)
def wrong_death(request, code):
    """Somebody alive was written down as dead."""
    person = _person(code)
    if person.died_on is None and request.method != "POST":
        return redirect("watch:corrections", code=code)
    context = {
        "title": _("Ghi mất nhầm"), "name": person.full_name, "back": noun_url("person", code), "plan": showing.plan_for_death(person, on=today()),
        "was": _("Sổ ghi mất ngày %(day)s. %(source)s") % {"day": f"{person.died_on:%d/%m/%Y}", "source": person.death_source}
        if person.died_on else "",
    }  # fmt: skip
    return _correct(request, lambda **given: operations.correct_death(person=person, **given), context)


@for_roles(*CORRECTORS)
def wrong_merge(request, code):
    """Two people were taken for one."""
    person = _person(code)
    if person.same_as_id is None and request.method != "POST":
        return redirect("watch:corrections", code=code)
    kept = person.same_as
    context = {
        "title": _("Ghi trùng nhầm"), "name": person.full_name, "back": noun_url("person", code), "plan": showing.plan_for_merge(person, on=today()),
        "was": _("Sổ ghi trùng với %(name)s, %(code)s.") % {"name": kept.full_name, "code": kept.code} if kept else "",
    }  # fmt: skip
    return _correct(request, lambda **given: operations.correct_merge(person=person, **given), context)


@for_roles(*CORRECTORS)
def wrong_decision(request, code):
    """A signed decision was wrong: as a whole while nothing rests on it, else line by line."""
    decision = get_object_or_404(Decision.objects.select_related("unit", "office"), code=code)
    back = noun_url("decision", code)
    if decision.state != "signed":
        messages.info(request, _("Chỉ sửa sai quyết định đã ký; dự thảo thì bỏ."))
        return redirect(back)
    rests, text = showing.resting(decision), request.GET.get("tim", "")
    lines = decision.items.filter(person__name_folded__contains=fold(text)).select_related("person").order_by("number")
    context = {
        "title": _("Quyết định sai"), "name": str(decision), "was": decision.title, "back": back, "resting": rests,
        "lines": lines[:LINES_SHOWN] if rests else (), "text": text, "decision": decision,
    }  # fmt: skip
    return _correct(request, lambda **given: operations.correct_decision(decision=decision, **given), context)


@for_roles(*CORRECTORS)
def wrong_line(request, item):
    """One line of a signed decision was wrong."""
    found = DecisionItem.objects.select_related("person__unit", "decision", "entitlement")
    item = get_object_or_404(found, pk=item)
    context = {
        "title": _("Quyết định sai: %(act)s") % {"act": item.get_act_display()}, "name": item.person.full_name,
        "was": str(item.decision), "back": noun_url("person", item.person.code), "drafts": True,
        "plan": showing.plan_for_line(item, on=today()),
    }  # fmt: skip
    return _correct(request, lambda **given: operations.correct_line(item=item, **given), context)


@for_roles(*CORRECTORS)
def wrong_import(request, code):
    """A list was taken in wrongly."""
    batch = get_object_or_404(Batch.objects.exclude(layout="").select_related("unit"), code=code)
    rests, refused = _resting_on(batch)
    context = {
        "title": _("Nạp danh sách sai"), "name": batch.title, "was": batch.unit.name, "back": noun_url("batch", code), "resting": rests,
        "refused": refused, "decisions": Decision.objects.filter(batch_key=batch.id, state="signed") if rests else (),
        "many": batch.rows.filter(state="committed").count() > MANY_ROWS, "batch": batch,
    }  # fmt: skip
    return _correct(request, lambda **given: operations.correct_import(batch=batch, **given), context)


def _resting_on(batch: Batch) -> tuple[list[Resting], str]:
    if batch.state != "committed":
        return [], _("Danh sách này chưa nạp vào sổ hoặc đã hoàn tác.")
    try:
        return resting_on_list(batch), ""
    except AnsinhError as error:
        return [], str(error)


@for_roles(*LOOKS)
def correction(request, code):
    """What was set right, what was undone with it, and what somebody must still decide."""
    around = ("unit", "person", "decision", "batch", "made_by__user")
    found = get_object_or_404(Correction.objects.select_related(*around), code=code)
    context = {"correction": found, "left": showing.left_of(found), "drafts": showing.drafts_of(found)}
    return TemplateResponse(request, "watch/correction.html", context)
