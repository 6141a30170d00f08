"""How an officer wants to read: colours, size of text, height of rows, language. Kept in one cookie of the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

COOKIE = "ansinh_look"
YEAR = 365 * 24 * 3600
THEMES = [("", _("Theo máy")), ("light", _("Sáng")), ("dark", _("Tối"))]
TEXTS = [("", _("Thường")), ("large", _("Lớn")), ("larger", _("Rất lớn"))]
ROWS = [("", _("Dày")), ("roomy", _("Thoáng"))]


@dataclass(frozen=True)
class Preferences:
    """What the server renders on <html>. Empty means: as the machine has it."""

    theme: str = ""
    text: str = ""
    rows: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Preferences:
        """The choices of this browser; anything unknown in the cookie is dropped."""
        parts = (request.COOKIES.get(COOKIE, "") + "..").split(".")
        return cls().changed(theme=parts[0], text=parts[1], rows=parts[2])

    def changed(self, **values: str | None) -> Preferences:
        """A copy with the known values of `values`; None and unknown ones leave it as it is."""
        known = {"theme": dict(THEMES), "text": dict(TEXTS), "rows": dict(ROWS)}
        return replace(self, **{k: v for k, v in values.items() if v is not None and v in known[k]})

    def keep(self, response: HttpResponse) -> None:
        """Write the cookie."""
        set_cookie(response, COOKIE, f"{self.theme}.{self.text}.{self.rows}")


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """A cookie for a year, for this site only."""
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)


class ChosenLanguage:
    """Vietnamese, unless the officer chose otherwise. The browser's own language is not asked: office machines
    often run an English Windows, and the office speaks Vietnamese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
