"""Ghi thay đổi: which change, then one short form; and corrections of identity."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.database.columns import on_day
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError, InvalidInput
from ansinh.localities.models import Level, Unit
from ansinh.people import operations
from ansinh.people.facts_catalogue import BY_KEY, KINDS
from ansinh.people.forms import AccountForm, BirthForm, DeathForm, FactForm, IdentityForm, MoveForm, PayeeForm, ReasonForm
from ansinh.people.models import Person
from ansinh.people.numbers import number_warnings
from ansinh.people.views.listing import WRITES

_ACTS = {
    "tu-tran": (gettext_lazy("Từ trần"), DeathForm),
    "huy-tu-tran": (gettext_lazy("Hủy ghi nhận đã mất"), ReasonForm),
    "ngay-sinh": (gettext_lazy("Quyết định về ngày sinh"), BirthForm),
    "nhan-thay": (gettext_lazy("Người nhận thay"), PayeeForm),
    "tai-khoan": (gettext_lazy("Tài khoản"), AccountForm),
    "chuyen-di": (gettext_lazy("Chuyển nơi cư trú"), MoveForm),
}


def _person(code: str) -> Person:
    return get_object_or_404(Person.objects.select_related("unit", "village"), code=code)


@for_roles(*WRITES)
def change(request, code):
    """Which change? One door each."""
    person = _person(code)
    acts = [(key, label) for key, (label, _form) in _ACTS.items() if _fits(key, person)]
    facts = [(kind.key, kind.label, kind.of) for kind in KINDS]
    return TemplateResponse(request, "people/change.html", {"person": person, "acts": acts, "facts": facts})


def _fits(key: str, person: Person) -> bool:
    if key == "tu-tran":
        return person.died_on is None
    if key == "huy-tu-tran":
        return person.died_on is not None
    return key != "ngay-sinh" or person.birth_precision != "day"


@for_roles(*WRITES)
def change_one(request, code, kind):
    """One change: value, day, source."""
    person = _person(code)
    form, title = _form(request, kind)
    if request.method == "POST" and form.is_valid():
        try:
            _do(person, kind, form, {"by": request.post, "now": now()})
            messages.success(request, _("Đã ghi: %(title)s.") % {"title": title})
            return redirect(f"/nguoi/{code}/" if kind != "chuyen-di" else "people:list")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    past = _past(request, person, kind)
    context = {"person": person, "form": form, "title": title, "past": past}
    return TemplateResponse(request, "people/change_one.html", context, status=422 if form.errors else 200)


def _form(request, kind: str):
    data = request.POST or None
    if kind == "chuyen-di":
        units = Unit.objects.filter(on_day(today()), level=Level.COMMUNE).order_by("name_folded")
        return MoveForm(data, units=units), _ACTS[kind][0]
    if kind in _ACTS:
        return _ACTS[kind][1](data), _ACTS[kind][0]
    if kind in BY_KEY:
        return FactForm(data, kind=BY_KEY[kind]), BY_KEY[kind].label
    raise Http404


def _past(request, person: Person, kind: str):
    """What was known before; looking at a sensitive kind is journaled."""
    found = BY_KEY.get(kind)
    if found is None or found.of != "person":
        return []
    if found.is_sensitive:
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="person", key=person.code, at=now())
    return list(person.circumstances.filter(kind=kind).order_by("-period"))


def _do(person: Person, kind: str, form, who: dict) -> None:
    data = form.cleaned_data
    match kind:
        case "tu-tran":
            operations.record_death(person=person, **data, **who)
        case "huy-tu-tran":
            operations.undo_death(person=person, **data, **who)
        case "ngay-sinh":
            operations.rule_on_birth(person=person, **data, **who)
        case "nhan-thay":
            operations.set_payee(person=person, **data, **who)
        case "tai-khoan":
            operations.set_account(person=person, **data, **who)
        case "chuyen-di":
            operations.move_across(person=person, **data, **who)
        case _:
            _set_fact(person, kind, form, who)


def _set_fact(person: Person, kind: str, form: FactForm, who: dict) -> None:
    data = form.cleaned_data
    if BY_KEY[kind].of == "person":
        operations.set_circumstance(
            person=person, kind=kind, value=form.value, since=data["since"], source=data["source"], detail=data["detail"], **who
        )
        return
    membership = person.memberships.filter(period__endswith=None).select_related("household").first()
    if membership is None:
        raise InvalidInput(_("Người này chưa thuộc hộ nào; hãy ghi hộ trước."))
    operations.set_household_circumstance(
        household=membership.household, kind=kind, value=form.value, since=data["since"], source=data["source"], **who
    )


@for_roles(*WRITES)
def identity(request, code):
    """Correct who somebody is; the old name and number stay."""
    person = _person(code)
    names = ("full_name", "sex", "born_on", "birth_precision", "personal_number", "ethnicity", "telephone", "payment_book")
    form = IdentityForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changes = {name: data[name] for name in names}
            operations.correct_identity(person=person, changes=changes, source=data["source"], by=request.post, now=now())
            if data["personal_number"]:
                for words in number_warnings(
                    data["personal_number"], sex=data["sex"], born_on=data["born_on"], precision=data["birth_precision"]
                ):
                    messages.warning(request, words)
            return redirect(f"/nguoi/{code}/")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {"person": person, "form": form, "title": _("Sửa thông tin"), "past": []}
    return TemplateResponse(request, "people/change_one.html", context, status=422 if form.errors else 200)
