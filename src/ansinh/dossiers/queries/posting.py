"""Posted lists: which dossiers the law asks to post, and what hangs on the board."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ansinh.dossiers.models import Dossier, Posting, PostingLine
from ansinh.law.procedures import Step, Version, load_sheets
from ansinh.people.models import Circumstance

_POSTED_WHILE = ("verifying", "returned")


def posting_step(version: Version) -> Step | None:
    """The step that asks for posting; None under a law that asks for none."""
    return next((step for step in version.steps if step.key == "posting"), None)


def postable(**known: Any) -> list[Dossier]:
    """Dossiers being verified whose law asks for posting and that neither hang nor hung all their days; never of somebody with a fact that tells an illness.

    The person is loaded: their name, year of birth and village are what is posted.
    """
    under = Q(pk__in=[])
    for sheet in load_sheets().values():
        for version in sheet.versions:
            if posting_step(version):
                until = {"received_on__lt": version.end} if version.end else {}
                under |= Q(procedure=sheet.key, received_on__gte=version.start, **until)
    hangs = Q(posting__state="posted") | Q(posting__removed_on__gte=F("posting__until"))
    posted = PostingLine.objects.filter(hangs, dossier=OuterRef("pk"))
    silent = Circumstance.objects.filter(person=OuterRef("person"), is_sensitive=True)
    found = Dossier.objects.filter(under, ~Exists(posted), ~Exists(silent), state__in=_POSTED_WHILE, **known)
    return list(found.select_related("person__village", "unit", "office").order_by("sort_key", "id"))


def postings() -> QuerySet[Posting]:
    """Lists posted, with how many lines and how many opinions wait."""
    waiting = Count("opinions", filter=Q(opinions__concluded_on__isnull=True), distinct=True)
    return Posting.objects.select_related("unit", "posted_by__user").annotate(
        people=Count("lines", distinct=True), waiting=waiting
    )
