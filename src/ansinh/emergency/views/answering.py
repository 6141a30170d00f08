"""What the doors of this room share: who looks, the page of one form, a file handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ansinh.access.models import Role
from ansinh.kernel.errors import AnsinhError
from ansinh.rendering.papers import DOCX

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip


def put_error(form: forms.Form, error: AnsinhError) -> None:
    """A refusal at its field, or above the form."""
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, str(error))


def form_page(
    request,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: str,
    button: str,
    back: tuple[str, str],
    template: str = "emergency/form.html",
    **shown: Any,
):
    """One form, one act: shown, refused in words, or done and back to `back` (address, words).

    `act` returns the address to go on to, or nothing.
    """
    if request.method == "POST" and form.is_valid():
        try:
            onward = act()
            return redirect(onward if isinstance(onward, str) else back[0])
        except AnsinhError as error:
            put_error(form, error)
    context = {"form": form, "title": title, "button": button, "back": back, **shown}
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def handed_out(data: bytes, name: str, kind: str = DOCX) -> HttpResponse:
    """A file as an answer; the caller has noted that it leaves."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
