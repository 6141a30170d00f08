"""In, out, one's password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as log_in
from django.contrib.auth import logout as log_out
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ansinh.access import operations
from ansinh.access.guards import before_second_step, public
from ansinh.access.sessions import note_start
from ansinh.database.clock import now
from ansinh.journal import operations as journal
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.attempts import address_of
from ansinh.web.accounts.forms import LoginForm, PasswordForm


@public
@never_cache
@sensitive_post_parameters("password")
def login(request):
    """Log in. Failures are counted; the fifth locks name and address for a quarter of an hour."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        log_in(request, user)
        note_start(request, address=address_of(request))
        request.session.clear_expired()  # whoever comes in sweeps out what has ended
        journal.record(by=Actor(user.full_name), act="log_in", noun="user", key=user.username, at=now())
        return redirect(next_url(request))
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "web/accounts/login.html", {"form": form, "next": request.GET.get("next", "")}, status=status
    )


def next_url(request) -> str:
    """Where somebody wanted to go before they were asked who they are; never to another site."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return url if safe else settings.LOGIN_REDIRECT_URL


@public
def locked_out(request, credentials=None, *args, **kwargs):
    """Too many failures: say when to try again."""
    return TemplateResponse(request, "web/accounts/locked.html", status=429).render()


@require_POST
@before_second_step
def logout(request):
    journal.record(by=Actor(request.user.full_name), act="log_out", noun="user", key=request.user.username, at=now())
    log_out(request)
    return redirect("access:login")


@before_second_step
@sensitive_post_parameters()
def change_password(request):
    """The user's own password; asked for at the first log-in, before a device is enrolled. Otherwise the device comes first."""
    if request.awaits_second_step and not request.user.must_change_password:
        return redirect(settings.ANSINH_SECOND_STEP_URL)
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            keep = request.session.session_key
            operations.change_password(user=request.user, password=form.cleaned_data["password"], keep=keep, now=now())
        except AnsinhError as error:
            form.add_error("password", str(error))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc."))
            return redirect("/")
    return TemplateResponse(request, "web/accounts/change_password.html", {"form": form}, status=422 if form.errors else 200)
