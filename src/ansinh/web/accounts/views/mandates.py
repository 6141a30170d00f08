"""Written mandates to sign TUQ.: who may sign what, until when; record one, end one."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access import operations
from ansinh.access.guards import for_roles
from ansinh.access.models import Mandate, Office
from ansinh.access.queries.absences import STANDS_IN
from ansinh.access.queries.mandates import MANDATES_RECORD, acts_of, body_of, mandates_of, possible_givers, possible_holders
from ansinh.database.clock import now, today
from ansinh.entitlements.models import Benefit
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.forms import MandateForm

SHOWN = 50
_OTHERS = {
    "emergency_assistance": gettext_lazy("Trợ giúp khẩn cấp"),
    "emergency_protection": gettext_lazy("Bảo vệ khẩn cấp"),
    "gifts": gettext_lazy("Quà tặng"),
}
# Papers of these rooms are not signed TUQ. here: their recording asks for the competent post itself.
_LEFT_OUT = tuple(_OTHERS)


@for_roles(*STANDS_IN)
def mandates(request):
    """Mandates of the post's body, and the form to record one."""
    on, office = today(), body_of(request.post.office)
    form = _form(request, office, on) if request.post.role in MANDATES_RECORD and request.post.absence is None else None
    if form and request.method == "POST" and form.is_valid():
        try:
            made = operations.record_mandate(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã ghi ủy quyền: %(name)s ký TUQ. đến hết ngày %(day)s.") % {
                "name": made.post.holder_name, "day": f"{made.last:%d/%m/%Y}"})  # fmt: skip
            return redirect("access:mandates")
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    rows = [(one, _state(one, on), _words(one)) for one in mandates_of(office)[:SHOWN]]
    context = {"form": form, "rows": rows, "office": office}
    return TemplateResponse(request, "web/accounts/mandates.html", context, status=422 if form and form.errors else 200)


def _form(request, office: Office, on) -> MandateForm:
    givers = possible_givers(office, on=on)
    head = givers.first()
    acts = [key for key in acts_of(head, on=on) if key not in _LEFT_OUT] if head else []
    return MandateForm(
        request.POST or None, givers=givers, holders=possible_holders(head, on=on) if head else givers.none(),
        acts=[(key, _act_label(key)) for key in acts], initial={"first": on, "signed_on": on},
    )  # fmt: skip


def _act_label(key: str):
    return Benefit(key).label if key in Benefit.values else _OTHERS.get(key, key)


def _words(one: Mandate) -> str:
    return ", ".join(str(_act_label(key)) for key in one.acts)


def _state(one: Mandate, on) -> str:
    if one.is_over(on):
        return "over"
    return "now" if one.period.lower <= on else "coming"


@require_POST
@for_roles(*MANDATES_RECORD)
def end_mandate(request, code):
    """The head took the mandate back."""
    try:
        operations.end_mandate(mandate=get_object_or_404(Mandate, code=code), by=request.post, now=now())
        messages.success(request, _("Đã chấm dứt ủy quyền từ hôm nay."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("access:mandates")
