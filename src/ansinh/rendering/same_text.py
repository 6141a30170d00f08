"""Whether a PDF says what a Word file says. Where it cannot be told the answer is no, and somebody compares by eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document

_PIECE = 6  # words
_MAY_LACK = 0.03  # of the pieces: a page breaks where a number of a page comes between
_NUMBER = re.compile(r"\d[\d.]{2,}\d")  # amounts, personal numbers, years


def fragments(word: bytes) -> list[str]:
    """Every paragraph and cell of a Word file, in its order."""
    document = Document(BytesIO(word))
    return [text for text in _texts(document.element.body) if text.strip()]


def _texts(body: Any) -> Iterator[str]:
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield "".join(run.text or "" for run in paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


def squeezed(text: str) -> str:
    """Letters and digits alone: lines and pages break differently, words do not."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())


def says(text: str, words: str) -> bool:
    """Whether a text holds these words, wherever its lines break."""
    return bool(squeezed(words)) and squeezed(words) in squeezed(text)


def says_the_same(word: bytes, text: str) -> bool:
    """Whether a text holds every amount and nearly every piece of a Word file. Lines with blanks for the pen are left out."""
    expected = [one for one in fragments(word) if "  " not in one.replace("\u00a0", " ").strip()]
    found = squeezed(text)
    numbers = {one for line in expected for one in _NUMBER.findall(line)}
    if not found or numbers - set(_NUMBER.findall(text)):
        return False
    pieces = [piece for line in expected for piece in _pieces(line)]
    lacking = sum(1 for piece in pieces if piece not in found)
    return bool(pieces) and lacking <= max(1, int(len(pieces) * _MAY_LACK))


def _pieces(line: str) -> list[str]:
    words = line.split()
    return [told for at in range(0, len(words), _PIECE) if (told := squeezed(" ".join(words[at : at + _PIECE])))]
