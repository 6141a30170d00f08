"""Shape of a confirmation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.pages.forms import OfficeForm


class ConfirmForm(OfficeForm):
    """Which answer, and where it is from."""

    value = forms.ChoiceField(label=_("Trả lời"), widget=forms.RadioSelect)
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản, số, ngày; hoặc công văn trả lời."))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [(choice.value, choice.label) for choice in question.choices]
