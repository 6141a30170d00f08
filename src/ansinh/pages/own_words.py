"""Words that come as data in both languages, such as the terms of the law: those of the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


def own_words(thing: Any, name: str = "label") -> str:
    """`thing.label`, or `thing.label_en` for a reader of English. A short form without its English gives the whole label."""
    if (get_language() or "").startswith("en"):
        for english in (f"{name}_en", "label_en"):
            if words := getattr(thing, english, ""):
                return words
    return getattr(thing, name)
