"""Fields of the register's forms: a name, a birth, a household as officers type them."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ansinh.kernel.folding import fold
from ansinh.people.models import Household, Membership

SHOWN = 5


class NameField(forms.CharField):
    """A full name. Typed all small or all in capitals it gets the capitals of a name; any other way it stays as typed.

    Figures and signs of addresses are none: a number that slipped into the wrong box would be printed on a decision.
    """

    def clean(self, value):
        name = " ".join(super().clean(value).split())
        if name and (not any(letter.isalpha() for letter in name) or any(one.isdecimal() or one in "<>@=;" for one in name)):
            raise ValidationError(_("Họ và tên chỉ gồm chữ; “%(name)s” có số hoặc dấu lạ."), params={"name": name})
        if name and (name.islower() or name.isupper()):
            return " ".join(word[:1].upper() + word[1:].lower() for word in name.split())
        return name


class HouseholdField(forms.CharField):
    """A household by its code, or by the name of somebody who lives in it, without diacritics too."""

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        found = Household.objects.filter(code=text.upper()).first()
        return found or self._of_member(text)

    def _of_member(self, text: str) -> Household:
        living = Membership.objects.filter(period__endswith=None, person__died_on=None, person__name_folded=fold(text))
        rows = list(living.select_related("household", "person__village").order_by("household__code")[: SHOWN + 1])
        households = {row.household.code: row for row in rows}
        if not households:
            raise ValidationError(
                _("Không có hộ nào mang mã này, cũng không có ai tên “%(text)s” đang thuộc một hộ.") % {"text": text}
            )
        if len(households) > 1:
            names = "; ".join(self._words(row) for row in list(households.values())[:SHOWN])
            raise ValidationError(_("Có nhiều hộ: %(names)s. Hãy ghi mã hộ.") % {"names": names})
        return rows[0].household

    @staticmethod
    def _words(row: Membership) -> str:
        born = f", {row.person.born_on:%Y}" if row.person.born_on else ""
        village = f", {row.person.village.name}" if row.person.village else ""
        return f"{row.household.code} ({row.person.full_name}{born}{village})"
