"""What is asked of the map, and what is written about a village."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.pages.forms import DayField, OfficeForm, SearchInput


class MapFilter(OfficeForm):
    """Which province, on which day, or a name of any time."""

    tim = forms.CharField(label=_("Tên xã, huyện; tên cũ cũng tìm được"), required=False, widget=SearchInput)
    tinh = forms.ChoiceField(label=_("Tỉnh"), required=False)
    ngay = DayField(label=_("Vào ngày"), required=False)

    def __init__(self, *args, provinces: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tinh"].choices = provinces


class VillageForm(OfficeForm):
    """A new village."""

    name = forms.CharField(label=_("Tên thôn, tổ dân phố"), max_length=120, help_text=_("Ghi cả chữ Thôn hoặc Tổ dân phố."))
    since = DayField(label=_("Từ ngày"), help_text=_("Ngày nghị quyết thành lập có hiệu lực; ví dụ 01/07/2025."))
