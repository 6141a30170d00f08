"""Fields of a form for whom it names beside the person: who buried, who cares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.dossiers.details import Detail
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.queries.known import found_person
from ansinh.pages.forms import DayField, PersonInput, blank_choice
from ansinh.people.models import Person
from ansinh.people.queries.choosing import choose


@dataclass(frozen=True)
class Beside:
    """What the register knows beside the person: the day of the death, and who lives in the same household."""

    died_on: date | None = None
    housemates: Sequence[Person] = ()


def detail_fields(detail: Detail, dossier: Dossier, beside: Beside) -> dict[str, forms.Field]:
    """The fields of one detail by name, with what was told or is known filled in."""
    field, value = f"detail_{detail.key}", dossier.details.get(detail.key)
    if detail.type == "day":
        day = beside.died_on or (date.fromisoformat(value) if value else None)
        made: forms.Field = DayField(label=detail.label, required=False, initial=day, disabled=beside.died_on is not None)
    elif detail.type == "person":
        return _person_fields(detail, field, value, beside)
    elif detail.type == "flag":
        made = forms.BooleanField(label=detail.label, required=False, initial=bool(value))
    elif detail.type == "letters":
        initial = (value or "").split(",")
        made = forms.MultipleChoiceField(
            label=detail.label, required=False, choices=detail.choices, initial=initial, widget=forms.CheckboxSelectMultiple
        )
    else:
        made = forms.CharField(
            label=detail.label, required=False, max_length=200, initial=value or _as_applicant(detail, dossier)
        )
    made.help_text = detail.hint
    return {field: made}


def _as_applicant(detail: Detail, dossier: Dossier) -> str:
    """Who hands the dossier in is taken for the one named, until the form says otherwise."""
    known = {"name": dossier.applicant_name, "relation": dossier.applicant_relation, "telephone": dossier.applicant_telephone}
    return "" if dossier.details else known.get(detail.key, "")


def _person_fields(detail: Detail, field: str, value: str | None, beside: Beside) -> dict[str, forms.Field]:
    """Somebody of the household is chosen, somebody else is looked for in the register."""
    mates = {one.code: one.full_name for one in beside.housemates}
    chosen = forms.ChoiceField(
        label=detail.label, required=False, choices=[*blank_choice(_("Người khác")), *mates.items()], help_text=detail.hint,
        initial=value if value in mates else (next(iter(mates)) if len(mates) == 1 and not value else ""),
    )  # fmt: skip
    other = forms.CharField(
        label=_("Người khác trong sổ"), required=False, max_length=120, initial="" if value in mates else value or "",
        widget=PersonInput(),
        help_text=_(
            "Tên, năm sinh, số định danh hoặc mã. Chưa có trong sổ: ghi người mới ở mục Đối tượng trước; hồ sơ này vẫn được giữ."
        ),
    )  # fmt: skip
    return {field: chosen, f"other_{detail.key}": other}


def told_person(form: forms.Form, detail: Detail, housemates: Sequence[Person]) -> Person | None:
    """Who was chosen or written down; an error on the form for somebody the register does not know."""
    code, other = form.cleaned_data.get(f"detail_{detail.key}"), form.cleaned_data.get(f"other_{detail.key}")
    if code:
        return next((one for one in housemates if one.code == code), None)
    found = found_person(other) if other else None
    if other and found is None:
        box = form.fields[f"other_{detail.key}"].widget
        _sure, box.found = choose(other)
        form.add_error(
            f"other_{detail.key}",
            _("Hãy chọn một người còn sống trong những người tìm thấy dưới đây.")
            if box.found
            else _("Không có ai trong địa bàn có tên, mã hoặc số này."),
        )
    elif found is None and detail.needed and form.data.get("go") == "receive":
        form.add_error(f"detail_{detail.key}", _("Cần điền ô này."))
    return found


def told_details(form: forms.Form, details: Sequence[Detail], beside: Beside) -> dict[str, Any]:
    """What the form tells, as `declare` takes it; not the day of a death that the register knows."""
    told: dict[str, Any] = {}
    for one in details:
        if one.type == "person":
            person = told_person(form, one, beside.housemates)
            told |= {one.key: person.code, f"{one.key}_name": person.full_name} if person else {}
        elif one.key != "died_on" or beside.died_on is None:
            value = form.cleaned_data.get(f"detail_{one.key}")
            told[one.key] = "yes" if value is True else value or None
    return told
