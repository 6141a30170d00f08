"""The search page, and what is judged of two records."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.localities.models import Unit
from ansinh.pages.forms import OfficeForm, SearchInput
from ansinh.people.models import DuplicatePair


class SearchForm(OfficeForm):
    """A text, and a commune to narrow it."""

    q = forms.CharField(label=_("Tên, năm sinh, số"), required=False, widget=SearchInput())
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, auto_id="tim_%s", **kwargs)
        self.fields["xa"].queryset = units


class JudgeForm(OfficeForm):
    """What is judged, and why."""

    keep = forms.ChoiceField(label=_("Giữ hồ sơ"), required=False, widget=forms.RadioSelect())
    numbers_checked = forms.BooleanField(
        label=_("Hai số định danh khác nhau: đã xem thẻ căn cước, số của hồ sơ được giữ là đúng"), required=False
    )
    note = forms.CharField(label=_("Vì sao"), max_length=300)

    def __init__(self, *args, pair: DuplicatePair, **kwargs):
        super().__init__(*args, **kwargs)
        if pair.state != "open" or not (pair.first.personal_number and pair.second.personal_number):
            del self.fields["numbers_checked"]
        if pair.state != "open":
            del self.fields["keep"]
            return
        self.fields["keep"].choices = [(one.code, f"{one.full_name}, {one.code}") for one in (pair.first, pair.second)]
