"""The calendar of the desk."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse

from ansinh.access.guards import for_roles
from ansinh.access.queries import stood_in_for
from ansinh.database.clock import today
from ansinh.dossiers import queries
from ansinh.dossiers.views.desk import LOOKS
from ansinh.kernel.periods import add_months, month_of
from ansinh.pages.forms import MonthField


@for_roles(*LOOKS)
def month(request):
    """A month of last days, holidays, duty and absences; each day opens its list. Printed as it stands."""
    on = today()
    asked = _asked(request.GET.get("thang", "")) or month_of(on)
    away = {absence.post_id for absence in stood_in_for(request.post, on=on)}
    context = {
        "weeks": queries.month_days(asked, post=request.post, instead=away),
        "month": asked, "before": add_months(asked, -1), "after": add_months(asked, 1), "on": on,
    }  # fmt: skip
    return TemplateResponse(request, "dossiers/month.html", context)


def _asked(text: str):
    try:
        return MonthField(required=False).clean(text)
    except ValidationError:
        return None
