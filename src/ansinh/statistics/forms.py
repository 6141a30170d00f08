"""Filters of the figures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh import law
from ansinh.entitlements.models import Benefit
from ansinh.localities.models import Unit
from ansinh.pages.forms import DayField, OfficeForm, blank_choice
from ansinh.pages.own_words import own_words
from ansinh.people.facts_catalogue import BY_KEY
from ansinh.people.models.identity import Sex


class FigureFilter(OfficeForm):
    """Which people are counted, on which day, on which map."""

    ngay = DayField(label=_("Vào ngày"), required=False)
    ban_do = DayField(label=_("Địa giới ngày"), required=False, help_text=_("Bỏ trống: địa giới của chính ngày đó."))
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    che_do = forms.ChoiceField(
        label=_("Chế độ"), required=False, choices=[*blank_choice(_("Trợ cấp xã hội, hưu trí xã hội")), *Benefit.choices]
    )
    nhom = forms.ChoiceField(label=_("Loại đối tượng"), required=False)
    gioi = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[*blank_choice(), *Sex.choices])
    tu_tuoi = forms.IntegerField(label=_("Từ tuổi"), required=False, min_value=0, max_value=130)
    den_tuoi = forms.IntegerField(label=_("Đến tuổi"), required=False, min_value=0, max_value=130)

    ho = forms.ChoiceField(
        label=_("Hộ"), required=False, choices=[*blank_choice(), *(c for c in BY_KEY["poverty"].choices if c[0] != "not_poor")]
    )
    khuyet_tat = forms.ChoiceField(
        label=_("Khuyết tật"),
        required=False,
        choices=[*blank_choice(), *(c for c in BY_KEY["disability"].choices if c[0] != "none")],
    )

    def __init__(self, *args, units, tells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        if not tells:  # who is on no list of a ground would be on the one not shown
            del self.fields["nhom"]
            return
        personal = [c for c in law.categories().values() if c.kind in Benefit.values]
        self.fields["nhom"].choices = [*blank_choice(), *((c.key, own_words(c, "short")) for c in personal)]

    def described(self, place: str) -> str:
        """The filter in words, as it stands inside a sentence: 'Xã Quỳnh Phụ (nữ, từ 80 tuổi, hộ nghèo)'."""
        data = self.cleaned_data if self.is_valid() else {}
        words = [
            str(dict(self.fields[name].choices)[data[name]]) for name in ("gioi", "nhom", "ho", "khuyet_tat") if data.get(name)
        ]
        words = [word if name_of_law(word) else word[:1].lower() + word[1:] for word in words]
        if data.get("khuyet_tat"):
            words[-1] = _("khuyết tật %(degree)s") % {"degree": words[-1]}
        if data.get("tu_tuoi") is not None:
            words.append(_("từ %(age)d tuổi") % {"age": data["tu_tuoi"]})
        if data.get("den_tuoi") is not None:
            words.append(_("đến %(age)d tuổi") % {"age": data["den_tuoi"]})
        return f"{place} ({', '.join(words)})" if words else place


def name_of_law(word: str) -> bool:
    """Words that keep their capitals: HIV."""
    return word[:2].isupper()
