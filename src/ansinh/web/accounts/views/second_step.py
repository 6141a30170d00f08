"""The second step of log-in: a code of the telephone, or a recovery code; enrolling a device and replacing it."""

from __future__ import annotations

import re
import time
from base64 import b32encode

import segno
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as mark_as_verified

from ansinh.access import operations
from ansinh.access.guards import before_second_step, logged_in
from ansinh.access.queries import GIVES_SECOND_STEP, new_key, second_step_of, setup_address
from ansinh.database.clock import now
from ansinh.kernel.errors import AnsinhError
from ansinh.web.accounts.forms import CodeForm
from ansinh.web.accounts.views.log_in import locked_out, next_url

# In the session, in a table of the log-in alone: the secret until a code of it has come, and when a device might be replaced.
_KEY, _MAY_REPLACE = "second_step_key", "second_step_may_replace"
_REPLACED_WITHIN = 600  # seconds: an unwatched screen replaces no device later


@never_cache
@sensitive_post_parameters("code")
@before_second_step
def second_step(request):
    """Ask for the code after the password; who has no device yet is led to enrol one."""
    if not request.awaits_second_step:
        return redirect(next_url(request))
    if second_step_of(request.user) is None:
        return redirect("access:change_password" if request.user.must_change_password else "access:enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if is_locked(request):
            return locked_out(request)
        if form.is_valid() and (device := device_given(request, form)):
            _enter(request, device)
            return redirect(next_url(request))
    context = {"form": form, "next": next_url(request)}
    return TemplateResponse(request, "web/accounts/second_step.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@before_second_step
def enrol(request):
    """Show the secret as a picture and in letters; a code of it makes the device the user's, and recovery codes appear once."""
    may_replace = time.time() - request.session.get(_MAY_REPLACE, 0) < _REPLACED_WITHIN and not request.awaits_second_step
    if not may_replace and (not request.awaits_second_step or second_step_of(request.user)):
        return redirect(settings.ANSINH_SECOND_STEP_URL)
    key = request.session.setdefault(_KEY, new_key())
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = _("6 chữ số đang hiện trên điện thoại.")
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = operations.enrol(
                user=request.user, key=key, code=form.cleaned_data["code"], replaces=may_replace,
                keep=request.session.session_key, now=now(),
            )  # fmt: skip
        except AnsinhError as error:
            form.add_error("code", str(error))
        else:
            _enter(request, device)
            return _codes_page(request, codes, enrolled=True)
    address = setup_address(request.user, key)
    context = {"form": form, "picture": _picture(address), "letters": _letters(key), "may_replace": may_replace}
    return TemplateResponse(request, "web/accounts/enrol.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@logged_in
def change_second_step(request):
    """New recovery codes or another device; both ask for a code, because an unwatched screen is not enough."""
    known = second_step_of(request.user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and known:
        if is_locked(request):
            return locked_out(request)
        if form.is_valid() and device_given(request, form):
            if request.POST.get("act") == "replace":
                request.session[_MAY_REPLACE] = time.time()
                return redirect("access:enrol")
            codes = operations.renew_recovery_codes(user=request.user, now=now())
            return _codes_page(request, codes, enrolled=False)
    asked = request.post is not None and request.post.role in GIVES_SECOND_STEP
    context = {"form": form, "known": known, "is_asked": asked, "is_off": not settings.ANSINH_SECOND_STEP}
    return TemplateResponse(request, "web/accounts/change_second_step.html", context, status=422 if form.errors else 200)


def device_given(request, form: CodeForm):
    """The device whose code was typed; a wrong one counts like a wrong password and stands in the form."""
    try:
        return operations.give_code(user=request.user, code=form.cleaned_data["code"], now=now())
    except AnsinhError as error:
        form.add_error("code", str(error))
        user_login_failed.send(sender=__name__, credentials={"username": request.user.username}, request=request)
    return None


def is_locked(request) -> bool:
    """Passwords and codes are counted together for a name from an address."""
    return not AxesProxyHandler.is_allowed(request, {"username": request.user.username})


def _enter(request, device) -> None:
    request.session.pop(_KEY, None)
    request.session.pop(_MAY_REPLACE, None)
    mark_as_verified(request, device)
    request.session.cycle_key()  # what was known before the second step opens nothing after it


def _codes_page(request, codes: list[str], *, enrolled: bool):
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return TemplateResponse(request, "web/accounts/recovery_codes.html", {"codes": shown, "enrolled": enrolled})


def _picture(address: str) -> str:
    """The QR code as SVG within the page: no other request ever carries the secret."""
    made = segno.make(address, error="m")
    # Telephones read dark on light alone, whatever colours the page has.
    return mark_safe(made.svg_inline(scale=5, border=4, dark="black", light="white", svgclass="qr", lineclass=None))


def _letters(key: str) -> str:
    """The secret for typing: groups of four."""
    return " ".join(re.findall(".{1,4}", b32encode(bytes.fromhex(key)).decode()))
