"""The filter of the journal."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.pages.forms import DayField, OfficeForm, SearchInput, blank_choice
from ansinh.web.journal.words import ACTS


class JournalFilter(OfficeForm):
    """Who, what, about what, when. `keys` is left out for those who may not see what an act was about."""

    ai = forms.CharField(label=_("Người làm"), required=False, widget=SearchInput)
    ma = forms.CharField(label=_("Mã"), required=False, widget=SearchInput)
    viec = forms.ChoiceField(label=_("Việc"), required=False)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args, keys: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["viec"].choices = [*blank_choice(), *sorted(ACTS.items(), key=lambda item: str(item[1]))]
        if not keys:
            del self.fields["ma"]

    def applied_to(self, rows: QuerySet) -> QuerySet:
        """The rows that fit; all of them while the form is not valid."""
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        for value, lookup in (
            (asked["ai"].strip(), "actor__icontains"), (asked["viec"], "act"), ((asked.get("ma") or "").strip(), "key__icontains"),
            (asked["tu"], "at__date__gte"), (asked["den"], "at__date__lte"),
        ):  # fmt: skip
            if value:
                rows = rows.filter(**{lookup: value})
        return rows
