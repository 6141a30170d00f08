"""Links to nouns whose page belongs to a room above: their names stand in `settings.ANSINH_NOUNS`, filled by the project."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def noun_url(noun: str, code: str) -> str:
    """The page of a thing by its public code, e.g. of a person. Raises KeyError for a noun nobody shows."""
    return reverse(settings.ANSINH_NOUNS[noun], args=[code])
