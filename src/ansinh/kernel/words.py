"""Words of rooms without Django. The site hands in its translator; without one they stay Vietnamese, as in the source."""

from __future__ import annotations

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []


def translate_with(translator: Callable[[str], str]) -> None:
    """From now on words of this floor are told through `translator`, in the reader's language."""
    _translators[:] = [translator]


def gettext(text: str) -> str:
    """The words as the reader reads them, at this moment."""
    return _translators[-1](text) if _translators else text
