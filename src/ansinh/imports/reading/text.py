"""Delimited text: which code its bytes are in, which mark parts its cells."""

from __future__ import annotations

import unicodedata

from ansinh.imports.reading import codings
from ansinh.kernel.errors import InvalidInput

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WINDOWS = "Tệp không phải mã Unicode (UTF-8); đã đọc theo mã Windows tiếng Việt. Hãy xem kỹ dấu trong họ tên."


class NotText(Exception):
    """The bytes are no text in any code of ours; the words say what they look like."""


def decode(data: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    """The text and remarks. Raises NotText; InvalidInput for a file that mixes codes."""
    encoding = next((name for start, name in _BOMS if data.startswith(start)), "utf-8")
    try:
        text = data.decode(encoding)
        if "\x00" in text:
            raise NotText("tệp nhị phân không nhận ra loại")
        return text, ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return _bare_utf16(data), ()
    _refuse_mixed(data, filename)
    windows = data.decode("cp1258", errors="replace")
    if windows.count("\ufffd") > len(windows) // 50:
        raise NotText("tệp không nhận ra loại chữ")
    windows = unicodedata.normalize("NFC", windows)
    western = data.decode("cp1252", errors="replace")
    found = codings.find_in_lines(western.splitlines())
    if found and found.words > codings.vietnamese_words(windows):
        return western, ()
    return windows, (_WINDOWS,)


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotText("tệp nhị phân không nhận ra loại") from None
    if sum(character.isprintable() or character.isspace() for character in text) < len(text) * 0.98:
        raise NotText("tệp nhị phân không nhận ra loại")
    return text


def _refuse_mixed(data: bytes, filename: str) -> None:
    """Some lines in UTF-8, others not: two files were glued together, and no reading is right for both."""
    unicode_line = other_line = 0
    for number, line in enumerate(data.splitlines(), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            unicode_line = unicode_line or number
        except UnicodeDecodeError:
            other_line = other_line or number
    if unicode_line and other_line:
        raise InvalidInput(
            f"Tệp “{filename}” trộn hai bảng mã: dòng {unicode_line} là UTF-8, dòng {other_line} không phải. "
            "Hãy mở từng phần bằng Excel và lưu chung thành .xlsx."
        )


def delimiter(text: str) -> str:
    """The mark that splits most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def regular(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        common = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(common) * min(common, 3) if common else 0, common)

    return max("\t;,|", key=regular)
