"""Filters of the figures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh import law
from ansinh.entitlements.models import Benefit
from ansinh.localities.models import Unit
from ansinh.pages.forms import DayField, OfficeForm, blank_choice
from ansinh.people.models.identity import Sex


class FigureFilter(OfficeForm):
    """Which people are counted, on which day, on which map."""

    ngay = DayField(label=_("Vào ngày"), required=False)
    ban_do = DayField(label=_("Địa giới ngày"), required=False, help_text=_("Bỏ trống: địa giới của chính ngày đó."))
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    che_do = forms.ChoiceField(label=_("Chế độ"), required=False, choices=[*blank_choice(), *Benefit.choices])
    nhom = forms.ChoiceField(label=_("Loại đối tượng"), required=False)
    gioi = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[*blank_choice(), *Sex.choices])
    tu_tuoi = forms.IntegerField(label=_("Từ tuổi"), required=False, min_value=0, max_value=130)
    den_tuoi = forms.IntegerField(label=_("Đến tuổi"), required=False, min_value=0, max_value=130)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        personal = [c for c in law.categories().values() if c.kind in Benefit.values]
        self.fields["nhom"].choices = [*blank_choice(), *((c.key, c.short) for c in personal)]
