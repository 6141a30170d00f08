"""Vietnamese letters as they were coded before Unicode: TCVN3 (ABC fonts), VNI for Windows, VIQR.

In files of today such text stands as Latin letters that only the right font shows as Vietnamese: “NguyÔn” is “Nguyễn” in .VnTime.
Sources: TCVN 5712:1993, set VN3 (agrees with `iconv -f TCVN5712-1`); VNI Software, character set of VNI for Windows; RFC 1456 (VIQR).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Coding = Literal["tcvn3", "vni", "viqr"]

LABELS: Final[dict[Coding, str]] = {"tcvn3": "TCVN3 (ABC, phông .VnTime)", "vni": "VNI (phông VNI-Times)", "viqr": "VIQR"}

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"

# TCVN 5712:1993: capitals with a tone have no code; ABC fonts for capitals (.VnTimeH) draw the small ones as capitals.
_TCVN3_RUNS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"), (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
TCVN3: Final[dict[str, str]] = {
    chr(start + place): letter for start, letters in _TCVN3_RUNS for place, letter in enumerate(letters)
}

# VNI: a plain letter, then one sign for its shape and tone together; some letters have a code of their own.
_VNI_SIGNS = {
    "ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT,
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + ACUTE, "à": _CIRCUMFLEX + GRAVE, "å": _CIRCUMFLEX + HOOK, "ã": _CIRCUMFLEX + TILDE,
    "ä": _CIRCUMFLEX + DOT,
    "ê": _BREVE, "é": _BREVE + ACUTE, "è": _BREVE + GRAVE, "ú": _BREVE + HOOK, "ü": _BREVE + TILDE, "ë": _BREVE + DOT,
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_SHAPES = {_CIRCUMFLEX: "aeo", _BREVE: "a", "": "aeouyơư"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for sign, marks in _VNI_SIGNS.items():
        shape = marks[0] if marks[0] in (_CIRCUMFLEX, _BREVE) else ""
        for base in _SHAPES[shape]:
            typed = {"ơ": "ô", "ư": "ö"}.get(base, base)
            letter = unicodedata.normalize("NFC", base + marks)
            if letter != "ỵ":  # has a code of its own
                table[typed + sign] = letter
    return table | {typed.upper(): letter.upper() for typed, letter in table.items()}


VNI: Final[dict[str, str]] = _vni_table()

_VIQR_SHAPES = {"^": _CIRCUMFLEX, "(": _BREVE, "+": _HORN}
_VIQR_TONES = {"'": ACUTE, "`": GRAVE, "?": HOOK, "~": TILDE, ".": DOT}

_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_VIQR_UNIT = re.compile(r"\\([^\s\w])|([dD])[dD]|([aA]\(|[aeoAEO]\^|[ouOU]\+|[aeiouyAEIOUY])(['`?~.]?)")
_WORD = re.compile(r"[^\W\d_]+")


def to_unicode(text: str, coding: Coding) -> str:
    """Every sign of `text` read in an old coding. What the coding does not know stays as it is."""
    if coding == "tcvn3":
        return _capitals(text, text.translate(_TCVN3_CODES))
    if coding == "vni":
        return _VNI_UNIT.sub(lambda found: VNI[found[0]], text)
    return _VIQR_UNIT.sub(_viqr_letter, text)


_TCVN3_CODES = {ord(code): letter for code, letter in TCVN3.items()}


def _capitals(typed: str, text: str) -> str:
    """“HOµNG V¡N T¸” is all capitals, though the coding has only small à and á: the other letters tell, of the word or of the cell."""
    words = [(found.span(), _certain(typed, text, *found.span())) for found in _WORD.finditer(text)]
    whole = any(certain for _, certain in words) and all(certain is not False for _, certain in words)
    letters = list(text)
    for (start, end), certain in words:
        if certain or whole:
            letters[start:end] = text[start:end].upper()
    return "".join(letters)


def _certain(typed: str, text: str, start: int, end: int) -> bool | None:
    """Whether a word is in capitals by the letters the coding has both of: True, False, or None where one capital begins it."""
    plain = [text[at] for at in range(start, end) if text[at] == typed[at] or text[at].isupper()]
    if any(letter.islower() for letter in plain):
        return False
    return True if len(plain) > 1 else None


def mended_name(name: str) -> str:
    """A name out of TCVN3: all small in a font of capitals, or small only where the coding has no capital: “Ngọc ánh”."""
    if name.islower():
        return name.upper()
    return " ".join(word[:1].upper() + word[1:] if not word[:1].isascii() else word for word in name.split(" "))


def _viqr_letter(found: re.Match[str]) -> str:
    escaped, dyet, vowel, tone = found.groups()
    if escaped:
        return escaped
    if dyet:
        return "đ" if dyet == "d" else "Đ"
    marks = _VIQR_SHAPES.get(vowel[1:], "") + _VIQR_TONES.get(tone, "")
    return unicodedata.normalize("NFC", vowel[0] + marks)
