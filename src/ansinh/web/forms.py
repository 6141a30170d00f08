"""The search page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.localities.models import Unit
from ansinh.pages.forms import OfficeForm, SearchInput


class SearchForm(OfficeForm):
    """A text, and a commune to narrow it."""

    q = forms.CharField(label=_("Tên, năm sinh, số"), required=False, widget=SearchInput())
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, auto_id="tim_%s", **kwargs)
        self.fields["xa"].queryset = units
