"""Vietnamese as it was typed before Unicode, for the tests: the reading tables turned round."""

from __future__ import annotations

import unicodedata

from ansinh.imports.reading.old_letters import ACUTE, DOT, GRAVE, HOOK, TCVN3, TILDE, VNI

VOWELS = "aăâeêioôơuưy"
LETTERS = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", GRAVE, ACUTE, HOOK, TILDE, DOT)) + "đ"
)
"""Every small letter of Vietnamese with a mark, and the plain vowels."""

_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_VNI = {letter: code for code, letter in VNI.items()}
_VIQR_SHAPES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_VIQR_TONES = {ACUTE: "'", GRAVE: "`", HOOK: "?", TILDE: "~", DOT: "."}


def typed(text: str, coding: str) -> str:
    """`text` as cells of that coding hold it. Capitals that TCVN3 lacks are small, as its fonts of capitals have them."""
    return "".join(_CODERS[coding](letter) for letter in unicodedata.normalize("NFC", text))


def _tcvn3(letter: str) -> str:
    return _TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter)


def _vni(letter: str) -> str:
    return _VNI.get(letter, letter)


def _viqr(letter: str) -> str:
    if letter in "đĐ":
        return "dd" if letter == "đ" else "DD"
    parts = unicodedata.normalize("NFD", letter)
    shape = "".join(_VIQR_SHAPES.get(mark, "") for mark in parts[1:])
    return parts[0] + shape + "".join(_VIQR_TONES.get(mark, "") for mark in parts[1:])


_CODERS = {"tcvn3": _tcvn3, "vni": _vni, "viqr": _viqr}
