"""Noticing that cells are in an old coding, and converting them when the officer agrees. Unicode cells of the same file stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ansinh.imports.reading.old_letters import LABELS, Coding, to_unicode
from ansinh.imports.reading.syllables import is_syllable

if TYPE_CHECKING:
    from ansinh.imports.reading.files import Grid

_WORDS_NEEDED = 3
_SHARE_NEEDED = 0.8
_SAMPLES = 6
_LOOKED_AT = 20_000  # cells with something to tell
_BREAKS = re.compile(r"[\s\d!-/:-@\[-`{-~–—…“”‘’«»]+")
_BREAKS_BUT_SIGNS = re.compile(r"[\s\d!\"#$%&),\-/:;<=>@\[\]_{|}–—…“”‘’]+")
_VIQR_SHAPE = re.compile(r"[aA]\(|[aeoAEO]\^|[ouOU]\+")
# Signs a Western code page has above Latin-1; anything else up there was typed as Unicode.
_WESTERN = frozenset("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")


@dataclass(frozen=True)
class OldCoding:
    """A coding found in a file: how many cells, and some of them before and after."""

    coding: Coding
    words: int
    cells: int
    samples: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        return LABELS[self.coding]


def find(grids: Iterable[Grid]) -> OldCoding | None:
    """The old coding of a file, if it has one. Never for a file whose strange words do not become Vietnamese by it."""
    return find_in_lines(cell for grid in grids for row in grid.rows for cell in row if isinstance(cell, str))


def find_in_lines(texts: Iterable[str]) -> OldCoding | None:
    """The same for texts that are not parted into cells yet."""
    cells = [text for text in texts if _may_be_old(text)]
    found = [(len(_evidence(cells[:_LOOKED_AT], coding)), coding) for coding in LABELS]
    count, coding = max(found)
    if count < _WORDS_NEEDED:
        return None
    changed = [(cell, after) for cell in cells if (after := convert_cell(cell, coding)) != cell]
    samples = tuple(dict(sorted(changed[:200], key=lambda pair: -len(pair[0]) if len(pair[0]) < 60 else 0)).items())
    return OldCoding(coding, count, len(changed), samples[:_SAMPLES])


def convert(grid: Grid, coding: Coding) -> list[list[Any]]:
    """The cells of a sheet in Unicode. A cell that could be either follows its row, else the file."""
    rows = []
    for row in grid.rows:
        texts = [cell for cell in row if isinstance(cell, str)]
        stays = any(map(_is_unicode, texts)) and not any(_tells(text, coding) for text in texts)
        rows.append([convert_cell(cell, coding, stays=stays) if isinstance(cell, str) else cell for cell in row])
    return rows


def convert_cell(text: str, coding: Coding, *, stays: bool = False) -> str:
    """One cell in Unicode; `stays` when its row is Unicode, so that a cell that could be either is left alone."""
    if text.isascii() and coding != "viqr" or _is_unicode(text):
        return text
    if coding == "viqr":
        return _VIQR_WORD.sub(_viqr_word, text)
    after = to_unicode(text, coding)
    before_good, after_good = _good(text), _good(after)
    return after if after_good > before_good or (after_good == before_good and not stays) else text


def vietnamese_words(text: str) -> int:
    """How many different words with marks are Vietnamese as they stand."""
    return len({word for word in _BREAKS.split(text) if not word.isascii() and is_syllable(word)})


def _may_be_old(text: str) -> bool:
    return not text.isascii() or _VIQR_SHAPE.search(text) is not None


def _is_unicode(text: str) -> bool:
    """Holds a letter no old coding shows as: it was typed in Unicode."""
    return any(letter > "\u00ff" and letter not in _WESTERN for letter in text)


def _good(text: str) -> int:
    return sum(not word.isascii() and is_syllable(word) for word in _BREAKS.split(text) if word)


def _tells(text: str, coding: Coding) -> bool:
    return bool(_evidence([text], coding, enough=0))


def _evidence(cells: Iterable[str], coding: Coding, *, enough: float = _SHARE_NEEDED) -> set[str]:
    """Different words that are no Vietnamese as they stand and are by the coding; none when too many others are not."""
    told, strange = set(), set()
    for cell in cells:
        if _is_unicode(cell):
            continue
        for word in _VIQR_WORD.findall(cell) if coding == "viqr" else _BREAKS.split(cell):
            if coding == "viqr" and not _VIQR_SHAPE.search(word) or coding != "viqr" and (word.isascii() or is_syllable(word)):
                continue
            after = to_unicode(word, coding)
            (told if after != word and is_syllable(after) else strange).add(word)
    return told if len(told) >= enough * (len(told) + len(strange)) else set()


_VIQR_WORD = re.compile(r"(?:[A-Za-z]|(?<=[aA])\(|(?<=[aeoAEO])\^|(?<=[ouOU])\+|(?<=[aeiouyAEIOUY])['`?~.]|(?<=[(^+])['`?~.])+")


def _viqr_word(found: re.Match[str]) -> str:
    after = to_unicode(found[0], "viqr")
    return after if after != found[0] and is_syllable(after) else found[0]
