"""Who may open a door. Every view carries a guard, or says that it is public; a house test walks the URL table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

PUBLIC, LOGGED_IN, BEFORE_SECOND_STEP = "public", "logged_in", "before_second_step"


def for_roles(*roles: str) -> Callable:
    """Only posts with one of these roles. Not logged in: to the log-in page; another role: 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.must_change_password:
                return redirect(settings.ANSINH_PASSWORD_URL)
            if request.post is None or request.post.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.guard = frozenset(str(role) for role in roles)
        return guarded

    return decorate


def logged_in(view):
    """Anybody who has logged in, with or without a post."""
    return _entered(view, LOGGED_IN)


def before_second_step(view):
    """Anybody who has given the password, even who still owes the second step (`ActAsPost` keeps these out elsewhere)."""
    return _entered(view, BEFORE_SECOND_STEP)


def _entered(view, guard: str):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.guard = guard
    return guarded


def public(view):
    """Anybody at all; no personal data behind it."""
    view.guard = PUBLIC
    return view
