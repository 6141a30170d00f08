"""`ansinh renew_words`: bring the English catalogue up to the words of the sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ansinh.pages import catalogue

PACKAGE = Path(__file__).parents[3]
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = "Renew locale/en from the sources: missing words are added empty, stale ones go, the .mo is compiled."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        known = catalogue.read(ENGLISH)
        entries = catalogue.renewed(catalogue.words_of_sources(PACKAGE), known)
        catalogue.write(ENGLISH, entries)
        ENGLISH.with_suffix(".mo").write_bytes(catalogue.compiled(ENGLISH))
        for message in entries.values():
            for fault in catalogue.faults(message):
                self.stdout.write(f"{message.places[0]}: “{message.key[0]}” {fault}")
        self.stdout.write(f"{len(entries)} words, {len(known.keys() - entries.keys())} stale ones removed")
