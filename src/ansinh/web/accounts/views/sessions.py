"""The browsers one is logged in with: see them, end them."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ansinh.access import operations
from ansinh.access.guards import logged_in
from ansinh.access.models import User
from ansinh.access.queries import second_step_of, sessions_of
from ansinh.database.clock import now
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.programs import program_words


@never_cache
@logged_in
def sessions(request):
    """One's own sessions, this one marked; end one of them, or all the others."""
    here = request.session.session_key
    if request.method == "POST":
        try:
            _end(request, here)
        except AnsinhError as error:
            messages.error(request, str(error))
        return redirect("access:sessions")
    context = {
        "sessions": shown_sessions(request.user, here=here, real_now=timezone.now()),
        "device": second_step_of(request.user),
    }
    return TemplateResponse(request, "web/accounts/sessions.html", context)


def _end(request, here: str | None) -> None:
    who = {"user": request.user, "by": Actor(request.user.full_name), "now": now()}
    if request.POST.get("act") == "end_others":
        count = operations.end_sessions(keep=here, **who)
        messages.success(request, _("Đã kết thúc %(n)d phiên đăng nhập khác.") % {"n": count})
    else:
        operations.end_session(code=request.POST.get("session", ""), real_now=timezone.now(), **who)
        messages.success(request, _("Đã kết thúc phiên đăng nhập."))


def shown_sessions(user: User, *, here: str | None, real_now) -> list[dict]:
    """Sessions as a page shows them. Times are those of the clock, also where the application stays on a fixed day."""
    return [
        {"open": one, "program": program_words(one.agent), "is_here": one.key == here} for one in sessions_of(user, now=real_now)
    ]
