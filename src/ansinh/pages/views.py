"""Pages that belong to no noun: preferences, the living components page, and what is shown when something went wrong."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from ansinh.access.guards import public
from ansinh.database.trouble import Trouble, trouble_of
from ansinh.pages import samples
from ansinh.pages.preferences import ROWS, TEXTS, THEMES, Preferences, set_cookie


@public
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Colours, size of text, height of rows and language of this browser."""
    if request.method == "POST":
        return _keep_preferences(request)
    look = Preferences.of(request)
    groups = [
        {"name": name, "choices": choices, "chosen": chosen}
        for name, choices, chosen in (
            ("theme", THEMES, look.theme),
            ("text", TEXTS, look.text),
            ("rows", ROWS, look.rows),
            ("language", settings.LANGUAGES, request.LANGUAGE_CODE),
        )
    ]
    return TemplateResponse(request, "pages/preferences.html", {"groups": groups, "next": _way_back(request)})


def _keep_preferences(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request))
    keys = ("theme", "text", "rows")
    if any(key in request.POST for key in keys):
        Preferences.of(request).changed(**{key: request.POST.get(key) for key in keys}).keep(response)
    if (language := request.POST.get("language")) in dict(settings.LANGUAGES):
        set_cookie(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with sample data: what pages are built of, and what the browser tests look at."""
    return TemplateResponse(request, "pages/components.html", samples.page(request))


@public
@require_safe
def sample_progress(request: HttpRequest) -> HttpResponse:
    """What a page that polls gets when the work is done: the fragment, and 286, which ends the polling."""
    return TemplateResponse(request, "pages/_sample_progress.html", {}, status=286)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent fits nothing. A session that could not be written for trouble with the database comes this way too."""
    if trouble := trouble_of(exception):
        return _trouble(request, trouble)
    return TemplateResponse(request, "pages/400.html", status=400).render()


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was refused, in the words of the refusal if it has some an officer can read."""
    reason = str(exception)
    return TemplateResponse(request, "pages/403.html", {"reason": reason}, status=403).render()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return TemplateResponse(request, "pages/404.html", status=404).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """Shown when the program, the database or the disk failed: asks nothing of the database nor of the session."""
    if trouble := trouble_of(sys.exception()):  # Django calls this while it handles the exception
        return _trouble(request, trouble)
    return HttpResponse(render_to_string("pages/500.html", {"language": _language(request)}), status=500)


def _trouble(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    page = render_to_string("pages/trouble.html", {"language": _language(request), "trouble": trouble})
    return HttpResponse(page, status=trouble.status, headers={"Retry-After": "30"})


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "vi")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return TemplateResponse(request, "pages/403_csrf.html", status=403).render()
