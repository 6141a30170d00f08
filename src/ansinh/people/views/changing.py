"""Ghi thay đổi: which change, then one short form; and corrections of identity."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.imports.reading.dates import PartialDate
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.pages.nouns import noun_url
from ansinh.people import operations
from ansinh.people.facts_catalogue import BY_KEY, KINDS
from ansinh.people.forms import FactForm, IdentityForm, MoveForm, PlaceForm
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.numbers import number_warnings
from ansinh.people.queries.past import past_facts, past_rows
from ansinh.people.views.acts import ACT_BY_KEY, ACTS, GROUPS, household_of, set_fact
from ansinh.people.views.listing import WRITES


def _person(code: str) -> Person:
    return get_object_or_404(Person.objects.select_related("unit", "village"), code=code)


@for_roles(*WRITES)
def change(request, code):
    """Which change? One door each."""
    person = _person(code)
    open_acts = [act for act in ACTS if act.fits(person)]
    groups = [(label, [act for act in open_acts if act.group == key]) for key, label in GROUPS.items()]
    context = {
        "person": person,
        "groups": groups,
        "facts": [
            (_("Của riêng người này"), [kind for kind in KINDS if kind.of == "person"]),
            (_("Của cả hộ"), [kind for kind in KINDS if kind.of == "household"]),
        ],
    }
    return TemplateResponse(request, "people/change.html", context)


@for_roles(*WRITES)
def change_one(request, code, kind):
    """One change: value, day, source."""
    person = _person(code)
    if kind not in ACT_BY_KEY and kind not in BY_KEY:
        raise Http404
    past = _past(request, person, kind)
    form, title = _form(request, person, kind, bool(past))
    act = ACT_BY_KEY.get(kind)
    if request.method == "POST" and form.is_valid():
        who = {"by": request.post, "now": now()}
        try:
            made = act.run(person, dict(form.cleaned_data), who) if act else set_fact(person, kind, form, who)
            if isinstance(made, DuplicatePair):
                return redirect(noun_url("duplicate", made.code))
            messages.success(request, _("Đã ghi: %(title)s.") % {"title": title})
            return redirect("people:list") if act and act.leaves else redirect(noun_url("person", code))
        except AnsinhError as error:
            _add_error(form, error)
    hint = _("Ghi cho cả hộ của người này.") if kind in BY_KEY and BY_KEY[kind].of == "household" else ""
    context = {"person": person, "form": form, "title": title, "past": past, "hint": hint}
    return TemplateResponse(request, "people/change_one.html", context, status=422 if form.errors else 200)


def _form(request, person: Person, kind: str, known_before: bool):
    data = request.POST if request.method == "POST" else None
    if kind in BY_KEY:
        return FactForm(data, kind=BY_KEY[kind], known_before=known_before), BY_KEY[kind].label
    act = ACT_BY_KEY[kind]
    more = {"person": person} if issubclass(act.form, PlaceForm) else {}
    if act.form is MoveForm:
        more["on"] = today()
    return act.form(data, **more), act.label


def _past(request, person: Person, kind: str) -> list:
    """What was known before; looking at a sensitive kind is journaled."""
    found = BY_KEY.get(kind)
    if found is None:
        return past_rows(person, ACT_BY_KEY[kind].past)
    if found.of == "household":
        try:
            return past_facts(household_of(person).circumstances.filter(kind=kind))
        except InvalidInput:
            return []
    if found.is_sensitive:
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=person.code, at=now())
    return past_facts(person.circumstances.filter(kind=kind))


def _add_error(form, error: AnsinhError) -> None:
    field = getattr(error, "field", None)
    field = {"born_on": "born", "other": "known"}.get(field, field) if field not in form.fields else field
    form.add_error(field if field in form.fields else None, str(error))


_IDENTITY = ("full_name", "sex", "personal_number", "ethnicity", "telephone", "payment_book", "address")


@for_roles(*WRITES)
def identity(request, code):
    """Correct who somebody is; the old name and number stay."""
    person = _person(code)
    born = str(PartialDate(person.born_on, person.birth_precision)) if person.born_on else ""
    initial = {name: getattr(person, name) for name in _IDENTITY} | {"born": born}
    form = IdentityForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.correct_identity(
                person=person, changes=_changes(form), source=form.cleaned_data["source"], by=request.post, now=now()
            )
            warn_of_number(request, _person(code))
            messages.success(request, _("Đã sửa."))
            return redirect(noun_url("person", code))
        except AnsinhError as error:
            _add_error(form, error)
    context = {"person": person, "form": form, "title": _("Sửa thông tin"), "past": past_rows(person, "other_names")}
    return TemplateResponse(request, "people/change_one.html", context, status=422 if form.errors else 200)


def _changes(form: IdentityForm) -> dict:
    data = form.cleaned_data
    changes = {name: data[name] for name in _IDENTITY if name in form.typed}
    if "born" not in form.typed:
        return changes
    born = data["born"]
    return changes | {"born_on": born.on if born else None, "birth_precision": born.precision if born else "day"}


def warn_of_number(request, person: Person) -> None:
    """Say what does not fit between a number and its person: worth a look, never a refusal."""
    if person.personal_number:
        for words in number_warnings(
            person.personal_number, sex=person.sex, born_on=person.born_on, precision=person.birth_precision
        ):
            messages.warning(request, words)
