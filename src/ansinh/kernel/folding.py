"""Folding of Vietnamese text: without marks, lower case, single spaces. The same everywhere, in Python and in SQL."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """'Nguyễn  Thị Đào' as 'nguyen thi dao'. Accepts NFC and NFD."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
    return _SPACES.sub(" ", plain).strip().lower()


def slug(text: str) -> str:
    """A file or URL name: 'Xã Quỳnh Phụ' as 'xa-quynh-phu'."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")


def tidy(text: str) -> str:
    """Text as typed, in NFC with single spaces; nothing else is changed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def sort_key(name: str) -> str:
    """Key that sorts Vietnamese names by given name, then the rest: 'Nguyễn Thị Đào' as 'dao nguyen thi'."""
    words = fold(name).split(" ")
    return " ".join(words[-1:] + words[:-1])
