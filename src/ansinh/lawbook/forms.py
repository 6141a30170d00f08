"""Shape of a confirmation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.pages.forms import DayField, OfficeForm, speak_vietnamese


class ConfirmForm(OfficeForm):
    """Which answer, and where it is from."""

    value = forms.CharField(label=_("Trả lời"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản, số, ngày; hoặc công văn trả lời."))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, point, **kwargs):
        super().__init__(*args, **kwargs)
        if point.choices:
            chosen = forms.ChoiceField(label=_("Trả lời"), choices=point.choices, widget=forms.RadioSelect)
            speak_vietnamese(chosen)
            self.fields["value"] = chosen


class DayForm(OfficeForm):
    """The day on which the law is read."""

    ngay = DayField(label=_("Xem theo ngày"))


class TwoDaysForm(OfficeForm):
    """Two days between which the law is compared."""

    tu = DayField(label=_("Từ sau ngày"))
    den = DayField(label=_("Đến ngày"))
