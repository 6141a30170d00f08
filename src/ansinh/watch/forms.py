"""Shapes of input: the filter of the list, the reason of a dismissal, of a correction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.localities.models import Unit
from ansinh.pages.forms import OfficeForm, SearchInput, blank_choice
from ansinh.watch.models import WatchKind
from ansinh.watch.workflow import WATCH_ITEM


class ItemFilter(OfficeForm):
    """The list of what must be looked at; without a state it shows what waits."""

    tim = forms.CharField(label=_("Họ tên"), required=False, widget=SearchInput())
    loai = forms.ChoiceField(label=_("Loại"), required=False, choices=[*blank_choice(), *WatchKind.choices])
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", WATCH_ITEM.states["open"]), *WATCH_ITEM.choices[1:]]
    )
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        if len(units) < 2:
            del self.fields["xa"]


class DismissForm(OfficeForm):
    """Why nothing is to be done."""

    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectForm(OfficeForm):
    """Why it is known to be wrong."""

    reason = forms.CharField(
        label=_("Lý do, căn cứ biết là ghi sai"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: người này còn sống, cán bộ thôn xác nhận ngày 02/12/2026; trùng tên với người đã mất."),
    )  # fmt: skip
