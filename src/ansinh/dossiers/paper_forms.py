"""Shapes of input for papers: the day a number is taken for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.pages.forms import DayField, OfficeForm


class RefusalNumberForm(OfficeForm):
    """The day the number of a refusal is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))
